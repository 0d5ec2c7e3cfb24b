using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>One file of values, as a map.</summary>
/// <param name="Tier">The tier that it belongs to.</param>
/// <param name="Values">What it sets.</param>
/// <param name="Package">The package that brings it; null for the cluster's own.</param>
internal sealed record ValuesLayer(ValuesTier Tier, YamlMap Values, ServicePackage? Package);
