using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>A hardened value that a cluster may not override without a reason.</summary>
internal sealed record LockedValue(KeyPath Path, string Reason);
