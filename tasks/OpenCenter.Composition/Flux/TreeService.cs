using System.Collections.Immutable;

namespace OpenCenter.Composition.Flux;

/// <summary>What the tree's record remembers of a deployed service besides its files.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="PackageId">The NuGet package that it came in.</param>
/// <param name="Version">That package's version.</param>
/// <param name="Objects">Flux objects whose disappearance deletes things in the cluster, sorted:
/// <c>Kustomization/flux-system/loki</c>, <c>HelmRelease/observability/loki</c>.</param>
public sealed record TreeService(string Name, string PackageId, string Version, ImmutableArray<string> Objects);
