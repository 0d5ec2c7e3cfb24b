using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;

namespace OpenCenter.Composition.Output;

/// <summary>Compares the tree on disk with the new one. Writes nothing.</summary>
internal sealed class TreeChanges
{
    private const int MostErrors = 20;

    private readonly TreeOnDisk _disk;
    private readonly ImmutableSortedDictionary<string, TreeFile> _target;
    private readonly FluxTreeMode _mode;
    private readonly DiagnosticBag _diagnostics;
    private readonly ILookup<string, string> _recorded;
    private readonly HashSet<string> _salvaged;
    private readonly ImmutableArray<TreeChange>.Builder _changes = ImmutableArray.CreateBuilder<TreeChange>();

    private int _differences;
    private int _foreign;

    private TreeChanges(TreeOnDisk disk, ImmutableSortedDictionary<string, TreeFile> target, FluxTreeMode mode, DiagnosticBag diagnostics)
    {
        (_disk, _target, _mode, _diagnostics) = (disk, target, mode, diagnostics);
        _recorded = disk.Records.SelectMany(record => record.Files).ToLookup(file => file.Key, file => file.Value, StringComparer.Ordinal);
        _salvaged = [.. disk.Salvaged.SelectMany(record => record.Files.Keys)];
    }

    /// <summary>
    /// What has to change: first what goes, then what comes, so that a file can become a folder. What would lose somebody's
    /// work is an error, and in Check mode so is every change.
    /// </summary>
    public static ImmutableArray<TreeChange> Plan(
        TreeOnDisk disk, ImmutableSortedDictionary<string, TreeFile> target, FluxTreeMode mode, DiagnosticBag diagnostics)
    {
        var plan = new TreeChanges(disk, target, mode, diagnostics);
        plan.PlanRemovals();
        plan.PlanFiles();
        if (plan._differences > MostErrors)
        {
            diagnostics.Add(OutputDiagnostics.MoreDifferences(disk.Root, plan._differences - MostErrors));
        }

        if (plan._foreign > MostErrors)
        {
            diagnostics.Add(OutputDiagnostics.MoreForeign(disk.Root, plan._foreign - MostErrors));
        }

        return plan._changes.DrainToImmutable();
    }

    private void PlanRemovals()
    {
        foreach (var path in _disk.Listing.Files.Union(_disk.Listing.Links))
        {
            if (_target.ContainsKey(path))
            {
                continue;
            }

            if (!Goes(path))
            {
                if (++_foreign <= MostErrors)
                {
                    _diagnostics.Add(OutputDiagnostics.Foreign(Full(path)));
                }

                continue;
            }

            var hash = TreeOnDisk.HashOf(Full(path));
            Differs(path, hash, "is not part of it any more");
            _changes.Add(new TreeChange(path, FileChangeKind.Removed, default) { OldHash = hash });
        }
    }

    private void PlanFiles()
    {
        var files = _target.Values.ToArray();
        var isOnDisk = InParallel.Select(files, file => _disk.Listing.Files.Contains(file.Path) && _disk.Has(file.Path, file.Content));
        for (var i = 0; i < files.Length; i++)
        {
            var (file, path) = (files[i], files[i].Path);
            if (_disk.Listing.Links.Contains(path))
            {
                _diagnostics.Add(OutputDiagnostics.InTheWay(Full(path)));
            }
            else if (!_disk.Listing.Files.Contains(path))
            {
                CheckWay(path);
                Differs(path, hash: null, "is missing");
                _changes.Add(new TreeChange(path, FileChangeKind.Added, file.Content) { OldHash = "" });
            }
            else if (!isOnDisk[i])
            {
                PlanChange(file, TreeOnDisk.HashOf(Full(path)));
            }
        }
    }

    private void PlanChange(TreeFile file, string hash)
    {
        // What an unreadable record names was written by a build: Overwrite may write it again, but not remove it.
        if (!IsRecorded(file.Path) && !_salvaged.Contains(file.Path))
        {
            _diagnostics.Add(OutputDiagnostics.InTheWay(Full(file.Path)));
            return;
        }

        Differs(file.Path, hash, "differs");
        _changes.Add(new TreeChange(file.Path, FileChangeKind.Changed, file.Content) { OldHash = hash });
    }

    /// <param name="path">The file.</param>
    /// <param name="hash">Of what it is; null where there is none.</param>
    /// <param name="how">As the message of Check says it.</param>
    private void Differs(string path, string? hash, string how)
    {
        var isEdited = hash is not null && !TreeRecord.IsRecord(path) && !_recorded[path].Contains(hash);
        if (_mode == FluxTreeMode.Write && isEdited)
        {
            _diagnostics.Add(OutputDiagnostics.Edited(Full(path), SourceOf(path)));
        }
        else if (_mode == FluxTreeMode.Check && ++_differences <= MostErrors)
        {
            _diagnostics.Add(OutputDiagnostics.Differs(Full(path), path, isEdited ? "was edited by hand" : how));
        }
    }

    private bool IsRecorded(string path) => _recorded.Contains(path) || TreeRecord.IsRecord(path);

    /// <summary>Whether an earlier build wrote it and this one doesn't.</summary>
    private bool Goes(string path) => _disk.Listing.Files.Contains(path) && !_target.ContainsKey(path) && IsRecorded(path);

    private void CheckWay(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            var above = path[..slash];
            if ((_disk.Listing.Files.Contains(above) || _disk.Listing.Links.Contains(above)) && !Goes(above))
            {
                _diagnostics.Add(OutputDiagnostics.InTheWay(Full(above)));
            }
        }

        if (_disk.Listing.Folders.Contains(path) && !FolderGoes(path))
        {
            _diagnostics.Add(OutputDiagnostics.InTheWay(Full(path)));
        }
    }

    // A folder goes with the last file in it; one that is empty already is somebody else's.
    private bool FolderGoes(string folder)
    {
        var below = _disk.Listing.Files.Concat(_disk.Listing.Links).Where(path => TreePath.IsBelow(path, folder)).ToArray();
        return below.All(Goes)
            && _disk.Listing.Folders.Where(path => path == folder || TreePath.IsBelow(path, folder))
                .All(path => below.Any(file => TreePath.IsBelow(file, path)));
    }

    /// <summary>Where an edit of a generated file belongs, relative to the project.</summary>
    private static string SourceOf(string path) => path.Split('/') switch
    {
        ["components", _, var name, ..] when name.StartsWith("values", StringComparison.Ordinal) => "values/",
        ["components", var folder, ..] when Stem(folder, "-resources") is { } service => $"resources/{service}/",
        ["components", var folder, ..] when Stem(folder, "-prerequisites") is { } service => $"prerequisites/{service}/",
        ["components", var folder, ..] when folder.StartsWith("application-", StringComparison.Ordinal) => $"applications/{folder["application-".Length..]}/",
        ["components", var component, ..] => $"patches/{component}/, as a patch",
        _ => "the project's settings",
    };

    private static string? Stem(string folder, string end) => folder.EndsWith(end, StringComparison.Ordinal) ? folder[..^end.Length] : null;

    private string Full(string path) => TreePath.On(_disk.Root, path);
}
