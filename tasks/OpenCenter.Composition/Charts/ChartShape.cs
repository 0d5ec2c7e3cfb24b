using System.Text.Json;

namespace OpenCenter.Composition.Charts;

/// <summary>
/// What a chart knows of one place in its values. In a shape file a map is an object of its keys, a list all that the chart's
/// schema accepts (see <see cref="AcceptedValues"/>), a text what the chart's defaults have there: <c>string</c>,
/// <c>boolean</c>, <c>integer</c>, <c>number</c>, <c>list</c>, or <c>any</c>, below which nothing is known. In a map <c>*</c> says
/// what other keys it may have: <c>open</c> (any), <c>forbidden</c> (Helm would refuse them), or the shape of each; and
/// <c>=</c> what the schema accepts in its place.
/// </summary>
internal readonly record struct ChartShape(JsonElement Element)
{
    public const string Any = "any";
    public const string Open = "open";
    public const string Forbidden = "forbidden";
    public const string OthersKey = "*";
    public const string AcceptedKey = "=";
    public const string MapKind = "map";

    /// <summary>Istio's charts keep their defaults below it and read them at the top, where they are set.</summary>
    public const string OwnDefaults = "_internal_defaults_do_not_set";

    public bool IsMap => Element.ValueKind == JsonValueKind.Object;

    /// <summary>The type of what is no map, in the chart's defaults.</summary>
    public string Type => Element.ValueKind == JsonValueKind.String ? Element.GetString()! : Any;

    /// <summary>What the schema accepts; null where it takes anything.</summary>
    public AcceptedValues? Accepted =>
        Element.ValueKind == JsonValueKind.Array ? new AcceptedValues(Element)
        : IsMap && Element.TryGetProperty(AcceptedKey, out var accepted) && accepted.ValueKind == JsonValueKind.Array ? new AcceptedValues(accepted)
        : null;

    /// <summary>What the map says of keys that it doesn't list; empty: they have no effect.</summary>
    public string OtherKeys =>
        !IsMap || !Element.TryGetProperty(OthersKey, out var others) ? ""
        : others.ValueKind == JsonValueKind.String ? others.GetString()!
        : Open;

    public IEnumerable<string> Keys => Element.EnumerateObject().Select(property => property.Name).Where(name => !IsReserved(name));

    public static bool IsReserved(string key) => key is OthersKey or AcceptedKey;

    /// <summary>What is known of a key; null where the map does not list it.</summary>
    public ChartShape? Find(string key) => !IsReserved(key) && Element.TryGetProperty(key, out var child) ? new ChartShape(child) : null;

    /// <summary>What is known of every other key; null where that is nothing.</summary>
    public ChartShape? Others => IsMap && Element.TryGetProperty(OthersKey, out var others) && others.ValueKind != JsonValueKind.String ? new ChartShape(others) : null;
}
