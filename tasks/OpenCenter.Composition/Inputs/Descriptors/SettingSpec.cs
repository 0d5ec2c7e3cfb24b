using System.Collections.Immutable;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>
/// What a cluster gives a service, as the ClusterVariable <c>service.name</c>. Without values to choose from, any of the type is
/// right; without a profile, each asks for it.
/// </summary>
internal sealed record SettingSpec(
    YamlScalar Name, SettingType Type, string Description, string Example, YamlScalar? Default, ImmutableArray<string> OneOf, Profile? Profile);
