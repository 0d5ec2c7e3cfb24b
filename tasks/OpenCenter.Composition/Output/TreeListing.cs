using System.Collections.Immutable;
using System.IO.Enumeration;

namespace OpenCenter.Composition.Output;

/// <summary>What is on disk below the tree, but for what is in bootstrap's folder and the journal.</summary>
/// <param name="Files">Every file, by path in ordinal order.</param>
/// <param name="Links">Every link, to a file or a folder: never followed, and never ours.</param>
/// <param name="Folders">Every folder.</param>
internal sealed record TreeListing(ImmutableSortedDictionary<string, TreeListing.Entry> Files, ImmutableSortedSet<string> Links, ImmutableSortedSet<string> Folders)
{
    // The folders of this many are listed before another core has begun.
    private const int FewFolders = 8;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public static TreeListing Read(string root)
    {
        var entries = Directory.Exists(root) ? List(root, "") : [];
        return new TreeListing(
            Of(EntryKind.File).ToImmutableSortedDictionary(entry => entry.Path, entry => entry, StringComparer.Ordinal),
            Of(EntryKind.Link).Select(entry => entry.Path).ToImmutableSortedSet(StringComparer.Ordinal),
            Of(EntryKind.Folder).Select(entry => entry.Path).ToImmutableSortedSet(StringComparer.Ordinal));

        IEnumerable<Entry> Of(EntryKind kind) => entries.Where(entry => entry.Kind == kind);
    }

    private static List<Entry> List(string directory, string prefix)
    {
        var entries = new List<Entry>();
        foreach (var entry in new FileSystemEnumerable<Entry>(directory, (ref FileSystemEntry entry) => ToEntry(ref entry, prefix), Everything))
        {
            if (entry.Path is not (TreeJournal.Folder or TreeJournal.LockFile))
            {
                entries.Add(entry);
            }
        }

        var folders = entries.FindAll(entry => entry.Kind == EntryKind.Folder && entry.Path != TreePath.Bootstrap);
        foreach (var below in folders.Count <= FewFolders ? folders.Select(Below) : InParallel.Select(folders, Below))
        {
            entries.AddRange(below);
        }

        return entries;

        List<Entry> Below(Entry folder) => List(Path.Combine(directory, folder.Path[prefix.Length..]), folder.Path + "/");
    }

    // Not every reparse point is a link: files that a cloud drive holds are reparse points too.
    private static Entry ToEntry(ref FileSystemEntry entry, string prefix) => new(
        string.Concat(prefix, entry.FileName),
        (entry.Attributes & FileAttributes.ReparsePoint) != 0 && entry.ToFileSystemInfo().LinkTarget is not null ? EntryKind.Link
        : entry.IsDirectory ? EntryKind.Folder
        : EntryKind.File,
        entry.Length);

    internal enum EntryKind
    {
        File,
        Link,
        Folder,
    }

    /// <param name="Path">Relative to the tree, with <c>/</c>.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Length">A file's, in bytes.</param>
    internal sealed record Entry(string Path, EntryKind Kind, long Length);
}
