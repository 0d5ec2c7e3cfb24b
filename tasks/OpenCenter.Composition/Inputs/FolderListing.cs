using System.IO.Enumeration;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Inputs;

/// <summary>
/// The files below a folder of the project: relative, with <c>/</c>, in ordinal order. A link is an error, not a file: what it
/// leads to is in no review, and would be copied into the tree.
/// </summary>
internal static class FolderListing
{
    /// <summary>More is a mistake, such as a checkout within the folder.</summary>
    public const int MaxFiles = 10_000;

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Nothing where there is no folder. What is not wanted, file or link, does not matter.</summary>
    public static List<string> Read(string root, Func<string, bool> isWanted, DiagnosticBag diagnostics)
    {
        var files = new List<string>();
        if (!Directory.Exists(root))
        {
            return files;
        }

        try
        {
            foreach (var (name, isLink) in Entries(root))
            {
                var path = Path.GetRelativePath(root, name).Replace(Path.DirectorySeparatorChar, '/');
                if (!isWanted(path))
                {
                    continue;
                }

                if (isLink)
                {
                    diagnostics.Add(ProjectDiagnostics.Link(name));
                }
                else if (files.Count == MaxFiles)
                {
                    diagnostics.Add(ProjectDiagnostics.TooMuch(root));
                    break;
                }
                else
                {
                    files.Add(path);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(ProjectDiagnostics.Unreadable(root, exception.Message.TrimEnd('.')));
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static FileSystemEnumerable<Entry> Entries(string root) =>
        new(root, static (ref FileSystemEntry entry) => new Entry(entry.ToFullPath(), IsLink(ref entry)), Everything)
        {
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory || IsLink(ref entry),
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => !IsLink(ref entry),
        };

    // Not every reparse point is a link: files that a cloud drive holds are reparse points too.
    private static bool IsLink(ref FileSystemEntry entry) =>
        (entry.Attributes & FileAttributes.ReparsePoint) != 0 && entry.ToFileSystemInfo().LinkTarget is not null;

    private sealed record Entry(string Path, bool IsLink);
}
