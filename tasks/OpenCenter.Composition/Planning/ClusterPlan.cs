using System.Collections.Immutable;
using OpenCenter.Composition.Inputs;

namespace OpenCenter.Composition.Planning;

/// <summary>What is deployed, and in which order.</summary>
internal sealed record ClusterPlan
{
    public required ClusterInputs Inputs { get; init; }

    /// <summary>In the order in which they start.</summary>
    public required ImmutableArray<PlannedService> Services { get; init; }

    /// <summary>In the order in which they start.</summary>
    public required ImmutableArray<PlannedKustomization> Kustomizations { get; init; }

    /// <summary>Each once.</summary>
    public required ImmutableArray<PlannedNamespace> Namespaces { get; init; }

    /// <summary>The namespace of each application, by its Flux Kustomization.</summary>
    public required ImmutableDictionary<string, string> ApplicationNamespaces { get; init; }

    public required ClusterVariables Variables { get; init; }

    /// <summary>Services and capabilities that are deployed, or that the cluster has from elsewhere.</summary>
    public required ImmutableSortedSet<string> Present { get; init; }

    public ClusterSettings Settings => Inputs.Settings;
}
