using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Tests;

/// <summary><c>${cluster.…}</c> in values and manifests: only that scalar changes, and no value breaks out of it.</summary>
public sealed class VariableTests : IDisposable
{
    private const string Settings = """
        settings:
        - {name: replicas, type: integer, description: how many, example: 3}
        - {name: ratio, type: number, description: how much, default: 0.5}
        - {name: debug, type: boolean, description: whether, default: false}
        - {name: size, type: string, description: how big, oneOf: [small, large], default: small}
        """;

    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void The_clusters_own_properties_are_variables()
    {
        _cluster.Property("ClusterDomain", "example.com").Property("ClusterProvider", "kind").Property("ClusterEdition", "enterprise").Service("app");

        Assert.Equal("x: test example.com kind enterprise", Written("x: ${cluster.name} ${cluster.domain} ${cluster.provider} ${cluster.edition}"));
    }

    [Fact]
    public void The_edition_is_community_unless_the_project_says_otherwise() => Assert.Equal("x: community", Written("x: ${cluster.edition}"));

    [Fact]
    public void A_variable_in_a_list_of_values_is_one_too()
    {
        _cluster.Service("app", files: [("values/base.yaml", "hosts:\n- ${cluster.name}.example.com\n- plain\nempty: []\n")]).BuildClean();

        Assert.Equal("hosts:\n- test.example.com\n- plain\nempty: []\n", _cluster.Tree("components/app/values.yaml"));
    }

    [Fact]
    public void A_service_s_version_is_a_variable_without_the_part_that_counts_its_content_and_no_setting()
    {
        using var cluster = new TestCluster().Service("app", version: "1.18.2.3", files: [("values/base.yaml", "image: example.com/app:v${cluster.app.version}\n")]);
        cluster.BuildClean();
        Assert.Equal("image: example.com/app:v1.18.2\n", cluster.Tree("components/app/values.yaml"));

        cluster.Item("ClusterVariable", "app.version", ("Value", "9"));
        Assert.Contains("'app.version'", cluster.Expect("OC1024").Message, StringComparison.Ordinal);
    }

    [Theory]
    // A plain scalar that is one variable takes the type of its text in YAML 1.2, everything else is a string.
    [InlineData("5432", "x: ${cluster.v}", "x: 5432")]
    [InlineData("5432", "x: \"${cluster.v}\"", "x: \"5432\"")]
    [InlineData("5432", "x: '${cluster.v}'", "x: \"5432\"")]
    [InlineData("5432", "x: ${cluster.v}${cluster.v}", "x: \"54325432\"")]
    [InlineData("0o17", "x: ${cluster.v}", "x: 15")]
    [InlineData("017", "x: ${cluster.v}", "x: 17")]
    [InlineData("True", "x: ${cluster.v}", "x: true")]
    [InlineData("yes", "x: ${cluster.v}", "x: \"yes\"")]
    [InlineData("", "x: ${cluster.v}", "x: null")]
    [InlineData("", "x: '${cluster.v}'", "x: \"\"")]
    [InlineData("b", "x: a-${cluster.v}-c", "x: a-b-c")]
    [InlineData("b", "x: '${cluster.v}'", "x: \"b\"")]
    [InlineData("b, c", "x: ['${cluster.v}', d]", "x: [\"b, c\", d]")]
    [InlineData("b, c", "x: a ${cluster.v}", "x: a b, c")]
    [InlineData("a: b", "x: ${cluster.v}", "x: \"a: b\"")]
    [InlineData("a\"b\\c\td\u0007\u00852", "x: ${cluster.v}", "x: \"a\\\"b\\\\c\\td\\u0007\\u00852\"")]
    [InlineData("one\ntwo", "x: ${cluster.v}", "x: \"one\\ntwo\"")]
    [InlineData("a\r\u2028\u2029\uFEFF", "x: '${cluster.v}'", "x: \"a\\r\\u2028\\u2029\\uFEFF\"")]
    [InlineData("v", "x: a ${cluster.v} b ${cluster.v} c", "x: a v b v c")]
    // What is not ours, or meant as text, stays.
    [InlineData("v", "x: ${DS_PROMETHEUS} $__rate_interval ${cluster} ${clusters.v} ${cluster.v}", "x: \"${DS_PROMETHEUS} $__rate_interval ${cluster} ${clusters.v} v\"")]
    [InlineData("v", "x: $${cluster.v}", "x: \"${cluster.v}\"")]
    [InlineData("v", "x: a $${cluster.v} ${cluster.v}", "x: \"a ${cluster.v} v\"")]
    [InlineData("a\u007F\u009F\u00A0b", "x: ${cluster.v}", "x: \"a\\u007F\\u009F\u00A0b\"")]
    [InlineData("5", "x: !!str &a  ${cluster.v}\n  y: *a", "x: !!str &a  \"5\"\n  y: *a")]
    [InlineData("v", "x:\n  - a\n  - ${cluster.v}\n  - b: ${cluster.v}", "x:\n  - a\n  - v\n  - b: v")]
    [InlineData("v", "x: &a ${cluster.v} # ${cluster.v}\n  y: *a\n  z: ${cluster.v}", "x: &a v # ${cluster.v}\n  y: *a\n  z: v")]
    public void Only_the_scalar_changes(string value, string line, string expected)
    {
        _cluster.Item("ClusterVariable", "v", ("Value", value));

        Assert.Equal(expected, Written(line));
    }

