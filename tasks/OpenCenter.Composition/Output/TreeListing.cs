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
        var found = new Builders();
        if (Directory.Exists(root))
        {
            List(root, "", found);
        }

        return new TreeListing(found.Files.ToImmutable(), found.Links.ToImmutable(), found.Folders.ToImmutable());
    }

    private static void List(string directory, string prefix, Builders found)
    {
        foreach (var (name, kind) in new FileSystemEnumerable<Entry>(directory, ToEntry, Everything))
        {
            var path = prefix + name;
            if (path is TreeJournal.Folder or TreeJournal.LockFile)
            {
                continue;
            }

            found[kind].Add(path);
            if (kind == EntryKind.Folder && path != TreePath.Bootstrap)
            {
                List(Path.Combine(directory, name), path + "/", found);
            }
        }
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

    private sealed record Entry(string Name, EntryKind Kind);

    private sealed class Builders
    {
        public ImmutableSortedSet<string>.Builder Files { get; } = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);

        public ImmutableSortedSet<string>.Builder Links { get; } = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);

        public ImmutableSortedSet<string>.Builder Folders { get; } = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);

        public ImmutableSortedSet<string>.Builder this[EntryKind kind] => kind switch
        {
            EntryKind.File => Files,
            EntryKind.Link => Links,
            _ => Folders,
        };
    }
}
