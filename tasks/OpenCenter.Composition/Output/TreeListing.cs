using System.Collections.Immutable;
using System.IO.Enumeration;

namespace OpenCenter.Composition.Output;

/// <summary>What is on disk below the tree, but for what is in bootstrap's folder and the journal.</summary>
/// <param name="Files">Every file.</param>
/// <param name="Links">Every link, to a file or a folder: never followed, and never ours.</param>
/// <param name="Folders">Every folder.</param>
internal sealed record TreeListing(ImmutableSortedSet<string> Files, ImmutableSortedSet<string> Links, ImmutableSortedSet<string> Folders)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public static TreeListing Read(string root)
    {
        var entries = Directory.Exists(root) ? List(root, "") : [];
        return new TreeListing(Of(EntryKind.File), Of(EntryKind.Link), Of(EntryKind.Folder));

        ImmutableSortedSet<string> Of(EntryKind kind) =>
            entries.Where(entry => entry.Kind == kind).Select(entry => entry.Path).ToImmutableSortedSet(StringComparer.Ordinal);
    }

    private static List<Entry> List(string directory, string prefix)
    {
        var entries = new List<Entry>();
        foreach (var (name, kind) in new FileSystemEnumerable<Entry>(directory, ToEntry, Everything))
        {
            var path = prefix + name;
            if (path is not (TreeJournal.Folder or TreeJournal.LockFile))
            {
                entries.Add(new Entry(path, kind));
            }
        }

        var folders = entries.FindAll(entry => entry.Kind == EntryKind.Folder && entry.Path != TreePath.Bootstrap);
        foreach (var below in InParallel.Select(folders, folder => List(Path.Combine(directory, folder.Path[prefix.Length..]), folder.Path + "/")))
        {
            entries.AddRange(below);
        }

        return entries;
    }

    // Not every reparse point is a link: files that a cloud drive holds are reparse points too.
    private static Entry ToEntry(ref FileSystemEntry entry) => new(
        entry.FileName.ToString(),
        (entry.Attributes & FileAttributes.ReparsePoint) != 0 && entry.ToFileSystemInfo().LinkTarget is not null ? EntryKind.Link
        : entry.IsDirectory ? EntryKind.Folder
        : EntryKind.File);

    private enum EntryKind
    {
        File,
        Link,
        Folder,
    }

    private sealed record Entry(string Path, EntryKind Kind);
}
