using System.Text.Json;
using Json.Schema;
using OpenCenter.Composition.Charts;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>What a chart's values.schema.json becomes in a shape, and that a shape never refuses more than Helm.</summary>
public sealed class ChartSchemaTests : IDisposable
{
    private const int MostPaths = 60;

    private readonly TestCluster _cluster = new();

    public static TheoryData<string> ChartsWithSchema => Charts("values.schema.json");

    public static TheoryData<string> AllCharts => Charts("values.yaml");

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("""{"type": "integer"}""", """["integer"]""")]
    [InlineData("""{"type": ["string", "null"]}""", """["null","string"]""")]
    [InlineData("""{"type": "array", "items": {"type": "string"}}""", """["list"]""")]
    [InlineData("""{"enum": ["a", 1, true, null]}""", """["=a","null",1,true]""")]
    [InlineData("""{"enum": ["a", {}]}""", "\"any\"")]
    [InlineData("""{"type": "string", "enum": ["a", 1]}""", """["=a"]""")]
    [InlineData("""{"const": "x"}""", """["=x"]""")]
    [InlineData("""{"anyOf": [{"type": "integer"}, {"type": "string", "enum": ["auto"]}]}""", """["=auto","integer"]""")]
    [InlineData("""{"type": "string", "oneOf": [{"minLength": 1}, {"maxLength": 9}]}""", """["string"]""")]
    [InlineData("""{"oneOf": [{"type": "string"}, {"type": "object", "properties": {"name": {"type": "string"}}, "additionalProperties": false}]}""", """{"*":"forbidden","=":["map","string"],"name":["string"]}""")]
    [InlineData("""{"oneOf": [{"properties": {"a": {"type": "string"}}, "additionalProperties": false}, {"properties": {"a": {"type": "integer"}, "b": {}}, "additionalProperties": false}]}""", """{"*":"forbidden","a":["integer","string"],"b":"any"}""")]
    [InlineData("""{"anyOf": [{"properties": {"a": {"type": "string"}}}, {"type": "object"}]}""", "\"any\"")]
    [InlineData("""{"allOf": [{"type": "object", "properties": {"a": {"type": ["string", "integer"]}}}, {"properties": {"a": {"type": "integer"}, "b": {"type": "number"}}}]}""", """{"=":["map"],"a":["integer"],"b":["number"]}""")]
    [InlineData("""{"type": "object", "additionalProperties": {"type": "string"}}""", """{"*":["string"],"=":["map"]}""")]
    [InlineData("""{"type": "object", "additionalProperties": true}""", """["map"]""")]
    [InlineData("""{"properties": {"a": {}}, "additionalProperties": {}}""", """{"*":"open","a":"any"}""")]
    [InlineData("""{"type": "object", "patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": false}""", """["map"]""")]
    [InlineData("""{"$ref": "#/definitions/port", "type": "string"}""", """["integer"]""")]
    [InlineData("""{"$ref": "#/definitions/a~1b"}""", """["boolean"]""")]
    [InlineData("""{"$ref": "#/definitions/nowhere"}""", "\"any\"")]
    [InlineData("""{"type": "object", "properties": {"a": {"type": "string"}}, "not": {"required": ["a"]}, "if": {}, "then": false}""", """{"=":["map"],"a":["string"]}""")]
    [InlineData("true", "\"any\"")]
    public void A_schema_becomes_a_shape_that_says_what_it_surely_refuses(string schema, string shape) =>
        Assert.Equal(shape, Shape("", $$"""{"properties": {"x": {{schema}} }, "definitions": {"port": {"type": "integer"}, "a/b": {"type": "boolean"} } }""").GetProperty("x").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("x: 3", """{"type": "number"}""", """["number"]""")]
    [InlineData("x: {a: b}", """{"type": "object"}""", """{"=":["map"],"a":"string"}""")]
    [InlineData("x: {a: b}", """{"type": "object", "additionalProperties": {"type": "string"}}""", """{"*":["string"],"=":["map"],"a":["string"]}""")]
    [InlineData("x: {ab: {}, c: {}}", """{"patternProperties": {"^[a-b]+$": {"type": "object", "properties": {"mode": {"enum": ["y", "z"]}}}, "(": {}}}""", """{"*":"open","ab":{"=":["map"],"mode":["=y","=z"]},"c":"any"}""")]
    [InlineData("x:\n  a: 1\n  # b: 1", """{"properties": {"a": {"type": "integer"}}, "additionalProperties": false}""", """{"*":"forbidden","a":["integer"]}""")]
    [InlineData("x:\n  a: 1\n  # b: 1", """{"properties": {"a": {"type": "integer"}}}""", """{"a":["integer"],"b":"any"}""")]
    [InlineData("x: text", "{}", "\"string\"")]
    public void A_schema_and_the_defaults_are_one_shape(string values, string schema, string shape) =>
        Assert.Equal(shape, Shape(values, $$"""{"properties": {"x": {{schema}} } }""").GetProperty("x").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal));

    [SkippableTheory]
    [MemberData(nameof(AllCharts))]
    public void Nothing_is_wrong_with_a_charts_own_defaults(string chart)
    {
        Needs.SharedData();

        Assert.Empty(Findings(Import(chart), Defaults(chart)));
    }

    [SkippableTheory]
    [MemberData(nameof(ChartsWithSchema))]
    public void What_a_shape_refuses_the_charts_schema_refuses_and_kinds_and_values_that_the_schema_refuses_the_shape_does(string chart)
    {
        Needs.SharedData();
        var shape = Import(chart);
        var defaults = Defaults(chart);
        var paths = Paths(defaults, KeyPath.Root).ToArray();
        var schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(Needs.Shared, chart, "values.schema.json")).Replace("http://json-schema.org/schema#", "http://json-schema.org/draft-07/schema#", StringComparison.Ordinal).Replace("https://json-schema.org/draft-07/schema#", "http://json-schema.org/draft-07/schema#", StringComparison.Ordinal));
        var (refused, both, missed) = (0, 0, new List<string>());
        for (var i = 0; i < paths.Length; i += 1 + (paths.Length / MostPaths))
        {
            var path = paths[i];
            foreach (var value in (YamlNode[])["other", 1, true, YamlMap.Of(("other-key", "x")), YamlList.Of("x")])
            {
                var found = Findings(shape, Only(path, value)).Any(finding => finding.Severity == Severity.Error);
                var isRefused = !schema.Evaluate(Json(defaults.With(path, value))).IsValid;
                Assert.True(!found || isRefused, $"{path} = {Json(value)}");
                refused += isRefused ? 1 : 0;
                both += found ? 1 : 0;
                if (isRefused && !found)
                {
                    missed.Add($"{path}={Json(value)}");
                }
            }
        }

        // What a shape can't say: entries of lists, required keys, patterns, bounds.
        Assert.True(both >= refused * 0.85, $"{both} of {refused}: {string.Join(' ', missed.Take(50))}");
    }

    [SkippableFact]
    public void Values_copied_from_an_older_chart_are_refused_where_Helm_refuses_them()
    {
        Needs.SharedData();
        var old = Defaults("charts/cert-manager/v1.18.2");

        Assert.Equal(
            ["prometheus.podmonitor.path", "prometheus.servicemonitor.path", "prometheus.servicemonitor.targetPort"],
            Findings(Import("charts/cert-manager/v1.21.1"), old).Where(found => found.Severity == Severity.Error).Select(found => found.Message.Split('\'')[3]).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<KeyPath> Paths(YamlMap map, KeyPath above) =>
        map.Entries.SelectMany(entry => entry.Value is YamlMap below ? Paths(below, above.Add(entry.Name)).Prepend(above.Add(entry.Name)) : [above.Add(entry.Name)]);

    private static YamlMap Only(KeyPath path, YamlNode value) =>
        (YamlMap)path.Keys.Reverse().Aggregate(value, (node, key) => YamlMap.Of((key, node)));

    private static JsonElement Json(YamlNode node)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            ValuesJson.Write(json, node);
        }

        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }

    // Istio's charts have them below a key that a user must not set, and read them at the top.
    private static YamlMap Defaults(string chart)
    {
        var source = new SourceFile("values.yaml", File.ReadAllBytes(Path.Combine(Needs.Shared, chart, "values.yaml")));
        var values = new ValuesReader(new DiagnosticBag()).Read(new ResolvedFile(source, source.Bytes, YamlReader.Read(source, new DiagnosticBag())!.Value)) ?? YamlMap.Of();
        return values["_internal_defaults_do_not_set"] as YamlMap ?? values;
    }

    private static Diagnostic[] Findings(JsonElement shape, YamlMap values)
    {
        var diagnostics = new DiagnosticBag();
        new ShapeCheck(new ReleaseSpec { Name = YamlScalar.Text("app"), SourceKind = "HelmRepository", SourceUrl = YamlScalar.Text("https://charts.example.com") }, () => RemovedKeys.None, diagnostics).Check(values, new ChartShape(shape), KeyPath.Root, values);
        return [.. diagnostics.ToSorted()];
    }

    private JsonElement Shape(string values, string schema)
    {
        File.WriteAllText(Path.Combine(_cluster.Root, "values.yaml"), values + "\n");
        File.WriteAllText(Path.Combine(_cluster.Root, "values.schema.json"), schema);
        return Import(_cluster.Root);
    }

    private static JsonElement Import(string chart)
    {
        var diagnostics = new DiagnosticBag();
        var shape = ChartImport.Run(Path.Combine(Needs.Shared, chart), diagnostics);
        Assert.Empty(diagnostics.ToSorted());
        return JsonDocument.Parse(shape!).RootElement.GetProperty("values");
    }

    private static TheoryData<string> Charts(string file)
    {
        var folder = Path.Combine(Needs.Shared, "charts");
        return [.. (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, file, SearchOption.AllDirectories) : [])
            .Select(found => Path.GetRelativePath(Needs.Shared, Path.GetDirectoryName(found)!)).Where(chart => chart.Split('/').Length == 3).Order(StringComparer.Ordinal)];
    }
}
