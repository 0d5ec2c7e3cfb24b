using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs;

/// <summary>A file of one of the project's conventional folders.</summary>
/// <param name="Folder">What it belongs to: a component, service, application or, for values, the stem of its name.</param>
/// <param name="Path">Relative to that folder, with <c>/</c>.</param>
/// <param name="Source">The file.</param>
internal sealed record ProjectFile(string Folder, string Path, SourceFile Source);
