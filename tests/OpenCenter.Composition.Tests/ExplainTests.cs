using System.Text.Json;
using CsCheck;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

public sealed class ExplainTests : IDisposable
{
    private readonly TestCluster _cluster = new TestCluster()
        .Service("app", version: "1.2.3", files: [("values/base.yaml", "image:\n  tag: a\n  name: x\nports: [{name: web}, {name: metrics}]\n"), ("values/ha.yaml", "image: {tag: b}\n")])
        .File("values/app.yaml", "image:\n  tag: c\nports: [{name: web}]\n");

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_key_names_every_tier_that_set_it_and_who_won()
    {
        var result = _cluster.Explain("app:image.tag");

        Assert.Empty(result.Diagnostics);
        Assert.Equal(
            """
            app:image.tag = "c"
              set by  override    values/app.yaml(2,8)
              before  base        Test.app/1.2.3 values/ha.yaml(1,14)  "b"
              before  base        Test.app/1.2.3 values/base.yaml(2,8)  "a"

            """,
            result.Text);
        Assert.Equal([false, false, true], result.Values.Select(value => value.Wins));
    }

    [Fact]
    public void A_prefix_gives_what_is_below_it_and_nothing_lists_the_releases()
    {
        Assert.Equal(["image.tag", "image.name"], _cluster.Explain("app:image").Values.Select(value => value.Key).Distinct());
        Assert.Equal(["image.tag", "image.name", "ports"], _cluster.Explain("app").Values.Select(value => value.Key).Distinct());
        Assert.Matches(@"app +3 values  Test\.app/1\.2\.3", _cluster.Explain("").Text);
    }

    [Fact]
    public void A_release_whose_values_are_empty_is_explained_too()
    {
        _cluster.Service("bare", files: [("values/base.yaml", "{}\n")]);

        Assert.Equal("bare: = {}\n  set by  base        Test.bare/1.0.0 values/base.yaml(1,1)\n", _cluster.Explain("bare").Text);
        _cluster.BuildClean();
    }

