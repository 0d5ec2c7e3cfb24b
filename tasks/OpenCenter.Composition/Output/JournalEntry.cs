namespace OpenCenter.Composition.Output;

/// <summary>One file that a journal brings from old to new.</summary>
/// <param name="Path">Relative to the tree, with <c>/</c>.</param>
/// <param name="Old">The SHA-256 of the file before; empty: there was none.</param>
/// <param name="New">The SHA-256 of the file after; empty: it is removed.</param>
internal sealed record JournalEntry(string Path, string Old, string New)
{
    public bool IsRemoval => New.Length == 0;
}
