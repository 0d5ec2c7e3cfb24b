namespace OpenCenter.Composition.Inputs;

/// <summary>A ClusterCapability item, checked.</summary>
/// <param name="Item">The item.</param>
/// <param name="Service">The chosen provider, or null.</param>
/// <param name="ProvidedExternally">Whether the cluster has the capability from elsewhere.</param>
internal sealed record CapabilitySettings(ProjectItem Item, string? Service, bool ProvidedExternally);
