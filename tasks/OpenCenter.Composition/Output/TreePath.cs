namespace OpenCenter.Composition.Output;

/// <summary>Paths below the tree: relative, with <c>/</c>.</summary>
internal static class TreePath
{
    /// <summary>What <c>flux bootstrap</c> owns: never listed, written or removed by us.</summary>
    public const string Bootstrap = "services/flux-system";

    private const string Unportable = "\\:*?\"<>|";

    /// <summary>
    /// Whether a path, of a record that anybody may have edited or of the new tree, is a file below the tree on every system,
    /// and none of bootstrap's, of Git's or of the journal's.
    /// </summary>
    public static bool IsSafe(string path)
    {
        if (IsIn(path, Bootstrap) || IsIn(path, TreeJournal.Folder) || IsIn(path, TreeJournal.LockFile))
        {
            return false;
        }

        foreach (var segment in path.AsSpan().Split('/'))
        {
            if (!IsPortable(path.AsSpan(segment)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether <paramref name="path"/> is below <paramref name="folder"/>.</summary>
    public static bool IsBelow(string path, string folder) =>
        path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal);

    public static string On(string tree, string path) => Path.Combine(tree, path.Replace('/', Path.DirectorySeparatorChar));

    // Some file systems take other cases for the same folder.
    private static bool IsIn(string path, string folder) =>
        path.StartsWith(folder, StringComparison.OrdinalIgnoreCase) && (path.Length == folder.Length || path[folder.Length] == '/');

    // ASCII: beyond it, systems store one name as different bytes, and two as the same. Windows drops dots and spaces at the end of a name, so that '..' has more spellings than one.
    private static bool IsPortable(ReadOnlySpan<char> segment) =>
        segment is not ([] or [.., '.'] or [.., ' '])
        && segment.IndexOfAny(Unportable) < 0
        && segment.IndexOfAnyExceptInRange(' ', '~') < 0
        && !segment.Equals(".git", StringComparison.OrdinalIgnoreCase)
        && !IsDevice(segment);

    // Windows: 'con', and 'con.yaml' too.
    private static bool IsDevice(ReadOnlySpan<char> segment)
    {
        var dot = segment.IndexOf('.');
        var stem = dot < 0 ? segment : segment[..dot];
        return stem.Length switch
        {
            3 => Is(stem, "con") || Is(stem, "prn") || Is(stem, "aux") || Is(stem, "nul"),
            4 => (Is(stem[..3], "com") || Is(stem[..3], "lpt")) && char.IsAsciiDigit(stem[3]),
            _ => false,
        };

        static bool Is(ReadOnlySpan<char> stem, string name) => stem.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
