using OpenCenter.Composition.Values;

namespace OpenCenter.Composition.Flux;

/// <summary>A file, of the project or of a package, that went into the tree.</summary>
/// <param name="Owner">The Flux Kustomization that it belongs to.</param>
/// <param name="File">The file; one that is not YAML has no documents, unless SOPS encrypted it.</param>
/// <param name="IsInline">Whether it stands in a kustomization, as a patch, where Flux decrypts nothing.</param>
internal sealed record TreeSource(string Owner, ResolvedFile File, bool IsInline = false);
