using System.Collections.Immutable;

namespace OpenCenter.Composition;

/// <summary>A deployed service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PackageId">The package that it came in.</param>
/// <param name="Version">That package's version.</param>
/// <param name="Components">Its components' names in the tree, in order.</param>
/// <param name="Order">Its place in the order of deployment, from 1.</param>
public sealed record ResolvedService(string Name, string PackageId, string Version, ImmutableArray<string> Components, int Order);
