namespace OpenCenter.Composition.Output;

/// <summary>What a listed path of the tree is on disk.</summary>
internal enum TreeEntry
{
    File,

    /// <summary>To a file or a folder: never followed, and never ours.</summary>
    Link,
}
