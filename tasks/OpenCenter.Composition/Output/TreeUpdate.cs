using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Inputs;

namespace OpenCenter.Composition.Output;

/// <summary>One run of the output: finish what a killed build began, compare, and, where it may, write.</summary>
internal sealed class TreeUpdate(
    ClusterProject project, ClusterSettings settings, BuiltTree built, DiagnosticBag diagnostics, Action<string>? step)
{
    private readonly string _root = project.FluxTreePath;
    private readonly string _projectName = Path.GetFileName(project.ProjectFile);
    private readonly TreeJournal _journal = new(project.FluxTreePath, step);
    private readonly ImmutableSortedDictionary<string, TreeFile> _target =
        TreeTarget.Of(built.Tree, Path.GetFileName(project.ProjectFile), project.SdkVersion);

    public ImmutableArray<FileChange> Run()
    {
        if (Link() is { } link)
        {
            diagnostics.Add(OutputDiagnostics.InTheWay(link));
            return [];
        }

        if (_journal.Exists)
        {
            if (settings.TreeMode != FluxTreeMode.Check)
            {
                return RunLocked();
            }

            diagnostics.Add(OutputDiagnostics.Unfinished(_root));
            return [];
        }

        // Most builds change nothing: those take no lock, and leave nothing behind. A killed one leaves its lock, which goes
        // with the next.
        var found = new DiagnosticBag();
        ImmutableArray<TreeChange>? changes = null;
        try
        {
            changes = Compare(found);
        }
        catch (IOException) when (settings.TreeMode != FluxTreeMode.Check && TreeLock.CanBe(_root))
        {
            // Another build took a file away while it was read.
            return RunLocked();
        }

        var isDone = changes is null ? !TreeLock.CanBe(_root) : changes.Value.IsEmpty && !TreeLock.IsLeft(_root);
        if (isDone || settings.TreeMode == FluxTreeMode.Check)
        {
            diagnostics.AddRange(found);
            return changes is { } unchanged ? Report(unchanged) : [];
        }

        // What was found does not count: another build may have been half done.
        return RunLocked();
    }

    // Whoever can make a link in a pull request must not choose where a build writes.
    private string? Link()
    {
        var lockFile = TreePath.On(_root, TreeJournal.LockFile);
        return new DirectoryInfo(_root).LinkTarget is not null ? _root
            : new RealFolders(_root).LinkAbove(TreeJournal.Folder + "/") ?? (new FileInfo(lockFile).LinkTarget is not null ? lockFile : null);
    }

    private ImmutableArray<FileChange> RunLocked()
    {
        step?.Invoke("lock");
        using var held = TreeLock.Take(_root);
        if (held is null)
        {
            diagnostics.Add(OutputDiagnostics.Busy(_root));
            return [];
        }

        if (_journal.Exists && !_journal.Recover(diagnostics))
        {
            return [];
        }

        // Compared again: another build may have written in between, and the recovery has.
        if (Compare(diagnostics) is not { } changes || (!changes.IsEmpty && !_journal.Apply(changes, diagnostics)))
        {
            return [];
        }

        return Report(changes);
    }

    /// <summary>Null where the new tree may not be written; that is reported.</summary>
    private ImmutableArray<TreeChange>? Compare(DiagnosticBag found)
    {
        var disk = TreeOnDisk.Read(_root);
        var places = new ProjectPlaces(project.ProjectFile);
        if (settings.TreeMode != FluxTreeMode.Overwrite)
        {
            foreach (var problem in disk.Problems)
            {
                found.Add(problem);
            }
        }

        if (disk.Records.FirstOrDefault(record => record.IsCluster)?.Project is { } owner && owner != _projectName)
        {
            found.Add(OutputDiagnostics.OtherProject(places.OfProperty("FluxTreePath"), owner));
        }

        // Without its records, or with another project's, everything would seem to be lost or edited.
        if (found.HasErrors)
        {
            return null;
        }

        RemovalCheck.Run(disk, built.Tree, settings.Removals, places, found);
        var changes = TreeChanges.Plan(disk, _target, settings.TreeMode, found);
        ImmutableFieldCheck.Run(disk, changes, built.Objects, found);
        return found.HasErrors ? null : changes;
    }

    private ImmutableArray<FileChange> Report(ImmutableArray<TreeChange> changes)
    {
        var kinds = changes.ToDictionary(change => change.Path, change => change.Kind, StringComparer.Ordinal);
        var removed = changes.Where(change => change.Kind == FileChangeKind.Removed).Select(change => change.Path);
        return
        [
            .. _target.Keys.Concat(removed)
                .Order(StringComparer.Ordinal)
                .Select(path => new FileChange(path, kinds.GetValueOrDefault(path, FileChangeKind.Unchanged))),
        ];
    }
}
