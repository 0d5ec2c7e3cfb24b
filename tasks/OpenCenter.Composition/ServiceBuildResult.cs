using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Packaging;

namespace OpenCenter.Composition;

/// <summary>What the check of a service project found.</summary>
/// <param name="Diagnostics">Everything that was found, sorted by place.</param>
/// <param name="Files">What belongs to the package, relative to the project with <c>/</c>.</param>
/// <param name="Parts">What the package brings into a cluster with it.</param>
public sealed record ServiceBuildResult(ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<string> Files, ImmutableArray<BomComponent> Parts);
