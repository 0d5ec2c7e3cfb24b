using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>One file of values, as a map.</summary>
internal sealed record ValuesLayer(ValuesTier Tier, YamlMap Values);
