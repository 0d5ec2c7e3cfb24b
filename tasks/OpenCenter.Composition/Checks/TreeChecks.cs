using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Planning;

namespace OpenCenter.Composition.Checks;

/// <summary>Checks all objects of a tree together, before anything is written.</summary>
internal static class TreeChecks
{
    public static void Run(ClusterPlan plan, BuiltTree built, DiagnosticBag diagnostics)
    {
        OwnerCheck.Run(built.Objects, diagnostics);
        ReferenceCheck.Run(plan, built.Objects, diagnostics);
        PodSecurityCheck.Run(built.Objects, diagnostics);
        FluxVersionCheck.Run(built.Objects, plan.Settings.FluxVersion, diagnostics);
        SchemaCheck.Run(plan, built.Objects, diagnostics);
    }
}
