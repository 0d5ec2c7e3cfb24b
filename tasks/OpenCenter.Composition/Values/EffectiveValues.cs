using System.Collections.Immutable;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>The values of one release.</summary>
internal sealed record EffectiveValues
{
    /// <summary>All tiers merged. Empty: the chart's defaults are meant.</summary>
    public required YamlMap Merged { get; init; }

    /// <summary>Every file that was merged, lowest first.</summary>
    public required ImmutableArray<ValuesLayer> Layers { get; init; }

    /// <summary>In Layered mode: what each tier that sets something sets, lowest first.</summary>
    public required ImmutableArray<ValuesLayer> Tiers { get; init; }

    /// <summary>The encrypted tier, passed through as it is.</summary>
    public ResolvedFile? Encrypted { get; init; }

    /// <summary>Where the encrypted tier sets a key, or null.</summary>
    public YamlNode? HiddenAt(KeyPath key) => Encrypted?.Documents is [YamlMap map] ? map.At(key) : null;
}
