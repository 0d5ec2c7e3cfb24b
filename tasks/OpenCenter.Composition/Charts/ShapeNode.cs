using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenCenter.Composition.Charts;

/// <summary>A shape while it is made.</summary>
internal sealed class ShapeNode
{
    /// <summary>What the chart's defaults have here; nothing refuses another kind.</summary>
    public string Type { get; set; } = ChartShape.Any;

    /// <summary>All that Helm accepts; null where it takes anything.</summary>
    public SchemaValues? Accepted { get; set; }

    /// <summary>Null for what is no map.</summary>
    public SortedDictionary<string, ShapeNode>? Keys { get; set; }

    /// <summary>As in the file: <c>open</c>, <c>forbidden</c>, or empty.</summary>
    public string OtherKeys { get; set; } = "";

    /// <summary>What the values of other keys are, made anew for each.</summary>
    public Func<ShapeNode>? Others { get; set; }

    /// <summary>The same for other keys that look so.</summary>
    public List<(Regex Key, Func<ShapeNode> Shape)> Patterns { get; } = [];

    private bool MayBeMap => Accepted?.Has(ChartShape.MapKind) ?? true;

    public static ShapeNode Map() => new() { Keys = new(StringComparer.Ordinal) };

    /// <summary>Adds what another source says of the same place: a value is right where both say so.</summary>
    public ShapeNode Merge(ShapeNode other)
    {
        Accepted = Accepted is null ? other.Accepted : Accepted.Narrow(other.Accepted);
        Type = Type == ChartShape.Any ? other.Type : Type;
        Patterns.AddRange(other.Patterns);
        if (!MayBeMap)
        {
            Keys = null;
            return this;
        }

        foreach (var (key, node) in other.Keys ?? [])
        {
            if (Find(key) is { } known)
            {
                (Keys ??= new(StringComparer.Ordinal))[key] = known.Merge(node);
            }
        }

        Keys ??= other.Keys is null ? null : new(StringComparer.Ordinal);
        OtherKeys = OtherKeys.Length > 0 ? OtherKeys : other.OtherKeys;
        Others ??= other.Others;
        return this;
    }

    /// <summary>What holds for a value that may be as this says, or as another does.</summary>
    public ShapeNode Or(ShapeNode other)
    {
        var either = new ShapeNode { Accepted = Accepted is null || other.Accepted is null ? null : Accepted.Or(other.Accepted) };
        var maps = new[] { this, other }.Where(node => node.MayBeMap).ToArray();
        if (maps.Length == 0 || maps.Any(map => map.Keys is null))
        {
            return either;
        }

        if (maps.Length == 1)
        {
            (either.Keys, either.OtherKeys, either.Others) = (maps[0].Keys, maps[0].OtherKeys, maps[0].Others);
            either.Patterns.AddRange(maps[0].Patterns);
            return either;
        }

        either.Keys = new(StringComparer.Ordinal);
        foreach (var key in Keys!.Keys.Union(other.Keys!.Keys))
        {
            either.Keys[key] = (Find(key), other.Find(key)) switch
            {
                ({ } left, { } right) => left.Or(right),
                var (left, right) => left ?? right!,
            };
        }

        either.OtherKeys = OtherKeys == other.OtherKeys ? OtherKeys : ChartShape.Open;
        return either;
    }

    public void Write(Utf8JsonWriter json)
    {
        var others = Others?.Invoke() is { IsKnown: true } known ? known : null;
        var isOpen = others is null && OtherKeys == ChartShape.Open;
        if (Keys is not { } keys || (keys.Count == 0 && isOpen))
        {
            WriteLeaf(json);
            return;
        }

        json.WriteStartObject();
        if (others is not null)
        {
            json.WritePropertyName(ChartShape.OthersKey);
            others.Write(json);
        }
        else if (OtherKeys.Length > 0)
        {
            json.WriteString(ChartShape.OthersKey, OtherKeys);
        }

        if (Accepted is not null)
        {
            json.WritePropertyName(ChartShape.AcceptedKey);
            Accepted.Write(json);
        }

        foreach (var (key, node) in keys)
        {
            if (!ChartShape.IsReserved(key))
            {
                json.WritePropertyName(key);
                node.Write(json);
            }
        }

        json.WriteEndObject();
    }

    private bool IsKnown => Keys is not null || Accepted is not null || Type != ChartShape.Any;

    private void WriteLeaf(Utf8JsonWriter json)
    {
        if (Accepted is null)
        {
            json.WriteStringValue(Keys is null ? Type : ChartShape.Any);
        }
        else
        {
            Accepted.Write(json);
        }
    }

    // Null: no such key may be there.
    private ShapeNode? Find(string key)
    {
        if (Keys?.GetValueOrDefault(key) is { } known)
        {
            return known;
        }

        var (said, shape) = (false, new ShapeNode());
        foreach (var (pattern, make) in Patterns)
        {
            if (pattern.IsMatch(key))
            {
                (said, shape) = (true, shape.Merge(make()));
            }
        }

        return said ? shape : OtherKeys == ChartShape.Forbidden ? null : Others?.Invoke() ?? shape;
    }
}
