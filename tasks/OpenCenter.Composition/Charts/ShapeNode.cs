using System.Text.Json;

namespace OpenCenter.Composition.Charts;

/// <summary>A shape while it is made.</summary>
internal sealed class ShapeNode
{
    /// <summary>Of what is no map.</summary>
    public string Type { get; set; } = ChartShape.Any;

    /// <summary>Null for what is no map.</summary>
    public SortedDictionary<string, ShapeNode>? Keys { get; set; }

    /// <summary>As in the file: <c>open</c>, <c>forbidden</c>, or empty.</summary>
    public string OtherKeys { get; set; } = "";

    public static ShapeNode Map() => new() { Keys = new(StringComparer.Ordinal) };

    /// <summary>Adds what another source knows of the same place.</summary>
    public ShapeNode Merge(ShapeNode other)
    {
        if (Keys is null || other.Keys is null)
        {
            return Keys is null && (other.Keys is not null || Type == ChartShape.Any) ? other : this;
        }

        foreach (var (key, node) in other.Keys)
        {
            Keys[key] = Keys.TryGetValue(key, out var known) ? known.Merge(node) : node;
        }

        OtherKeys = OtherKeys.Length > 0 ? OtherKeys : other.OtherKeys;
        return this;
    }

    public void Write(Utf8JsonWriter json)
    {
        if (Keys is not { } keys)
        {
            json.WriteStringValue(Type);
            return;
        }

        json.WriteStartObject();
        if (OtherKeys.Length > 0)
        {
            json.WriteString(ChartShape.Others, OtherKeys);
        }

        foreach (var (key, node) in keys.Where(key => key.Key != ChartShape.Others))
        {
            json.WritePropertyName(key);
            node.Write(json);
        }

        json.WriteEndObject();
    }
}
