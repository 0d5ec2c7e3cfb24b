using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;

namespace OpenCenter.Composition.Output;

/// <summary>Compares the tree on disk with the new one. Writes nothing.</summary>
internal sealed class TreeChanges(TreeOnDisk disk, FluxTreeMode mode, DiagnosticBag diagnostics)
{
    private const int MostErrors = 20;

    private readonly ILookup<string, string> _owned = disk.Records
        .SelectMany(record => record.Files)
        .ToLookup(file => file.Key, file => file.Value, StringComparer.Ordinal);

    private int _differences;

    /// <summary>The files that the build makes, with the records.</summary>
    public static ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> Target(FluxTree tree, string project, string sdkVersion)
    {
        var target = ImmutableSortedDictionary.CreateBuilder<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in tree.Files)
        {
            target.Add(file.Path, file.Content);
            hashes.Add(file.Path, TreeOnDisk.Hash(file.Content.Span));
        }

        Add(new TreeRecord(TreeRecord.Cluster, sdkVersion, project, tree.ClusterObjects, FilesOf(file => file.Owners.IsEmpty)));
        foreach (var service in tree.Services)
        {
            Add(new TreeRecord(service.Name, $"{service.PackageId}/{service.Version}", null, service.Objects, FilesOf(file => file.Owners.Contains(service.Name))));
        }

        return target.ToImmutable();

        void Add(TreeRecord record) => target.Add(record.Path, RecordFile.Write(record));

        ImmutableSortedDictionary<string, string> FilesOf(Func<TreeFile, bool> isIn) =>
            tree.Files.Where(isIn).ToImmutableSortedDictionary(file => file.Path, file => hashes[file.Path], StringComparer.Ordinal);
    }

    /// <summary>What has to change, in ordinal order of path; nothing where that would lose somebody's work (then reported).</summary>
    public ImmutableArray<TreeChange> Plan(ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> target)
    {
        var changes = ImmutableArray.CreateBuilder<TreeChange>();
        CheckNames(target);
        foreach (var (path, content) in target)
        {
            if (!disk.Files.Contains(path))
            {
                CheckDirectories(path);
                changes.Add(new TreeChange(path, FileChangeKind.Added, content));
                Differs(path, "is missing");
                continue;
            }

            // A link is never ours, and never followed.
            var isLink = File.ResolveLinkTarget(TreePath.On(disk.Root, path), false) is not null;
            if (!isLink && disk.Bytes(path) is var bytes && bytes.AsSpan().SequenceEqual(content.Span))
            {
                continue;
            }

            if (isLink || !IsOurs(path))
            {
                diagnostics.Add(OutputDiagnostics.InTheWay(TreePath.On(disk.Root, path)));
            }
            else if (mode != FluxTreeMode.Overwrite && IsEdited(path))
            {
                diagnostics.Add(OutputDiagnostics.Edited(TreePath.On(disk.Root, path)));
            }
            else
            {
                Differs(path, "differs");
            }

            changes.Add(new TreeChange(path, FileChangeKind.Changed, content));
        }

        foreach (var path in disk.Files.Where(path => !target.ContainsKey(path)))
        {
            if (!IsOurs(path))
            {
                diagnostics.Add(OutputDiagnostics.Foreign(TreePath.On(disk.Root, path)));
                continue;
            }

            if (mode != FluxTreeMode.Overwrite && IsEdited(path))
            {
                diagnostics.Add(OutputDiagnostics.Edited(TreePath.On(disk.Root, path)));
            }
            else
            {
                Differs(path, "is not part of it any more");
            }

            changes.Add(new TreeChange(path, FileChangeKind.Removed, default));
        }

        if (mode == FluxTreeMode.Check && _differences > MostErrors)
        {
            diagnostics.Add(OutputDiagnostics.MoreDifferences(disk.Root, _differences - MostErrors));
        }

        return changes.DrainToImmutable();
    }

    /// <summary>Ours is what a record lists, and the records.</summary>
    private bool IsOurs(string path) => _owned.Contains(path) || TreeOnDisk.IsRecord(path);

    // A record that can't be read has been reported; one that can is what its files are held against.
    private bool IsEdited(string path) =>
        !TreeOnDisk.IsRecord(path) && !_owned[path].Contains(TreeOnDisk.Hash(disk.Bytes(path)), StringComparer.Ordinal);

    private void Differs(string path, string how)
    {
        if (mode == FluxTreeMode.Check && ++_differences <= MostErrors)
        {
            diagnostics.Add(OutputDiagnostics.Differs(TreePath.On(disk.Root, path), path, how));
        }
    }

    // A folder where a file belongs, and a file where a folder belongs.
    private void CheckDirectories(string path)
    {
        var full = TreePath.On(disk.Root, path);
        if (Directory.Exists(full))
        {
            diagnostics.Add(OutputDiagnostics.InTheWay(full));
        }

        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            var above = path[..slash];
            if (disk.Files.Contains(above))
            {
                diagnostics.Add(OutputDiagnostics.InTheWay(TreePath.On(disk.Root, above)));
            }
        }
    }

    private void CheckNames(ImmutableSortedDictionary<string, ReadOnlyMemory<byte>> target)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in target.Keys)
        {
            if (!seen.TryAdd(path, path))
            {
                diagnostics.Add(OutputDiagnostics.SameButForCase(disk.Root, seen[path], path));
            }
        }
    }
}
