using System.Text.Json;

namespace OpenCenter.Composition.Charts;

/// <summary>
/// What a chart knows of one place in its values. In a shape file a map is an object of its keys, anything else a text:
/// <c>string</c>, <c>boolean</c>, <c>integer</c>, <c>number</c>, <c>list</c>, or <c>any</c>, below which nothing is known. The
/// key <c>*</c> says what other keys a map may have: <c>open</c> (any) or <c>forbidden</c> (Helm would refuse them).
/// </summary>
internal readonly record struct ChartShape(JsonElement Element)
{
    public const string Any = "any";
    public const string Open = "open";
    public const string Forbidden = "forbidden";
    public const string Others = "*";

    public bool IsMap => Element.ValueKind == JsonValueKind.Object;

    /// <summary>The type of what is no map.</summary>
    public string Type => Element.ValueKind == JsonValueKind.String ? Element.GetString()! : Any;

    /// <summary>What the map says of keys that it doesn't list; empty: they have no effect.</summary>
    public string OtherKeys => IsMap && Element.TryGetProperty(Others, out var others) ? others.GetString() ?? "" : "";

    public IEnumerable<string> Keys => Element.EnumerateObject().Select(property => property.Name).Where(name => name != Others);

    public ChartShape? Find(string key) => key != Others && Element.TryGetProperty(key, out var child) ? new ChartShape(child) : null;
}
