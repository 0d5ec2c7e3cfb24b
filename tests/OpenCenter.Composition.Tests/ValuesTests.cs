using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Tests;

/// <summary>What is said of values that Flux would read differently from what was meant, and which file goes to which release.</summary>
public sealed class ValuesTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("mode: 017", "017", "15")]
    [InlineData("mode: -017", "-017", "-15")]
    [InlineData("mode: 08", "08", "8")]
    [InlineData("mode: 00", "00", "0")]
    [InlineData("mode: 09", "09", "9")]
    [InlineData("mode: 0o17", "0o17", "15")]
    [InlineData("mode: 1_000", "1_000", "1000")]
    [InlineData("mode: 0e1234", "0e1234", "0")]
    [InlineData("mode: 1E3", "1E3", "1000")]
    [InlineData("mode: 1.10", "1.10", "1.1")]
    [InlineData("mode: +1.10", "+1.10", "1.1")]
    public void A_number_that_looks_like_a_text_is_a_warning_that_shows_what_is_read(string line, string written, string read)
    {
        var found = Of($"a: b\n{line}\n").Expect("OC3023");

        Assert.Equal($"Flux and Helm read {written} as the number {read}. If a text is meant, quote it; if the number is, write that.", found.Message);
        Assert.Equal((Severity.Warning, new Place(_cluster.PathOf("values/app.yaml"), 2, 7)), (found.Severity, found.Place!.Value));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10")]
    [InlineData("0.5")]
    [InlineData("1.0")]
    [InlineData("1.01")]
    [InlineData("1e-3")]
    [InlineData("1.5e3")]
    [InlineData("1.10e3")]
    [InlineData("0x1F")]
    [InlineData("\"017\"")]
    [InlineData("9007199254740992")]
    [InlineData("18446744073709551616")]
    public void A_number_that_can_only_be_one_is_taken_as_it_is(string number)
    {
        Of($"a: {number}\n").BuildClean();

        Assert.Equal($"a: {number}\n", _cluster.Tree("components/app/values.yaml"));
    }

    [Theory]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("-9007199254740993", "-9007199254740992")]
    [InlineData("18446744073709551617", "1.8446744073709552E+19")]
    public void A_number_that_loses_digits_is_an_error_that_shows_what_is_left(string number, string read) => Assert.Equal(
        $"Flux reads numbers as 64-bit floats: {number} becomes {read}. Quote it.", Of($"a: {number}\n").Expect("OC3022").Message);

    [Fact]
    public void A_number_that_JSON_has_not_is_an_error() => Assert.Equal(
        "Values become JSON, which has no -.inf. If a text is meant, quote it.", Of("a: -.inf\n").Expect("OC3021").Message);

    [Theory]
    [InlineData("on", "true")]
    [InlineData("n", "false")]
    public void A_key_that_is_a_boolean_to_Flux_is_a_warning_and_written_as_it_is_read(string key, string read)
    {
        var found = Of($"a: [{{{key}: 1}}]\n").Expect("OC3017");

        Assert.Equal($"YAML 1.1, with which Flux and Helm read values, takes the key {key} for a boolean: it becomes '{read}'. Quote it to keep it, or write that.", found.Message);
        Assert.Equal($"a:\n- \"{read}\": 1\n", _cluster.Tree("components/app/values.yaml"));
    }

    [Fact]
    public void Two_keys_that_are_one_to_Flux_are_an_error_at_the_second() =>
        Assert.Equal(2, Of("on: 1\nyes: 2\n").Expect("OC3002").Place!.Value.Line);

    [Fact]
    public void A_number_is_a_key()
    {
        Of("ports: {8080: web}\n").BuildClean();

        Assert.Equal("ports:\n  \"8080\": web\n", _cluster.Tree("components/app/values.yaml"));
    }

    [Theory]
    [InlineData("0x10")]
    [InlineData("1.5")]
    [InlineData("~")]
    public void A_key_that_is_no_text_is_an_error(string key) => Assert.Equal(
        $"Flux and Helm don't take '{key}' for a text, and values have no other keys. Quote it.", Of($"a: {{{key}: 1}}\n").Expect("OC3018").Message);

    [Theory]
    [InlineData("5")]
    [InlineData("[{b: 1}, 5]")]
    [InlineData("text")]
    public void Only_maps_are_merged_into_a_map(string value)
    {
        var found = Of($"a:\n  <<: {value}\n").Expect("OC3020");

        Assert.Equal(("'<<' merges a map, or a list of maps.", new Place(_cluster.PathOf("values/app.yaml"), 2, 7)), (found.Message, found.Place!.Value));
    }

    [Fact]
    public void An_own_key_before_what_is_merged_would_be_lost()
    {
        var found = Of("a:\n  x: 1\n  <<: {x: 2}\n").Expect("OC3019");

        Assert.Equal("'x' stands before the '<<' of this map, so for Flux and Helm the merged value wins and this one is lost. Put '<<' first.", found.Message);
        Assert.Equal(2, found.Place!.Value.Line);
    }

    [Fact]
    public void The_first_of_several_merged_maps_wins_and_own_keys_win_over_all()
    {
        Of("a:\n  <<: [{b: 1, c: 1, d: 1}, {b: 2, e: 2}]\n  d: 3\n").BuildClean();

        Assert.Equal("a:\n  b: 1\n  e: 2\n  c: 1\n  d: 3\n", _cluster.Tree("components/app/values.yaml"));
    }

    [Theory]
    [InlineData("---\na: 1\n")]
    [InlineData("# a\n---\na: 1\n")]
    [InlineData("---\na: 1\n...\n")]
    public void One_document_may_have_its_markers(string text)
    {
        Of(text).BuildClean();

        Assert.Equal("a: 1\n", _cluster.Tree("components/app/values.yaml"));
    }

    [Theory]
    [InlineData("---\n---\na: 1\n", 3)]
    [InlineData("a: 1\n---\nb: 1\n---\nc: 1\n", 3)]
    public void What_stands_in_a_second_document_would_be_lost(string text, int line) =>
        Assert.Equal(line, Of(text).Expect("OC3004").Place!.Value.Line);

    [Theory]
    [InlineData("[a, b]", "[a, b, c]", null)]
    [InlineData("[a, b]", "[]", "'a', 'b'")]
    [InlineData("[a, b, c, d, e]", "[x]", "'a', 'b', 'c', 'd', 'e'")]
    [InlineData("[a, b, c, d, e, f]", "[]", "'a', 'b', 'c', 'd', 'e' and 1 more")]
    [InlineData("[{name: a, key: x}, {key: b}, {id: c}]", "[{name: b, key: x}]", "'a', 'c'")]
    [InlineData("[{key: b, id: x}, {id: c, name: x}]", "[]", "'b', 'x'")]
    [InlineData("[a, {x: 1}]", "[]", "'a' and 1 more")]
    [InlineData("[{x: 1}, [1], {x: 2}]", "[a]", "3 of 3 entries")]
    public void An_override_of_a_list_says_which_entries_it_drops(string low, string high, string? lost)
    {
        _cluster.Service("app", files: ("values/base.yaml", $"x: {{list: {low}}}\n")).File("values/app.yaml", $"x:\n  list: {high}\n");

        var found = _cluster.BuildClean().Diagnostics;

        Assert.Equal(lost is null ? [] : [$"'x.list' of 'app' replaces a list; this drops {lost}."], found.Select(found => found.Message));
        Assert.All(found, found => Assert.Equal(new Place(_cluster.PathOf("values/app.yaml"), 2, 9), found.Place));
    }

    [Fact]
    public void Entries_merge_by_their_key_and_new_ones_are_added()
    {
        using var cluster = new TestCluster().Service(
                "app",
                TestCluster.DefaultSpec("app") + "\n    values: {lists: [{path: ports, mergeBy: name}]}",
                files: ("values/base.yaml", "ports: [plain, {name: web, port: 80, tls: false}, {name: metrics, port: 90}]\n"))
            .File("values/app.yaml", "ports: [{name: admin, port: 70}, {name: web, port: 81}, {port: 1}]\n");

        cluster.BuildClean();

        Assert.Equal(
            "ports:\n- plain\n- name: web\n  port: 81\n  tls: false\n- name: metrics\n  port: 90\n- name: admin\n  port: 70\n- port: 1\n",
            cluster.Tree("components/app/values.yaml"));
        Assert.All(cluster.Explain("app:ports").Values, value => Assert.True(value.Wins));
    }

    [Fact]
    public void A_service_of_several_components_has_a_folder_of_values_for_each_release()
    {
        _cluster.Service(
            "app",
            """
            namespaces: [{name: app, podSecurity: restricted}]
            components:
            - name: 00-one
              release: {name: one, chart: one, source: {kind: HelmRepository, url: "https://charts.example.com"}}
            - name: 10-two
              release: {name: two, chart: two, source: {kind: HelmRepository, url: "https://charts.example.com"}}
            """,
            files: [("values/base.yaml", "a: nobody\n"), ("values/one/base.yaml", "a: one\n"), ("values/two/base.yaml", "a: two\n"), ("values/two/ha.yaml", "b: ha\n")]);

        _cluster.BuildClean();

        Assert.Equal("a: one\n", _cluster.Tree("components/app-one/values.yaml"));
        Assert.Equal("a: two\nb: ha\n", _cluster.Tree("components/app-two/values.yaml"));
    }

    [Fact]
    public void In_Layered_mode_each_tier_is_a_file_of_what_it_sets_itself()
    {
        _cluster.Property("FluxValuesMode", "Layered").Property("ClusterEdition", "enterprise").Item("ClusterValues", "../fleet")
            .Service("app", files: [("values/base.yaml", "a: 1\nb: 1\n"), ("values/ha.yaml", "b: 2\n"), ("values/enterprise.yaml", "d: 1\n")])
            .File("../fleet/app.yaml", "c: fleet\n").File("values/app.yaml", "c: own\n");

        _cluster.BuildClean();

        Assert.Equal("a: 1\nb: 2\n", _cluster.Tree("components/app/values-base.yaml"));
        Assert.Equal("c: own\n", _cluster.Tree("components/app/values-override.yaml"));
        Assert.Equal("d: 1\n", _cluster.Tree("components/app/values-enterprise.yaml"));
    }

    [Theory]
    [InlineData("values/vault.yaml")]
    [InlineData("values/vault.sops.yaml")]
    public void In_the_projects_own_folder_a_file_is_for_a_release_of_this_cluster(string file)
    {
        _cluster.Service("vaults").File(".sops.yaml", Sops.Rule()).File(file, $"a: {(file.Contains("sops", StringComparison.Ordinal) ? Sops.Enc : "1")}\n{(file.Contains("sops", StringComparison.Ordinal) ? Sops.Block("") : "")}");

        var found = _cluster.Expect("OC3006");

        Assert.Equal("No Helm release of this cluster is named 'vault', so nothing would read this file. Did you mean 'vaults'?", found.Message);
        Assert.Equal(new Place(_cluster.PathOf(file)), found.Place);
    }

    [Fact]
    public void In_a_shared_folder_only_a_name_that_nobody_knows_is_an_error()
    {
        // Of the catalogue, of a package that this cluster has from elsewhere, and of nobody.
        _cluster.Service("app").Service("db").Item("ClusterService", "db", ("ProvidedExternally", "true")).Item("ClusterValues", "../fleet")
            .File("../fleet/vault.yaml", "a: 1\n").File("../fleet/db.yaml", "a: 1\n").File("../fleet/openbaoo.yaml", "a: 1\n");

        var found = Assert.Single(_cluster.Build().Diagnostics);

        Assert.Equal("No Helm release of this cluster is named 'openbaoo', so nothing would read this file. Did you mean 'openbao'?", found.Message);
        Assert.Equal("openbaoo.yaml", Path.GetFileName(found.Place!.Value.File));
    }

    private TestCluster Of(string values) => _cluster.Service("app").File("values/app.yaml", values);
}
