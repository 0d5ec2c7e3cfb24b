using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>What Flux 2.9 and its YAML readers really do, against ours.</summary>
public sealed class ValuesVectorTests
{
    // Where upstream loses something, ours says so instead: an error at the place of what would be lost.
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["vm-010"] = "OC3005", // a document that is a text
        ["vm-053"] = "OC3004", // a second document
        ["vm-054"] = "OC3004", // an empty first document
        ["vm-056"] = "OC3005", // a document that is a list
        ["vm-058"] = "OC3001", // an anchor of another layer
        ["vm-062"] = "OC3019", // an own key before <<
        ["vm-064"] = "OC3002", // a duplicate key
        ["vm-065"] = "OC3022", // an integer above 2^53
        ["vm-078"] = "OC3021", // .inf
        ["vm-211"] = "OC3022",
        ["vm-213"] = "OC3018", // null as a key
        ["vm-215"] = "OC3002", // 1 and "1"
        ["vm-217"] = "OC3001", // a list as a key
        ["vm-219"] = "OC3001", // an alias without an anchor
        ["vm-224"] = "OC3004", // a second document behind '...'
        ["vm-225"] = "OC3001", // %YAML 1.2
    };

    [SkippableFact]
    public void Values_merge_as_Flux_merges_them()
    {
        Needs.SharedData();
        var failures = new List<string>();
        var count = 0;
        foreach (var item in Vectors("values-merge.json").Where(IsOurs))
        {
            count++;
            var id = item["id"]!.GetValue<string>();
            var diagnostics = new DiagnosticBag();
            var actual = Compose(item["layers"]!.AsArray().Select(layer => layer!["text"]!.GetValue<string>()), diagnostics);
            var errors = diagnostics.ToSorted().Where(diagnostic => diagnostic.Severity == Severity.Error).ToArray();
            if (Refused.TryGetValue(id, out var code) ? errors.Length == 0 || errors.Any(error => error.Code != code || error.Place is not { Line: > 0 }) : errors.Length > 0 || !AreEqual(item["expected"], actual))
            {
                failures.Add($"{id} {item["name"]}: {actual.ToJsonString()} {string.Join(' ', diagnostics.ToSorted())}");
            }
        }

        Assert.Equal([], failures);
        Assert.True(count >= 62, $"{count} cases");
    }

    [SkippableFact]
    public void Plain_scalars_mean_what_they_mean_to_Flux()
    {
        Needs.SharedData();
        var failures = new List<string>();
        foreach (var item in Vectors("yaml-scalars.json"))
        {
            var text = item["text"]!.GetValue<string>();
            var meaning = item["meaning_goyaml_v2"]!;
            var type = meaning["type"]?.GetValue<string>();
            if (type is "null" or "bool" or "int" or "float" or "string" && IsPlainScalar(text))
            {
                var ours = GoYaml.TypeOf(text) switch
                {
                    GoYamlType.Null => "null",
                    GoYamlType.Boolean => "bool",
                    GoYamlType.Integer => "int",
                    GoYamlType.Float or GoYamlType.NotFinite => "float",
                    _ => "string",
                };
                if (ours != type)
                {
                    failures.Add($"'{text}': {ours}, but Flux reads {type} {meaning["value"]}");
                }
            }
        }

        Assert.Equal([], failures);
    }

    [SkippableFact]
    public void Every_text_survives_our_writer_for_every_reader()
    {
        Needs.SharedData();
        var failures = new List<string>();
        foreach (var item in Vectors("yaml-scalars.json"))
        {
            var text = item["text"]!.GetValue<string>();
            var written = Encoding.UTF8.GetString(YamlWriter.Write(YamlMap.Of((text, YamlScalar.Text(text)))));
            var key = Encoding.UTF8.GetString(YamlWriter.Write(YamlMap.Of((text, "x"))));
            var value = Encoding.UTF8.GetString(YamlWriter.Write(YamlMap.Of(("x", YamlScalar.Text(text)))))["x: ".Length..];
            if (item["must_quote_as_string"]!.GetValue<bool>() && (!IsQuoted(value) || !IsQuoted(key)))
            {
                failures.Add($"'{text}' is written as {written}");
            }

            var read = (YamlMap)YamlReader.ReadSingle(new SourceFile("x.yaml", Encoding.UTF8.GetBytes(written)), new DiagnosticBag())!;
            if (read.Entries[0].Key.Value != text || ((YamlScalar)read.Entries[0].Value).Value != text || GoYaml.TypeOf((YamlScalar)read.Entries[0].Value) != GoYamlType.String)
            {
                failures.Add($"'{text}' does not come back from {written}");
            }
        }

        Assert.Equal([], failures);
    }

    // Not a document of ours: a reference that misses, a path into the values, a kind that is none.
    private static bool IsOurs(JsonNode item) =>
        item["pipeline"]!.GetValue<string>() is "flux-compose" or "yaml-read"
        && item["layers"]!.AsArray().All(layer => layer!["missing"] is null && layer["targetPath"] is null && layer["kind"]?.GetValue<string>() is null or "Secret" or "ConfigMap");

    private static JsonNode Compose(IEnumerable<string> layers, DiagnosticBag diagnostics)
    {
        var reader = new ValuesReader(diagnostics);
        var merged = YamlMap.Of();
        foreach (var text in layers)
        {
            var source = new SourceFile("values.yaml", Encoding.UTF8.GetBytes(text));
            if (YamlReader.Read(source, diagnostics) is { } documents && reader.Read(new ResolvedFile(source, source.Bytes, documents)) is { } values)
            {
                merged = new ValuesMerge([]).Merge(merged, values);
            }
        }

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            ValuesJson.Write(json, diagnostics.HasErrors ? YamlMap.Of() : merged);
        }

        return JsonNode.Parse(stream.ToArray())!;
    }

    private static bool AreEqual(JsonNode? left, JsonNode? right) => (left, right) switch
    {
        (JsonObject a, JsonObject b) => a.Count == b.Count && a.All(pair => b.ContainsKey(pair.Key) && AreEqual(pair.Value, b[pair.Key])),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.Number && b.GetValueKind() == JsonValueKind.Number => a.GetValue<double>() == b.GetValue<double>(),
        _ => JsonNode.DeepEquals(left, right),
    };

    private static bool IsQuoted(string text) => text.TrimStart('?', ' ') is ['"', ..] or ['|', ..];

    // As it stands, not a comment, an anchor, a tag, quotes or a line break, which are layout.
    private static bool IsPlainScalar(string text) =>
        text.Length > 0 && text[0] is not ('#' or '&' or '!' or '*' or '"' or '\'' or '|' or '>') && !text.Any(char.IsControl) && text.Trim() == text;

    private static IEnumerable<JsonNode> Vectors(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Needs.Shared, "vectors", file)))!.AsArray().Select(item => item!);
}
