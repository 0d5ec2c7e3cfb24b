namespace OpenCenter.Composition.Planning;

/// <summary>What a Flux Kustomization of the tree applies.</summary>
internal enum KustomizationKind
{
    Namespaces,
    Prerequisites,
    Component,
    Resources,
    Application,
}
