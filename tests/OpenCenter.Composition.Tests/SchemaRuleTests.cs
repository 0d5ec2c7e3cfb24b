using System.Text;
using OpenCenter.Composition.Checks.Schemas;

namespace OpenCenter.Composition.Tests;

/// <summary>What one place of a schema says of a value.</summary>
public sealed class SchemaRuleTests : IDisposable
{
    private readonly TestCluster _cluster = new TestCluster().Service("alpha");

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("""{"type": "string", "minLength": 2, "maxLength": 3}""", "a", "at least 2 characters")]
    [InlineData("""{"type": "string", "minLength": 2, "maxLength": 3}""", "ab", null)]
    [InlineData("""{"type": "string", "minLength": 2, "maxLength": 3}""", "abc", null)]
    [InlineData("""{"type": "string", "minLength": 2, "maxLength": 3}""", "abcd", "at most 3 characters")]
    [InlineData("""{"type": "integer", "minimum": 2, "maximum": 3}""", "1", "at least 2")]
    [InlineData("""{"type": "integer", "minimum": 2, "maximum": 3}""", "3", null)]
    [InlineData("""{"type": "number", "minimum": 2, "maximum": 3}""", "3.5", "at most 3")]
    [InlineData("""{"type": "integer", "minimum": 2}""", "two", null)]
    [InlineData("""{"enum": ["a", 1]}""", "b", "one of a, 1")]
    [InlineData("""{"enum": ["a", 1]}""", "1", null)]
    [InlineData("""{"type": "string", "pattern": "^a$"}""", "a\n", "a text that matches ^a$")]
    [InlineData("""{"type": "string", "pattern": "a\\$"}""", "a$b", null)]
    [InlineData("""{"type": "string", "pattern": "a\\$"}""", "ab", "a text that matches a\\$")]
    [InlineData("""{"type": "string", "pattern": "("}""", "a", null)]
    [InlineData("""{"x-kubernetes-quantity": true, "pattern": "^a$"}""", "1", null)]
    public void A_value_that_a_schema_refuses_is_told_what_it_must_be(string schema, string value, string? expected) =>
        Assert.Equal(expected, Parse(schema).Refuses(value));

    [Theory]
    [InlineData(0, "at least 1 entries")]
    [InlineData(1, null)]
    [InlineData(2, null)]
    [InlineData(3, "at most 2 entries")]
    public void A_list_has_as_many_entries_as_its_schema_says(int count, string? expected) =>
        Assert.Equal(expected, Parse("""{"type": "array", "minItems": 1, "maxItems": 2}""").RefusesCount(count));

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{"type": "object"}""", false)]
    [InlineData("""{"properties": {"a": {}}}""", false)]
    [InlineData("""{"additionalProperties": {"type": "string"}}""", false)]
    [InlineData("""{"type": "object", "additionalProperties": true}""", true)]
    [InlineData("""{"type": "object", "additionalProperties": false}""", false)]
    [InlineData("""{"type": "object", "x-kubernetes-preserve-unknown-fields": true}""", true)]
    public void A_map_may_have_other_keys_where_its_schema_leaves_it_open(string schema, bool isOpen) =>
        Assert.Equal(isOpen, Parse(schema).IsOpen);

    [Theory]
    [InlineData("#/definitions/a", "Integer")]
    [InlineData("#/definitions/b", "Integer")]
    [InlineData("#/definitions/nowhere", "Any")]
    [InlineData("#/definitions/a/type/x", "Any")]
    [InlineData("#/definitions/round", "Any")]
    public void A_reference_leads_to_a_definition_or_says_nothing(string reference, string type)
    {
        var schema = Parse($$"""{"properties": {"x": {"$ref": "{{reference}}"} }, "definitions": {"a": {"type": "integer"}, "b": {"$ref": "#/definitions/a"}, "round": {"$ref": "#/definitions/round"} } }""");

        Assert.Equal(type, schema.Field("x")!.Type.ToString());
    }

    [Fact]
    public void Only_the_root_and_what_says_so_is_an_object()
    {
        var schema = Parse("""{"properties": {"a": {"type": "object"}, "b": {"type": "object", "x-kubernetes-embedded-resource": true}}}""");

        Assert.True(schema.IsObject);
        Assert.False(schema.Field("a")!.IsObject);
        Assert.True(schema.Field("b")!.IsObject);
    }

    [Fact]
    public void A_schema_as_deep_as_they_come_is_read()
    {
        var depth = 300;

        Assert.Equal(SchemaType.Map, Parse(string.Concat(Enumerable.Repeat("""{"type":"object","items":""", depth)) + "{}" + new string('}', depth)).Type);
    }

    [Theory]
    [InlineData("", "Pod", "v1")]
    [InlineData("apps", "Deployment", "apps/v1")]
    [InlineData("helm.toolkit.fluxcd.io", "HelmRelease", "helm.toolkit.fluxcd.io/v2")]
    [InlineData("notification.toolkit.fluxcd.io", "Receiver", "notification.toolkit.fluxcd.io/v1")]
    [InlineData("notification.toolkit.fluxcd.io", "Provider", "notification.toolkit.fluxcd.io/v1beta3")]
    [InlineData("apps", "Deploy", null)]
    [InlineData("apps", "Pod", null)]
    [InlineData("", "Deployment", null)]
    public void A_kind_is_known_in_one_version(string group, string kind, string? expected) =>
        Assert.Equal(expected, KnownSchemas.Table.VersionOf(group, kind));

    [Theory]
    [InlineData("text ..3", "abcd", "at most 3 characters")]
    [InlineData("text 2..", "a", "at least 2 characters")]
    [InlineData("text 2..", "ab", null)]
    [InlineData("text 1..3", "abc", null)]
    [InlineData("text ..9 pattern ^a+$", "ab", "a text that matches ^a+$")]
    [InlineData("text ..9 pattern ^a+$", "aa", null)]
    [InlineData("=A", "B", "'A'")]
    [InlineData("=A|B", "C", "one of A, B")]
    [InlineData("=A|B", "B", null)]
    [InlineData("url http|https", "ftp://a", "an address that begins with http:// or https://")]
    [InlineData("url http|https", "https:/a", "an address that begins with http:// or https://")]
    [InlineData("url http|https", "https://a", null)]
    [InlineData("url http|https ..10", "https://abc", "at most 10 characters")]
    [InlineData("duration", "1h30m", null)]
    [InlineData("duration", "1d", "a duration such as 30s, 5m or 1h30m")]
    [InlineData("timeout", "5m", null)]
    [InlineData("timeout", "1h", "a duration without hours, such as 90s or 5m")]
    [InlineData("timeout", "soon", "a duration without hours, such as 90s or 5m")]
    [InlineData("bytes", "YQ==", null)]
    [InlineData("bytes", "a", "Base64")]
    [InlineData("time", "2026-01-31T00:00:00Z", null)]
    [InlineData("time", "soon", "a time such as 2026-01-31T00:00:00Z")]
    [InlineData("key", "a.b", null)]
    [InlineData("key", "a/b", "at most 253 letters, digits, '-', '_' and '.'")]
    [InlineData("label", "a.b", null)]
    [InlineData("label", "a.", "at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends")]
    [InlineData("text", "anything", null)]
    public void A_rule_says_what_a_text_must_be(string rule, string value, string? expected) =>
        Assert.Equal(expected, TextRule.Parse(rule)!.Refuses(value));

    [Theory]
    [InlineData("int")]
    [InlineData("texts")]
    [InlineData("Probe")]
    public void What_is_no_kind_of_text_is_no_rule(string rule) => Assert.Null(TextRule.Parse(rule));

    [Theory]
    [InlineData("a.example.com/b", null)]
    [InlineData("a", null)]
    [InlineData("a/b/c", "a name of at most 63 letters, digits, '-', '_' and '.', perhaps with a DNS name and '/' before it")]
    public void A_labels_key_has_its_own_rule(string key, string? expected) => Assert.Equal(expected, TextRule.LabelKey.Refuses(key));

    [Fact]
    public void A_folder_that_is_not_there_is_an_error()
    {
        _cluster.Item("ClusterSchemas", "schemas");

        Assert.Equal($"ClusterSchemas 'schemas': there is no folder '{_cluster.PathOf("schemas")}'.", _cluster.Expect("OC1005").Message);
    }

    [Theory]
    [InlineData("schemas/configmap_v1.json")]
    [InlineData("schemas/core/configmap_v1.json")]
    public void A_folders_schema_comes_first(string file)
    {
        _cluster.Item("ClusterSchemas", "schemas").File(file, """{"type": "object", "properties": {"date": {"type": "object"}}}""")
            .File("resources/alpha/it.yaml", TestCluster.Manifest("ConfigMap", "it", "alpha", rest: "data: {a: b}\n"));

        Assert.Equal("ConfigMap 'alpha/it': there is no field data. Did you mean 'date'?", _cluster.Expect("OC4030").Message);
    }

    [Fact]
    public void A_schema_that_is_no_JSON_is_an_error_at_its_file()
    {
        _cluster.Item("ClusterSchemas", "schemas").File("schemas/apps/deployment_v1.json", "{")
            .File("resources/alpha/it.yaml", TestCluster.Manifest("Deployment", "it", "alpha", "apps/v1", "spec: {selector: {}, template: {spec: {containers: [{name: web, image: 'web:1'}]}}}\n"));

        var found = _cluster.Expect("OC4017");

        Assert.StartsWith("This schema can't be used: ", found.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", found.Message, StringComparison.Ordinal);
        Assert.Equal(_cluster.PathOf("schemas/apps/deployment_v1.json"), found.Place!.Value.File);
    }

    private static JsonSchema Parse(string json) => JsonSchema.Parse(Encoding.UTF8.GetBytes(json));
}
