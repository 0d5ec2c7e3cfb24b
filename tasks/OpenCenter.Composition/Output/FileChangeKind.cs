namespace OpenCenter.Composition.Output;

/// <summary>What a build does to a file of the tree.</summary>
public enum FileChangeKind
{
    Unchanged,
    Added,
    Changed,
    Removed,
}