    [Theory]
    [InlineData("app:image.tga", "OC3025", "'image.tag'")]
    [InlineData("ap:image.tag", "OC3024", "'app'")]
    public void What_nobody_knows_is_an_error_with_the_nearest_name(string key, string code, string nearest)
    {
        var found = Assert.Single(_cluster.Explain(key).Diagnostics);

        Assert.Equal(code, found.Code);
        Assert.Contains(nearest, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_build_writes_who_set_what_for_the_whole_cluster()
    {
        _cluster.File("values/app.sops.yaml", "image:\n  name: ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]\nsops:\n  mac: ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]\n").Build();

        using var file = JsonDocument.Parse(File.ReadAllBytes(_cluster.ExplainFile));
        var app = file.RootElement.GetProperty("releases").GetProperty("app");
        Assert.Equal(["image.tag", "image.name", "ports"], app.EnumerateObject().Select(key => key.Name));
        Assert.Equal("""[{"value":"a","tier":"base","file":"values/base.yaml","line":2,"column":8,"package":"Test.app","version":"1.2.3","wins":false},{"value":"b","tier":"base","file":"values/ha.yaml","line":1,"column":14,"package":"Test.app","version":"1.2.3","wins":false},{"value":"c","tier":"override","file":"values/app.yaml","line":2,"column":8,"wins":true}]""", app.GetProperty("image.tag").GetRawText());
        Assert.Equal("""[{"value":"x","tier":"base","file":"values/base.yaml","line":3,"column":9,"package":"Test.app","version":"1.2.3","wins":false},{"tier":"encrypted","file":"values/app.sops.yaml","line":2,"column":9,"wins":true}]""", app.GetProperty("image.name").GetRawText());
    }

    [Fact]
    public void What_is_written_of_the_values_is_written_again_only_where_it_differs()
    {
        _cluster.Build();
        var before = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_cluster.ExplainFile, before);
        _cluster.Build();
        Assert.Equal(before, File.GetLastWriteTimeUtc(_cluster.ExplainFile));

        _cluster.File("values/app.yaml", "\nimage:\n  tag: c\n").Build();
        Assert.NotEqual(before, File.GetLastWriteTimeUtc(_cluster.ExplainFile));
    }

    [Fact]
    public void An_encrypted_value_wins_and_is_not_shown()
    {
        _cluster.File("values/app.sops.yaml", "image:\n  tag: ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]\nsops:\n  mac: ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]\n");

        Assert.Contains("app:image.tag = (encrypted)\n  set by  encrypted   values/app.sops.yaml(2,8)\n", _cluster.Explain("app:image.tag").Text, StringComparison.Ordinal);
        Assert.Equal(new Place(_cluster.PathOf("values/app.sops.yaml"), 2, 3), _cluster.Expect("OC3026").Place);
    }

    [Fact]
    public void A_list_that_an_override_replaces_says_what_is_lost() =>
        Assert.Contains("drops 'metrics'.", _cluster.Expect("OC3016").Message, StringComparison.Ordinal);

    [Fact]
    public void In_Layered_mode_a_list_that_is_merged_stands_whole_in_each_tier_as_Flux_replaces_it()
    {
        using var cluster = new TestCluster()
            .Property("FluxValuesMode", "Layered")
            .Service(
                "app",
                TestCluster.DefaultSpec("app") + "\n    values: {lists: [{path: pod.ports, mergeBy: name}]}",
                files: ("values/base.yaml", "pod: {ports: [{name: web, port: 80}, {name: metrics, port: 90}]}\n"))
            .File("values/app.yaml", "pod: {ports: [{name: web, port: 81}]}\n");

        cluster.BuildClean();

        Assert.Equal("pod:\n  ports:\n  - name: web\n    port: 81\n  - name: metrics\n    port: 90\n", cluster.Tree("components/app/values-override.yaml"));
    }

    [Fact]
    public void Lists_merge_by_name_or_append_where_the_package_says_so()
    {
        using var cluster = new TestCluster()
            .Service(
                "app",
                """
                namespaces: [{name: app, podSecurity: restricted}]
                components:
                - name: app
                  release:
                    name: app
                    chart: app
                    source: {kind: HelmRepository, url: "https://charts.example.com"}
                    values: {lists: [{path: ports, mergeBy: name}, {path: args, append: true}]}
                """,
                files: ("values/base.yaml", "ports: [{name: web, port: 80}, {name: metrics, port: 90}]\nargs: [a]\n"))
            .File("values/app.yaml", "ports: [{name: web, port: 81}]\nargs: [b]\n");

        cluster.BuildClean();

        Assert.Equal("ports:\n- name: web\n  port: 81\n- name: metrics\n  port: 90\nargs:\n- a\n- b\n", cluster.Tree("components/app/values.yaml"));
        Assert.Contains("app:args = (merged)", cluster.Explain("app:args").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_leaf_has_an_origin_whose_value_it_is_and_no_key_is_lost() =>
        Maps(3).Array[2, 4].Sample(maps =>
        {
            var layers = maps.Select(map => new ValuesLayer(ValuesTier.Override, map, null)).ToArray();
            var merged = layers.Aggregate(YamlMap.Of(), (low, layer) => new ValuesMerge([]).Merge(low, layer.Values));
            var origins = ValueOrigin.Of(new EffectiveValues { Merged = merged, Layers = [.. layers], Tiers = [] });
            return origins.Where(origin => origin.Key.Keys.Length > 0).All(origin => origin.Value is YamlMap || (origin.Setters.Count(setter => setter.Wins) == 1 && ReferenceEquals(origin.Setters.Single(setter => setter.Wins).Node, origin.Value)))
                && maps.SelectMany(map => map.Entries).All(entry => merged[entry.Name] is not null);
        });

    [Fact]
    public void Merging_is_associative_where_no_map_meets_something_else() =>
        Maps(2).Array[3].Where(maps => !Clash(maps[0], maps[1]) && !Clash(maps[1], maps[2]) && !Clash(maps[0], maps[2])).Sample(
            maps => Text(Merge(Merge(maps[0], maps[1]), maps[2])) == Text(Merge(maps[0], Merge(maps[1], maps[2]))), iter: 200);

    private static YamlMap Merge(YamlMap low, YamlMap high) => new ValuesMerge([]).Merge(low, high);

    private static string Text(YamlMap map) => System.Text.Encoding.UTF8.GetString(YamlWriter.Write(map));

    private static bool Clash(YamlMap left, YamlMap right) =>
        left.Entries.Any(entry => right[entry.Name] is { } other && (entry.Value is YamlMap != other is YamlMap || (entry.Value is YamlMap map && Clash(map, (YamlMap)other))));

    private static Gen<YamlMap> Maps(int depth) =>
        Gen.Select(Gen.String[Gen.Char["abcde"], 1, 1], depth == 0 ? Scalars : Gen.OneOf(Scalars, Maps(depth - 1).Select(map => (YamlNode)map))).Array[0, 5]
            .Select(entries => YamlMap.Of([.. entries.DistinctBy(entry => entry.Item1).Select(entry => (entry.Item1, (YamlNode?)entry.Item2))]));

    private static Gen<YamlNode> Scalars => Gen.Int[0, 99].Select(value => (YamlNode)value);
}
