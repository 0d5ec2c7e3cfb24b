using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Inputs;

namespace OpenCenter.Composition.Output;

/// <summary>Brings the tree on disk to what was built, or says why not. All or nothing.</summary>
internal static class TreeOutput
{
    /// <summary>Every file of the new tree, and what was removed; nothing where the build failed.</summary>
    public static ImmutableArray<FileChange> Apply(ClusterProject project, ClusterSettings settings, FluxTree tree, DiagnosticBag diagnostics)
    {
        try
        {
            return Apply(project, settings, tree, step: null, diagnostics);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(OutputDiagnostics.CannotWrite(project.FluxTreePath, exception.Message.TrimEnd('.')));
            return [];
        }
    }

    /// <summary><paramref name="step"/> is called before each change of the file system, for tests that stop there.</summary>
    internal static ImmutableArray<FileChange> Apply(
        ClusterProject project, ClusterSettings settings, FluxTree tree, Action<string>? step, DiagnosticBag diagnostics)
    {
        var root = project.FluxTreePath;
        var places = new ProjectPlaces(project.ProjectFile);
        if (!Recover(root, settings.TreeMode, step, diagnostics))
        {
            return [];
        }

        var disk = TreeOnDisk.Read(root);
        if (settings.TreeMode != FluxTreeMode.Overwrite)
        {
            foreach (var problem in disk.Problems)
            {
                diagnostics.Add(problem);
            }
        }

        var name = Path.GetFileName(project.ProjectFile);
        if (disk.Records.FirstOrDefault(record => record.Project is not null && record.Project != name) is { } other)
        {
            diagnostics.Add(OutputDiagnostics.OtherProject(places.OfProperty("FluxTreePath"), other.Project!));
        }

        if (!diagnostics.HasErrors)
        {
            // Half a plan has half the objects: only a build without errors can say what would disappear.
            RemovalCheck.Run(disk, tree, settings.Removals, places, diagnostics);
        }

        if (diagnostics.HasErrors)
        {
            return [];
        }

        var target = TreeChanges.Target(tree, name, project.SdkVersion);
        var changes = new TreeChanges(disk, settings.TreeMode, diagnostics).Plan(target);
        if (diagnostics.HasErrors)
        {
            return [];
        }

        if (!changes.IsEmpty && !Write(root, changes, step, diagnostics))
        {
            return [];
        }

        var kinds = changes.ToDictionary(change => change.Path, change => change.Kind, StringComparer.Ordinal);
        return
        [
            .. target.Keys.Select(path => new FileChange(path, kinds.GetValueOrDefault(path, FileChangeKind.Unchanged))),
            .. changes.Where(change => change.Kind == FileChangeKind.Removed).Select(change => new FileChange(change.Path, change.Kind)),
        ];
    }

    private static bool Recover(string root, FluxTreeMode mode, Action<string>? step, DiagnosticBag diagnostics)
    {
        var journal = new TreeJournal(root, step);
        if (!journal.Exists)
        {
            return true;
        }

        if (mode == FluxTreeMode.Check)
        {
            diagnostics.Add(OutputDiagnostics.Unfinished(root));
            return false;
        }

        using var held = TreeLock.Take(root);
        if (held is null)
        {
            diagnostics.Add(OutputDiagnostics.Busy(root));
            return false;
        }

        var found = new DiagnosticBag();
        var recovered = !journal.Exists || journal.Recover(found);
        foreach (var diagnostic in found.ToSorted())
        {
            diagnostics.Add(diagnostic);
        }

        return recovered;
    }

    private static bool Write(string root, ImmutableArray<TreeChange> changes, Action<string>? step, DiagnosticBag diagnostics)
    {
        using var held = TreeLock.Take(root);
        if (held is null)
        {
            diagnostics.Add(OutputDiagnostics.Busy(root));
            return false;
        }

        new TreeJournal(root, step).Apply(changes);
        return true;
    }
}
