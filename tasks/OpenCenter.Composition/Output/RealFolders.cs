namespace OpenCenter.Composition.Output;

/// <summary>Finds links on the way to a file of the tree: through one, a build would write outside of it.</summary>
internal sealed class RealFolders(string root)
{
    private readonly HashSet<string> _real = new(StringComparer.Ordinal);

    /// <summary>The absolute path of the first folder above <paramref name="path"/> that is a link; null where none is.</summary>
    public string? LinkAbove(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            var folder = TreePath.On(root, path[..slash]);
            if (_real.Contains(folder))
            {
                continue;
            }

            var directory = new DirectoryInfo(folder);
            if (directory.LinkTarget is not null)
            {
                return folder;
            }

            if (directory.Exists)
            {
                _real.Add(folder);
            }
        }

        return null;
    }
}
