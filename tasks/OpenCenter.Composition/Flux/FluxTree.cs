using System.Collections.Immutable;

namespace OpenCenter.Composition.Flux;

/// <summary>The whole tree of a cluster, in memory, without its records (<c>.opencenter/</c>, which Output adds).</summary>
/// <param name="Files">Every file, in ordinal order of its path.</param>
/// <param name="Services">Every deployed service, in ordinal order of its name.</param>
/// <param name="ClusterObjects">Flux objects that belong to no service, sorted (as <see cref="TreeService.Objects"/>).</param>
public sealed record FluxTree(
    ImmutableArray<TreeFile> Files,
    ImmutableArray<TreeService> Services,
    ImmutableArray<string> ClusterObjects);
