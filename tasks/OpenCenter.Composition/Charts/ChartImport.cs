using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Charts;

/// <summary>
/// Makes the shape of a chart's values from its values.yaml, the keys that its comments show, its values.schema.json and its
/// subcharts: names and types only.
/// </summary>
internal sealed partial class ChartImport(string chart, DiagnosticBag diagnostics)
{
    private const int MaxDepth = 40;
    private const int MaxArchives = 8;

    // What Kubernetes, not the chart, defines: any key is one.
    [GeneratedRegex("^(.*([aA]nnotations|[lL]abels|[sS]elector|[sS]ecurityContext|[aA]ffinity|[rR]esources|[sS]trategy|[pP]robe)|limits|requests|capabilities|env|.*Env)$")]
    private static partial Regex FreeForm();

    private int _archives;

    [GeneratedRegex(@"^( *)#+ ?([A-Za-z_][A-Za-z0-9_-]*):( |$)")]
    private static partial Regex CommentedKey();

    /// <summary>The bytes of the shape file; null where the chart can't be read, which has then been reported.</summary>
    public static byte[]? Run(string chart, DiagnosticBag diagnostics)
    {
        try
        {
            var files = ChartFiles.Read(chart);
            var import = new ChartImport(chart, diagnostics);
            if (import.Read(files, "") is not { } shape)
            {
                return null;
            }

            var about = import.Map(files, "Chart.yaml");
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartObject();
                json.WriteNumber("format", 1);
                json.WriteString("chart", about?.Text("name") ?? "");
                json.WriteString("version", about?.Text("version") ?? "");
                json.WritePropertyName("values");
                shape.Write(json);
                json.WriteEndObject();
            }

            stream.WriteByte((byte)'\n');
            return diagnostics.HasErrors ? null : stream.ToArray();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or JsonException)
        {
            diagnostics.Add(ProjectDiagnostics.Unreadable(chart, exception.Message.TrimEnd('.')));
            return null;
        }
    }

    private ShapeNode? Read(Dictionary<string, byte[]> files, string prefix)
    {
        if (!files.ContainsKey(prefix + "values.yaml"))
        {
            diagnostics.Add(ProjectDiagnostics.Unreadable(Path.Combine(chart, prefix), "it has no values.yaml"));
            return null;
        }

        var shape = Map(files, prefix + "values.yaml") is { } values ? FromValues(values) : ShapeNode.Map();
        if (files.TryGetValue(prefix + "values.schema.json", out var bytes))
        {
            using var schema = JsonDocument.Parse(bytes);
            shape = ChartSchema.Read(schema.RootElement.Clone()).Merge(shape);
        }

        shape.Keys ??= new(StringComparer.Ordinal);
        if (shape.Keys.Remove(ChartShape.OwnDefaults, out var defaults))
        {
            shape.Merge(defaults);
        }

        // Values are a map, whatever else a schema would take.
        shape.Accepted = null;
        AddSubcharts(shape, files, prefix);
        shape.Keys["global"] = shape.Keys.TryGetValue("global", out var global) && global.Keys is not null ? global : new ShapeNode();
        if (shape.Keys["global"] is { Keys: not null, OtherKeys: "" } shared)
        {
            shared.OtherKeys = ChartShape.Open;
        }

        return shape;
    }

    private void AddSubcharts(ShapeNode shape, Dictionary<string, byte[]> files, string prefix)
    {
        foreach (var dependency in (Map(files, prefix + "Chart.yaml")?["dependencies"] as YamlList)?.Items.OfType<YamlMap>() ?? [])
        {
            if (dependency.Text("name") is not { } name)
            {
                continue;
            }

            // A subchart that is not in the chart's folder is fetched when it is packed: nothing is known of it.
            var subchart = ReadSubchart(files, $"{prefix}charts/{name}") ?? new ShapeNode();
            var key = dependency.Text("alias") ?? name;
            shape.Keys![key] = shape.Keys.TryGetValue(key, out var known) && subchart.Keys is not null ? subchart.Merge(known) : subchart;
            foreach (var condition in (dependency.Text("condition") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                Add(shape, condition.Split('.'));
            }

            if (dependency["tags"] is not null)
            {
                shape.Keys.TryAdd("tags", new ShapeNode());
            }
        }
    }

    private ShapeNode? ReadSubchart(Dictionary<string, byte[]> files, string folder)
    {
        if (files.ContainsKey(folder + "/values.yaml"))
        {
            return Read(files, folder + "/");
        }

        var archive = files.Keys.FirstOrDefault(file => file.StartsWith(folder + "-", StringComparison.Ordinal) && file.EndsWith(".tgz", StringComparison.Ordinal));
        if (archive is null)
        {
            return null;
        }

        // An archive can hold itself.
        if (++_archives > MaxArchives)
        {
            throw new InvalidDataException($"more than {MaxArchives} archives lie in one another");
        }

        using var stream = new MemoryStream(files[archive]);
        var shape = Read(ChartFiles.ReadArchive(stream), "");
        _archives--;
        return shape;
    }

    private static void Add(ShapeNode shape, ReadOnlySpan<string> path)
    {
        if (shape.Keys is not { } keys || path.IsEmpty || path.Length > MaxDepth)
        {
            return;
        }

        if (!keys.TryGetValue(path[0], out var child))
        {
            keys[path[0]] = child = path.Length == 1 ? new ShapeNode { Type = "boolean" } : ShapeNode.Map();
        }

        Add(child, path[1..]);
    }

    private YamlMap? Map(Dictionary<string, byte[]> files, string path)
    {
        if (!files.TryGetValue(path, out var bytes))
        {
            return null;
        }

        // A chart's own slips (a second document, a surprising number) are its author's to mend.
        var source = new SourceFile(Path.Combine(chart, path), bytes);
        return YamlReader.Read(source, diagnostics) is { } documents ? new ValuesReader(new DiagnosticBag()).Read(new ResolvedFile(source, bytes, documents)) : null;
    }

    private static ShapeNode FromValues(YamlMap values)
    {
        var maps = new List<(YamlMap Map, ShapeNode Node)>();
        var shape = FromMap(values, maps);
        var line = 0;
        foreach (var text in values.Source!.Text.Split('\n'))
        {
            line++;
            if (CommentedKey().Match(text) is { Success: true } match && Enclosing(maps, line, match.Groups[1].Length + 1) is { } node)
            {
                node.Keys!.TryAdd(match.Groups[2].Value, new ShapeNode());
            }
        }

        return shape;
    }

    // The last map that began before the line, in the comment's column, with none further to the left in between.
    private static ShapeNode? Enclosing(List<(YamlMap Map, ShapeNode Node)> maps, int line, int column)
    {
        for (var at = maps.Count - 1; at >= 0; at--)
        {
            var (map, node) = maps[at];
            if (map.Line <= line && map.Column <= column)
            {
                return map.Column == column ? node : null;
            }
        }

        return null;
    }

    private static ShapeNode FromMap(YamlMap map, List<(YamlMap Map, ShapeNode Node)> maps)
    {
        var node = ShapeNode.Map();
        maps.Add((map, node));
        foreach (var entry in map.Entries)
        {
            var child = FromValue(entry.Value, maps);
            if (child.Keys is not null && FreeForm().IsMatch(entry.Name))
            {
                child.OtherKeys = ChartShape.Open;
            }

            node.Keys![entry.Name] = child;
        }

        return node;
    }

    private static ShapeNode FromValue(YamlNode value, List<(YamlMap Map, ShapeNode Node)> maps) => value switch
    {
        YamlMap { Entries.IsEmpty: true } => new ShapeNode(),
        YamlMap map => FromMap(map, maps),
        YamlList => new ShapeNode { Type = "list" },
        YamlScalar scalar => new ShapeNode
        {
            Type = GoYaml.TypeOf(scalar) switch
            {
                GoYamlType.Boolean => "boolean",
                GoYamlType.Integer => "integer",
                GoYamlType.Float => "number",
                // "" is where a chart's author put nothing: a map or a list is taken there, too.
                GoYamlType.String when scalar.Value.Length > 0 => "string",
                _ => ChartShape.Any,
            },
        },
        _ => new ShapeNode(),
    };
}
