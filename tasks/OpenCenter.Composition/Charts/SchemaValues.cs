using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenCenter.Composition.Charts;

/// <summary><see cref="AcceptedValues"/> while a shape is made.</summary>
internal sealed class SchemaValues
{
    // As JSON, so that "=1" and 1 are two.
    private readonly SortedSet<string> _values;

    private SchemaValues(IEnumerable<string> values) => _values = new(values, StringComparer.Ordinal);

    public static SchemaValues Kinds(IEnumerable<string> kinds) => new(kinds.Select(kind => $"\"{kind}\""));

    /// <summary>Null where one of them is a list or a map.</summary>
    public static SchemaValues? Constants(IEnumerable<JsonElement> values)
    {
        var constants = new List<string>();
        foreach (var value in values)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    constants.Add($"\"{JsonEncodedText.Encode("=" + value.GetString(), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");
                    break;
                case JsonValueKind.Null:
                    constants.Add("\"null\"");
                    break;
                case JsonValueKind.Array or JsonValueKind.Object:
                    return null;
                default:
                    constants.Add(value.GetRawText());
                    break;
            }
        }

        return new(constants);
    }

    public bool Has(string kind) => _values.Contains($"\"{kind}\"");

    /// <summary>What both accept; null where that is nothing, since no chart means that.</summary>
    public SchemaValues? Narrow(SchemaValues? other)
    {
        if (other is null)
        {
            return this;
        }

        var both = new SchemaValues(_values.Where(other.Covers).Concat(other._values.Where(Covers)));
        return both._values.Count > 0 ? both : null;
    }

    public SchemaValues Or(SchemaValues other) => new(_values.Union(other._values));

    // Raw: the writer would give each of them a line.
    public void Write(Utf8JsonWriter json) => json.WriteRawValue($"[{string.Join(", ", _values)}]");

    private bool Covers(string value) => _values.Contains(value) || Has(KindOf(value)) || (KindOf(value) == "integer" && Has("number"));

    private static string KindOf(string value) => value switch
    {
        ['"', '=', ..] => "string",
        ['"', ..] => value[1..^1],
        ['t' or 'f', ..] => "boolean",
        _ => value.AsSpan().ContainsAny('.', 'e', 'E') ? "number" : "integer",
    };
}
