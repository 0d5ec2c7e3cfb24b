namespace OpenCenter.Composition.Output;

/// <summary>Paths below the tree.</summary>
internal static class TreePath
{
    /// <summary>What <c>flux bootstrap</c> owns: never listed, written or removed by us.</summary>
    public const string Bootstrap = "services/flux-system";

    /// <summary>Whether a path of a record, which anybody may have edited, stays below the tree on every system.</summary>
    public static bool IsSafe(string path)
    {
        if (path.Length == 0 || path.AsSpan().ContainsAny("\\:*?\"<>|\0") || path.StartsWith(Bootstrap + "/", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var segment in path.Split('/'))
        {
            if (segment is "" or "." or "..")
            {
                return false;
            }
        }

        return true;
    }

    public static string On(string tree, string path) => Path.Combine(tree, path.Replace('/', Path.DirectorySeparatorChar));
}
