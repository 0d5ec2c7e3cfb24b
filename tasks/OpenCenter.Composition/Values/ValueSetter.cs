using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>A layer that sets a value, as what, and whether that is the effective one.</summary>
internal sealed record ValueSetter(ValuesLayer Layer, YamlNode Node, bool Wins);
