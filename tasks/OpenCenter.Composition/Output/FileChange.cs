namespace OpenCenter.Composition.Output;

/// <summary>A file of the tree and what happened to it.</summary>
/// <param name="Path">Relative to the tree, with <c>/</c>.</param>
/// <param name="Kind">What happened.</param>
public sealed record FileChange(string Path, FileChangeKind Kind);
