using System.Collections.Immutable;
using OpenCenter.Composition.Secrets;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>One effective value and everything that set it.</summary>
/// <param name="Key">Where it is in the release's values.</param>
/// <param name="Value">A scalar, a list or an empty map.</param>
/// <param name="Setters">Lowest tier first. Several of them win only where a list is merged or appended to.</param>
internal sealed record ValueOrigin(KeyPath Key, YamlNode Value, ImmutableArray<ValueSetter> Setters)
{
    /// <summary>What a setter gives it, as it may be shown.</summary>
    public YamlNode Shown(ValueSetter setter) => Hidden.Of(Key.Keys.IsEmpty ? "" : Key.Keys[^1], setter.Node);

    /// <summary>Every leaf of a release's values, in their order.</summary>
    public static List<ValueOrigin> Of(EffectiveValues values)
    {
        var origins = new List<ValueOrigin>();
        Walk(KeyPath.Root, values.Merged, [.. values.Layers.Select(layer => new ValueSetter(layer, layer.Values, false))], origins);
        return origins;
    }

    private static void Walk(KeyPath path, YamlNode value, ImmutableArray<ValueSetter> setters, List<ValueOrigin> origins)
    {
        if (value is YamlMap { Entries.IsEmpty: false } map)
        {
            foreach (var entry in map.Entries)
            {
                Walk(path.Add(entry.Name), entry.Value, Below(setters, entry.Name), origins);
            }

            return;
        }

        // What nobody set as it is now was merged from all of them.
        var isMerged = setters.All(setter => !ReferenceEquals(setter.Node, value));
        origins.Add(new ValueOrigin(path, value, [.. setters.Select(setter => setter with { Wins = isMerged || ReferenceEquals(setter.Node, value) })]));
    }

    private static ImmutableArray<ValueSetter> Below(ImmutableArray<ValueSetter> setters, string key)
    {
        var below = ImmutableArray.CreateBuilder<ValueSetter>(setters.Length);
        foreach (var setter in setters)
        {
            if ((setter.Node as YamlMap)?[key] is { } node)
            {
                below.Add(setter with { Node = node });
            }
        }

        return below.DrainToImmutable();
    }
}
