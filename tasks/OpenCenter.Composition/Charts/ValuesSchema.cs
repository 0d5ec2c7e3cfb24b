using System.Text.Encodings.Web;
using System.Text.Json;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Charts;

/// <summary>
/// The JSON Schema (2020-12) of a release's values, for editors: it completes the chart's keys and marks what
/// <see cref="ShapeCheck"/> would.
/// </summary>
internal sealed class ValuesSchema(ReleaseSpec release, Utf8JsonWriter json)
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="release">The release.</param>
    /// <param name="shape">The bytes of its chart's shape file.</param>
    /// <param name="comment">Of what it was made; it stands first in the schema.</param>
    /// <exception cref="JsonException">It is no shape; as with <see cref="KeyNotFoundException"/> and <see cref="InvalidOperationException"/>.</exception>
    public static byte[] Write(ReleaseSpec release, ReadOnlyMemory<byte> shape, string comment)
    {
        using var document = JsonDocument.Parse(shape);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Compact))
        {
            json.WriteStartObject();
            json.WriteString("$comment", comment);
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", $"Values of {release.Name.Value}");
            new ValuesSchema(release, json).WriteMap(new ChartShape(document.RootElement.GetProperty("values")), KeyPath.Root);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private void WriteMap(ChartShape map, KeyPath path)
    {
        if (!WriteAccepted(map))
        {
            WriteTypes("object", "null");
        }

        json.WriteStartObject("properties");
        foreach (var key in map.Keys)
        {
            json.WriteStartObject(key);
            WriteValue(map.Find(key)!.Value, path.Add(key));
            json.WriteEndObject();
        }

        // What a package leaves free may be a key that its chart does not show.
        foreach (var free in release.Free)
        {
            if (free.Keys.Length == path.Keys.Length + 1 && path.Contains(free) && map.Find(free.Keys[^1]) is null)
            {
                json.WriteStartObject(free.Keys[^1]);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
        if (map.Others is { } others)
        {
            json.WriteStartObject("additionalProperties");
            WriteValue(others, path.Add(ChartShape.OthersKey));
            json.WriteEndObject();
        }
        else if (map.OtherKeys != ChartShape.Open)
        {
            json.WriteBoolean("additionalProperties", false);
        }
    }

    private void WriteValue(ChartShape shape, KeyPath path)
    {
        if (release.Free.Any(free => free.Contains(path)))
        {
            return;
        }

        if (shape.IsMap)
        {
            WriteMap(shape, path);
            return;
        }

        if (WriteAccepted(shape))
        {
            return;
        }

        // Charts print numbers and texts alike, and take a template, which is a text, for the rest.
        switch (shape.Type)
        {
            case "list":
                WriteTypes("array", "string", "null");
                break;
            case "boolean":
                WriteTypes("boolean", "string", "null");
                break;
            case "string" or "integer" or "number":
                WriteTypes("string", "number", "boolean", "null");
                break;
            default:
                break;
        }
    }

    private bool WriteAccepted(ChartShape shape)
    {
        if (shape.Accepted is not { } accepted)
        {
            return false;
        }

        // Null takes a default of the chart away, which its schema then does not see.
        var types = accepted.Kinds.Select(JsonType).Append("null").Distinct(StringComparer.Ordinal).ToArray();
        var (texts, literals) = (accepted.Texts.ToArray(), accepted.Literals.ToArray());
        if (texts.Length + literals.Length == 0)
        {
            WriteTypes(types);
            return true;
        }

        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        json.WriteStartArray("enum");
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        foreach (var literal in literals)
        {
            literal.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject();
        WriteTypes(types);
        json.WriteEndObject();
        json.WriteEndArray();
        return true;
    }

    private static string JsonType(string kind) => kind switch
    {
        ChartShape.MapKind => "object",
        "list" => "array",
        _ => kind,
    };

    private void WriteTypes(params string[] types)
    {
        json.WriteStartArray("type");
        foreach (var type in types)
        {
            json.WriteStringValue(type);
        }

        json.WriteEndArray();
    }
}
