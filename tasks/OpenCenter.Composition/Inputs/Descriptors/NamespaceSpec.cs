namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>A namespace that a service lives in.</summary>
/// <param name="Name">DNS-1123 label.</param>
/// <param name="PodSecurity">The Pod Security level that its pods really need.</param>
/// <param name="Create">Whether the cluster creates it, or it exists already.</param>
internal sealed record NamespaceSpec(string Name, PodSecurity PodSecurity, bool Create);
