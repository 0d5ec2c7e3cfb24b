using System.Text.Json;
using System.Text.RegularExpressions;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Charts;

/// <summary>The shape that a chart's values.schema.json describes. What it can't say in a shape it leaves out: it never refuses more than Helm.</summary>
internal sealed class ChartSchema
{
    private const int MaxDepth = 40;
    private const int MaxSchemas = 100_000;
    private static readonly TimeSpan MaxMatch = TimeSpan.FromMilliseconds(100);

    private readonly JsonElement _root;
    private int _schemas;

    private ChartSchema(JsonElement root) => _root = root;

    /// <exception cref="InvalidDataException">It describes more than anybody could have meant.</exception>
    public static ShapeNode Read(JsonElement root) => new ChartSchema(root).Read(root, 0);

    private ShapeNode Read(JsonElement schema, int depth)
    {
        // A schema of ten lines that refers to itself ten times describes 10^40 keys.
        if (++_schemas > MaxSchemas)
        {
            throw new InvalidDataException($"its values.schema.json describes more than {MaxSchemas} keys");
        }

        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
        {
            return new ShapeNode();
        }

        // In the drafts that charts use, nothing beside a reference counts.
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return reference.ValueKind == JsonValueKind.String && Resolve(reference.GetString()!) is { } target ? Read(target, depth + 1) : new ShapeNode();
        }

        var shape = ReadMap(schema, depth);
        shape.Accepted = AcceptedBy(schema);
        foreach (var part in Schemas(schema, "allOf"))
        {
            shape.Merge(Read(part, depth + 1));
        }

        foreach (var choice in (string[])["anyOf", "oneOf"])
        {
            if (Schemas(schema, choice).Select(part => Read(part, depth + 1)).ToArray() is { Length: > 0 } parts)
            {
                shape.Merge(parts.Aggregate((left, right) => left.Or(right)));
            }
        }

        return shape.Merge(new ShapeNode());
    }

    private ShapeNode ReadMap(JsonElement schema, int depth)
    {
        var isClosed = schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False;
        var properties = Properties(schema, "properties").ToArray();
        var patterns = Properties(schema, "patternProperties").ToArray();
        // One that names no key, and forbids none, says nothing of them.
        if (properties.Length == 0 && patterns.Length == 0 && others.ValueKind == JsonValueKind.Undefined)
        {
            return new ShapeNode();
        }

        var shape = ShapeNode.Map();
        foreach (var property in properties)
        {
            shape.Keys![property.Name] = Read(property.Value, depth + 1);
        }

        foreach (var pattern in patterns)
        {
            if (KeyPattern(pattern.Name) is { } key)
            {
                shape.Patterns.Add((key, () => Read(pattern.Value, depth + 1)));
            }
        }

        // A shape knows no patterns: what they hold for is looked up for the keys of values.yaml, and nothing said of others.
        shape.OtherKeys = isClosed && patterns.Length == 0 ? ChartShape.Forbidden
            : patterns.Length > 0 || others.ValueKind is JsonValueKind.True or JsonValueKind.Object ? ChartShape.Open
            : "";
        shape.Others = others.ValueKind == JsonValueKind.Object && patterns.Length == 0 ? () => Read(others, depth + 1) : null;
        return shape;
    }

    private static SchemaValues? AcceptedBy(JsonElement schema)
    {
        var kinds = !schema.TryGetProperty("type", out var type) ? null
            : type.ValueKind == JsonValueKind.Array ? Kinds(type.EnumerateArray())
            : Kinds([type]);
        var constants = schema.TryGetProperty("const", out var constant) ? SchemaValues.Constants([constant])
            : schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array ? SchemaValues.Constants(values.EnumerateArray())
            : null;
        return constants is null ? kinds : constants.Narrow(kinds);
    }

    private static SchemaValues? Kinds(IEnumerable<JsonElement> types)
    {
        var kinds = types.Select(type => KindOf(type.ToString())).ToArray();
        return kinds.Length == 0 || kinds.Contains(null) ? null : SchemaValues.Kinds(kinds!);
    }

    private static string? KindOf(string type) => type switch
    {
        "array" => "list",
        "object" => ChartShape.MapKind,
        "string" or "boolean" or "integer" or "number" or "null" => type,
        _ => null,
    };

    private static JsonElement.ObjectEnumerator Properties(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var found) && found.ValueKind == JsonValueKind.Object ? found.EnumerateObject() : default;

    private static JsonElement.ArrayEnumerator Schemas(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var found) && found.ValueKind == JsonValueKind.Array ? found.EnumerateArray() : default;

    private static Regex? KeyPattern(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MaxMatch);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private JsonElement? Resolve(string reference)
    {
        var found = _root;
        foreach (var key in JsonPointer.Keys(reference))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(key, out found))
            {
                return null;
            }
        }

        return reference.StartsWith('#') ? found : null;
    }
}
