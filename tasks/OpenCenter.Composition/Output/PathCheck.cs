using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;

namespace OpenCenter.Composition.Output;

/// <summary>Whether the new tree can stand on every file system: paths that any can have, and no two that one would merge.</summary>
internal static class PathCheck
{
    public static void Run(string root, FluxTree tree, DiagnosticBag diagnostics)
    {
        var seen = new Dictionary<string, string>(tree.Files.Length, StringComparer.OrdinalIgnoreCase);
        foreach (var file in tree.Files)
        {
            if (!TreePath.IsSafe(file.Path) || TreePath.IsBelow(file.Path, TreeRecord.Folder))
            {
                diagnostics.Add(OutputDiagnostics.BadPath(root, file.Path));
            }

            if (!seen.TryAdd(file.Path, file.Path))
            {
                diagnostics.Add(OutputDiagnostics.Collision(root, seen[file.Path], file.Path));
            }
        }

        CheckFolders(root, tree, seen, diagnostics);
        foreach (var service in tree.Services)
        {
            if (service.Name == TreeRecord.Cluster)
            {
                diagnostics.Add(OutputDiagnostics.BadPath(root, TreeRecord.PathOf(service.Name)));
            }
        }
    }

    private static void CheckFolders(string root, FluxTree tree, Dictionary<string, string> files, DiagnosticBag diagnostics)
    {
        var byPart = files.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var file in tree.Files)
        {
            for (var slash = file.Path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = file.Path.IndexOf('/', slash + 1))
            {
                if (byPart.TryGetValue(file.Path.AsSpan(0, slash), out var above))
                {
                    diagnostics.Add(OutputDiagnostics.Collision(root, above, file.Path));
                }
            }
        }
    }
}
