using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>A file of a folder of manifests.</summary>
/// <param name="Path">Relative to that folder, with <c>/</c>.</param>
/// <param name="Source">The file.</param>
internal sealed record ManifestFile(string Path, SourceFile Source);