    [Theory]
    [InlineData("one\ntwo\n", "x: |\n    a\n    ${cluster.v}\n  z: 1", "x: |\n    a\n    one\n    two\n  z: 1")]
    [InlineData("one\ntwo", "x: |-\n    a\n    ${cluster.v}\n  z: 1", "x: |-\n    a\n    one\n    two\n  z: 1")]
    [InlineData("b", "x: |\n\n      a\n\n      ${cluster.v}\n  z: 1", "x: \"\\na\\n\\nb\\n\"\n  z: 1")]
    [InlineData("b", "x: |\n      a\n\n      ${cluster.v}\n  z: 1", "x: |\n      a\n\n      b\n  z: 1")]
    [InlineData("b", "x: >-\n    a\n    ${cluster.v}\n  z: 1", "x: |-\n    a b\n  z: 1")]
    [InlineData("b\u0007", "x: |\n    a\n    ${cluster.v}\n  z: 1", "x: \"a\\nb\\u0007\\n\"\n  z: 1")]
    [InlineData("b", "x: &a |\n    a\n    ${cluster.v}\n  z: *a", "x: &a |\n    a\n    b\n  z: *a")]
    public void A_block_stays_one_with_its_indentation_where_the_text_can_be_one(string value, string line, string expected)
    {
        _cluster.Item("ClusterVariable", "v", ("Value", value));

        Assert.Equal(expected, Written(line));
    }

    [Fact]
    public void A_file_without_a_variable_is_copied_byte_for_byte()
    {
        const string Text = "# a\napiVersion: v1\nkind: ConfigMap\nmetadata:   {name: \"x\",   namespace: app}\ndata: {a: '$$${x}'}";
        _cluster.Service("app").File("resources/app/x.yaml", Text).BuildClean();

        Assert.Equal(Text, _cluster.Tree("components/app-resources/x.yaml"));
    }

    [Fact]
    public void A_name_that_nothing_gives_a_value_is_an_error_at_its_place_in_a_scalar_of_many_lines()
    {
        _cluster.Service("app").Item("ClusterVariable", "registry", ("Value", "x")).File("values/app.yaml", "a: |\n  one\n  two ${cluster.regisrty}\n");

        var found = _cluster.Expect("OC1018");

        Assert.Equal(new Place(_cluster.PathOf("values/app.yaml"), 3, 7), found.Place);
        Assert.Equal("Nothing gives ${cluster.regisrty} a value. Did you mean 'registry'? Add <ClusterVariable Include=\"regisrty\" Value=\"…\" />, or write $${cluster.regisrty} for the text itself.", found.Message);
    }

