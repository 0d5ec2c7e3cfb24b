using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Inputs;

namespace OpenCenter.Composition.Output;

/// <summary>Brings the tree on disk to what was built, or says why not. All or nothing.</summary>
internal static class TreeOutput
{
    /// <summary>
    /// Every file of the new tree, and what was removed, in ordinal order of path; nothing where the build failed.
    /// <paramref name="step"/> is called before each change of the file system, for tests that stop there.
    /// </summary>
    public static ImmutableArray<FileChange> Apply(
        ClusterProject project, ClusterSettings settings, BuiltTree built, DiagnosticBag diagnostics, Action<string>? step = null)
    {
        // Half a plan makes half a tree: only a build without errors can say what would disappear.
        if (diagnostics.HasErrors)
        {
            return [];
        }

        PathCheck.Run(project.FluxTreePath, built.Tree, diagnostics);
        if (diagnostics.HasErrors)
        {
            return [];
        }

        try
        {
            return new TreeUpdate(project, settings, built, diagnostics, step).Run();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(OutputDiagnostics.Failed(project.FluxTreePath, exception.Message.TrimEnd('.')));
            return [];
        }
    }
}
