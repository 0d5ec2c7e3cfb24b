using System.Collections.Immutable;
using System.IO.Enumeration;

namespace OpenCenter.Composition.Output;

/// <summary>What is on disk below the tree, but for what is in bootstrap's folder and the journal.</summary>
/// <param name="Entries">Every file and link by its path.</param>
/// <param name="Folders">Every folder; a link to one is an entry.</param>
internal sealed record TreeListing(ImmutableSortedDictionary<string, TreeEntry> Entries, ImmutableSortedSet<string> Folders)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public static TreeListing Read(string root)
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, TreeEntry>(StringComparer.Ordinal);
        var folders = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        if (Directory.Exists(root))
        {
            List(root, "", entries, folders);
        }

        return new TreeListing(entries.ToImmutable(), folders.ToImmutable());
    }

    private static void List(
        string directory, string prefix, ImmutableSortedDictionary<string, TreeEntry>.Builder entries, ImmutableSortedSet<string>.Builder folders)
    {
        // Null: a folder to look into.
        var found = new FileSystemEnumerable<(string Name, TreeEntry? Entry)>(
            directory, (ref FileSystemEntry entry) => (entry.FileName.ToString(), ToEntry(ref entry)), Everything);
        foreach (var (name, entry) in found)
        {
            var path = prefix + name;
            if (path is TreeJournal.Folder or TreeJournal.LockFile)
            {
                continue;
            }

            if (entry is { } listed)
            {
                entries.Add(path, listed);
                continue;
            }

            folders.Add(path);
            if (path != TreePath.Bootstrap)
            {
                List(Path.Combine(directory, name), path + "/", entries, folders);
            }
        }
    }

    private static TreeEntry? ToEntry(ref FileSystemEntry entry)
    {
        // Not every reparse point is a link: files that a cloud drive holds are reparse points too.
        if ((entry.Attributes & FileAttributes.ReparsePoint) != 0 && entry.ToFileSystemInfo().LinkTarget is not null)
        {
            return TreeEntry.Link;
        }

        return entry.IsDirectory ? null : TreeEntry.File;
    }
}
