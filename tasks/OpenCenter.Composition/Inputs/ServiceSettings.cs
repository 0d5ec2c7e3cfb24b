using System.Collections.Immutable;
using OpenCenter.Composition.Inputs.Descriptors;

namespace OpenCenter.Composition.Inputs;

/// <summary>A ClusterService item, checked. What is not set is null.</summary>
internal sealed record ServiceSettings
{
    public static readonly ServiceSettings None = new();

    public ProjectItem? Item { get; init; }
    public string? Interval { get; init; }
    public string? Timeout { get; init; }
    public bool Suspend { get; init; }
    public ImmutableArray<string> DependsOn { get; init; } = [];
    public Profile? Profile { get; init; }
    public PodSecurity? PodSecurity { get; init; }
    public bool ProvidedExternally { get; init; }
}
