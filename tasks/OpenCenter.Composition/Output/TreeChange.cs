namespace OpenCenter.Composition.Output;

/// <summary>One step from the old tree to the new one.</summary>
/// <param name="Path">Relative to the tree, with <c>/</c>.</param>
/// <param name="Kind">Added, changed or removed.</param>
/// <param name="Content">The new bytes; nothing for what is removed.</param>
internal sealed record TreeChange(string Path, FileChangeKind Kind, ReadOnlyMemory<byte> Content)
{
    /// <summary>SHA-256 of what was compared; empty: there was no file. Null: whatever is there when the change is made.</summary>
    public string? OldHash { get; init; }
}