    [Theory]
    [InlineData("c: ${cluster.name}")]
    [InlineData("c: d # ${cluster.nope}")]
    [InlineData("c: d")]
    public void A_variable_that_is_written_otherwise_has_the_place_of_its_scalar(string last) => Assert.Equal(
        new Place(_cluster.PathOf("values/app.yaml"), 2, 4), In($"a: 1\nb: \"\\x24{{cluster.nope}}\"\n{last}").Expect("OC1018").Place);

    [Theory]
    [InlineData("\"\\x24{cluster.name}\"", "\"test\"")]
    [InlineData("\"${\\u0063luster.name}\"", "\"test\"")]
    [InlineData("\"$\\x24{cluster.name}\"", "\"${cluster.name}\"")]
    [InlineData("'\\x24{cluster.name}'", "'\\x24{cluster.name}'")]
    public void What_a_text_says_counts_and_not_how_it_is_written(string written, string expected)
    {
        _cluster.Service("app");

        Assert.Equal($"x: {expected}", Written($"x: {written}"));
    }

    [Fact]
    public void A_variable_without_an_end_is_an_error() =>
        Assert.StartsWith("Nothing gives ${cluster.} a value.", In("a: ${cluster.name").Expect("OC1018").Message, StringComparison.Ordinal);

    [Fact]
    public void A_provider_that_is_used_must_be_given() =>
        Assert.Equal("ClusterProvider is ''; it must be set where ${cluster.provider} is used.", In("a: ${cluster.provider}").Expect("OC1004").Message);

    [Fact]
    public void A_key_holds_no_variable()
    {
        var found = In("a: 1\nb:\n- ${cluster.name}: 1\n").Expect("OC1019");

        Assert.Equal(new Place(_cluster.PathOf("values/app.yaml"), 3, 3), found.Place);
        Assert.Equal("'${cluster.name}' is a key, and keys can't hold variables. Write the key out.", found.Message);
    }

    [Fact]
    public void An_encrypted_file_holds_no_variable()
    {
        _cluster.Service("app").File(".sops.yaml", Sops.Rule()).File("values/app.sops.yaml", $"a: {Sops.Enc}\n# a ${{cluster.name}}\n{Sops.Block("")}");
        Assert.Equal(new Place(_cluster.PathOf("values/app.sops.yaml"), 2, 5), _cluster.Expect("OC1020").Place);

        _cluster.File("values/app.sops.yaml", $"${{cluster.name}}: {Sops.Enc}\n{Sops.Block("")}");
        Assert.Equal(new Place(_cluster.PathOf("values/app.sops.yaml"), 1, 1), _cluster.Expect("OC1020").Place);
    }

    [Fact]
    public void A_setting_that_a_cluster_must_give_is_an_error_with_its_example()
    {
        _cluster.Service("app", TestCluster.DefaultSpec("app", Settings), files: ("values/base.yaml", "count: ${cluster.app.replicas}\n"));

        var found = Assert.Single(_cluster.Build().Diagnostics);

        Assert.Equal("'app' needs 'replicas' (how many). Add <ClusterVariable Include=\"app.replicas\" Value=\"3\" />.", found.Message);
        Assert.Equal(new Place(_cluster.ProjectFile, 3, 5), found.Place);
    }

    [Fact]
    public void A_setting_has_its_default_until_the_cluster_gives_it()
    {
        _cluster.Service("app", TestCluster.DefaultSpec("app", Settings), files: ("values/base.yaml", "count: ${cluster.app.replicas}\nr: ${cluster.app.ratio}\ns: ${cluster.app.size}\n"))
            .Item("ClusterVariable", "app.replicas", ("Value", "5")).Item("ClusterVariable", "app.size", ("Value", "large"));

        _cluster.BuildClean();

        Assert.Equal("count: 5\nr: 0.5\ns: large\n", _cluster.Tree("components/app/values.yaml"));
    }

