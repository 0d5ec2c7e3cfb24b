using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>What a cluster gives a service, as the ClusterVariable <c>service.name</c>.</summary>
internal sealed record SettingSpec(YamlScalar Name, SettingType Type, string Description, string Example, YamlScalar? Default);
