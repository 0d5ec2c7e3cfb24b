using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>A service, or a capability, that must be deployed or exist already, and is waited for.</summary>
internal sealed record Requirement(bool IsCapability, YamlScalar Name)
{
    public override string ToString() => $"{(IsCapability ? "capability" : "service")} '{Name.Value}'";
}
