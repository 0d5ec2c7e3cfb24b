using System.Text.Json;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Charts;

/// <summary>
/// All that a chart's schema accepts at one place. In a shape file it is a list of kinds (<c>string</c>, <c>boolean</c>,
/// <c>integer</c>, <c>number</c>, <c>list</c>, <c>map</c>, <c>null</c>), of texts with a <c>=</c> in front, and of numbers and booleans.
/// </summary>
internal readonly record struct AcceptedValues(JsonElement List)
{
    /// <summary>The kinds.</summary>
    public IEnumerable<string> Kinds => List.EnumerateArray().Where(IsKind).Select(kind => kind.GetString()!);

    /// <summary>The texts.</summary>
    public IEnumerable<string> Texts => List.EnumerateArray().Where(IsText).Select(text => text.GetString()![1..]);

    /// <summary>The numbers and booleans.</summary>
    public IEnumerable<JsonElement> Literals => List.EnumerateArray().Where(entry => entry.ValueKind != JsonValueKind.String);

    /// <summary>Whether a value is one of them, or of their kind.</summary>
    public bool Has(YamlNode value)
    {
        foreach (var entry in List.EnumerateArray())
        {
            if (Is(entry, value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>For people: <c>'Always' or 'Never'</c>, <c>an integer or null</c>.</summary>
    public override string ToString() =>
        string.Join(" or ", Texts.Select(text => $"'{text}'").Concat(Literals.Select(literal => literal.GetRawText())).Concat(Kinds.Select(Named)));

    private static bool IsText(JsonElement entry) => entry.ValueKind == JsonValueKind.String && entry.GetString() is ['=', ..];

    private static bool IsKind(JsonElement entry) => entry.ValueKind == JsonValueKind.String && !IsText(entry);

    private static bool Is(JsonElement entry, YamlNode value) => (entry.ValueKind, value) switch
    {
        (JsonValueKind.String, YamlMap) => entry.ValueEquals(ChartShape.MapKind),
        (JsonValueKind.String, YamlList) => entry.ValueEquals("list"),
        (JsonValueKind.String, YamlScalar scalar) when IsText(entry) => GoYaml.TypeOf(scalar) == GoYamlType.String && entry.GetString().AsSpan(1).SequenceEqual(scalar.Value),
        (JsonValueKind.String, YamlScalar scalar) => IsOf(entry, scalar),
        (JsonValueKind.Number, YamlScalar scalar) => GoYaml.TypeOf(scalar) is GoYamlType.Integer or GoYamlType.Float && entry.GetDouble() == GoYaml.NumberOf(scalar.Value),
        (JsonValueKind.True or JsonValueKind.False, YamlScalar scalar) => GoYaml.TypeOf(scalar) == GoYamlType.Boolean && entry.GetBoolean() == GoYaml.IsTrue(scalar.Value),
        _ => false,
    };

    private static bool IsOf(JsonElement kind, YamlScalar scalar) => GoYaml.TypeOf(scalar) switch
    {
        GoYamlType.String => kind.ValueEquals("string"),
        GoYamlType.Boolean => kind.ValueEquals("boolean"),
        GoYamlType.Integer => kind.ValueEquals("integer") || kind.ValueEquals("number"),
        // JSON knows no difference between 1.0 and 1.
        GoYamlType.Float => kind.ValueEquals("number") || (kind.ValueEquals("integer") && double.IsInteger(GoYaml.NumberOf(scalar.Value))),
        _ => true,
    };

    private static string Named(string kind) => kind switch
    {
        "integer" => "an integer",
        "string" => "a text",
        "null" => kind,
        _ => $"a {kind}",
    };
}
