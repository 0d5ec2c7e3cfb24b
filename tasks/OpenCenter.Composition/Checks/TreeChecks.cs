using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Secrets;
using OpenCenter.Composition.Values;

namespace OpenCenter.Composition.Checks;

/// <summary>Checks all objects of a tree together, before anything is written.</summary>
internal static class TreeChecks
{
    public static void Run(ClusterPlan plan, ImmutableSortedDictionary<string, EffectiveValues> values, BuiltTree built, ClusterExceptions exceptions, DiagnosticBag diagnostics)
    {
        OwnerCheck.Run(built.Objects, diagnostics);
        var known = KnownObjects.Of(plan, built, diagnostics);
        var order = new KustomizationOrder(plan);
        InParallel.Run(
            () => ClearSecrets.Run(plan, values, built, exceptions, diagnostics),
            () => SchemaCheck.Run(plan, built, diagnostics),
            () =>
            {
                // In this order: a Secret that is reported as required is not reported again as missing.
                RequiredSecrets.Run(plan, built, known, order, diagnostics);
                ReferenceCheck.Run(built, known, order, diagnostics);
                CustomResourceCheck.Run(plan, built, known, order, diagnostics);
                UnreadCheck.Run(plan, values, built, known, diagnostics);
                PinCheck.Run(plan, built, diagnostics);
                CircleCheck.Run(built.Objects, diagnostics);
                PodSecurityCheck.Run(built.Objects, diagnostics);
                SopsCheck.Run(plan, values, built, diagnostics);
            });
        exceptions.ReportUnused();
    }
}
