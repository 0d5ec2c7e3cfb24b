using System.Collections.Immutable;
using OpenCenter.Composition.Checks;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Output;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Values;

namespace OpenCenter.Composition;

/// <summary>
/// Builds a cluster project's Flux tree: inputs, plan, values, tree, checks, output. Data flows down and never back; only
/// the first stage reads the sources and only the last one touches the tree.
/// </summary>
public static class ClusterBuild
{
    public static ClusterBuildResult Run(ClusterProject project) => Run(project, step: null);

    /// <param name="project">The project.</param>
    /// <param name="step">Called before each change of the file system, for tests that stop there.</param>
    internal static ClusterBuildResult Run(ClusterProject project, Action<string>? step)
    {
        var diagnostics = new DiagnosticBag();
        if (ClusterInputs.Read(project, diagnostics) is not { } inputs)
        {
            return ClusterBuildResult.Failed(diagnostics);
        }

        var plan = ClusterPlanner.Plan(inputs, diagnostics);
        var exceptions = new ClusterExceptions(inputs, diagnostics);
        var values = ValuesComposer.Compose(plan, exceptions, diagnostics);
        var built = TreeBuilder.Build(plan, values, diagnostics);
        InParallel.Run(
            () => TreeChecks.Run(plan, values, built, exceptions, diagnostics),
            () => EditorSchemas.Write(plan, diagnostics),
            () => ValueOriginsFile.Write(plan, values, diagnostics));
        var output = TreeOutput.Apply(project, inputs.Settings, built, diagnostics, step);
        return new ClusterBuildResult(diagnostics.ToSorted(), Services(plan), output);
    }

    private static ImmutableArray<ResolvedService> Services(ClusterPlan plan) =>
    [
        .. plan.Services.Select((service, order) => new ResolvedService(
            service.Name,
            service.Package.Id,
            service.Package.Version.ToNormalizedString(),
            [.. plan.Kustomizations.Where(planned => planned.Service == service && planned.Component is not null).Select(planned => planned.Name)],
            order + 1)),
    ];
}