    [Fact]
    public void A_default_may_name_other_variables()
    {
        _cluster.Property("ClusterDomain", "example.com").Service(
            "app",
            TestCluster.DefaultSpec("app", "settings: [{name: host, type: string, description: x, default: \"app.${cluster.domain}\"}]"),
            files: ("values/base.yaml", "host: https://${cluster.app.host}/\n"));

        _cluster.BuildClean();

        Assert.Equal("host: https://app.example.com/\n", _cluster.Tree("components/app/values.yaml"));
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void Variables_lead_to_each_other_eight_deep(int length, bool isResolved)
    {
        foreach (var i in Enumerable.Range(1, length))
        {
            _cluster.Item("ClusterVariable", $"v{i}", ("Value", i == length ? "end" : $"${{cluster.v{i + 1}}}"));
        }

        Assert.Equal(isResolved, In("x: ${cluster.v1}").Build().Diagnostics.IsEmpty);
    }

    [Fact]
    public void Variables_that_name_each_other_in_a_circle_are_an_error()
    {
        _cluster.Item("ClusterVariable", "a", ("Value", "${cluster.b}")).Item("ClusterVariable", "b", ("Value", "${cluster.a}"));

        Assert.NotEmpty(In("x: ${cluster.a}").Build().Diagnostics.Where(found => found.Code == "OC1018"));
    }

    [Theory]
    [InlineData("replicas", "many", "OC1022", "'app.replicas' is 'many'; it must be an integer, such as '3'.")]
    [InlineData("replicas", "1.5", "OC1022", "'app.replicas' is '1.5'; it must be an integer, such as '3'.")]
    [InlineData("ratio", "half", "OC1022", "'app.ratio' is 'half'; it must be a number, such as '0.5'.")]
    [InlineData("debug", "yes", "OC1022", "'app.debug' is 'yes'; it must be a boolean, such as 'false'.")]
    [InlineData("size", "huge", "OC1022", "'app.size' is 'huge'; it must be one of small, large, such as 'small'.")]
    [InlineData("replica", "1", "OC1024", "'app' has no setting 'app.replica'. Did you mean 'app.replicas'?")]
    [InlineData("ratio", "1", null, null)]
    [InlineData("ratio", "1.5", null, null)]
    [InlineData("debug", "true", null, null)]
    public void A_setting_has_the_type_that_its_service_declares(string name, string value, string? code, string? message)
    {
        _cluster.Service("app", TestCluster.DefaultSpec("app", Settings.Replace("example: 3", "default: 3", StringComparison.Ordinal)))
            .Item("ClusterVariable", $"app.{name}", ("Value", value));

        Assert.Equal(code is null ? [] : [(code, message!, new Place(_cluster.ProjectFile, 4, 5))], _cluster.Build().Diagnostics.Select(found => (found.Code, found.Message, found.Place!.Value)));
    }

    private TestCluster In(string values) => _cluster.Service("app").File("values/app.yaml", values + "\n");

    // What a line of an object becomes in the tree; the rest of the file has to stay as it is.
    private string Written(string line)
    {
        const string Before = "# a comment\napiVersion: example.com/v1\nkind: Widget\nmetadata:   {name: x, namespace: app}\nspec:\n  ";
        const string After = "\n  last: 'line'   # end\n";
        _cluster.Service("app").Item("ClusterExternal", "example.com/Widget").File("resources/app/x.yaml", Before + line + After).Build();
        var text = _cluster.Tree("components/app-resources/x.yaml");
        Assert.StartsWith(Before, text, StringComparison.Ordinal);
        Assert.EndsWith(After, text, StringComparison.Ordinal);
        return text[Before.Length..^After.Length];
    }
}
