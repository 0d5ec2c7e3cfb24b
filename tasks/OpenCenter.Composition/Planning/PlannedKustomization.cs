using System.Collections.Immutable;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;

namespace OpenCenter.Composition.Planning;

/// <summary>One Flux Kustomization of the tree.</summary>
internal sealed record PlannedKustomization(string Name, KustomizationKind Kind)
{
    /// <summary>The service that it belongs to; null for what belongs to the cluster, or to an external service without a package.</summary>
    public PlannedService? Service { get; init; }

    /// <summary>The service's component; only for that kind.</summary>
    public ComponentSpec? Component { get; init; }

    /// <summary>The project's files that it applies, or, for a component, its patches.</summary>
    public ImmutableArray<ProjectFile> Files { get; init; } = [];

    /// <summary>What it waits for, in ordinal order; only what the others don't imply.</summary>
    public ImmutableArray<string> DependsOn { get; init; } = [];
}
