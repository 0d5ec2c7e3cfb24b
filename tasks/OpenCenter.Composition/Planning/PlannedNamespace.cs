using System.Collections.Immutable;
using OpenCenter.Composition.Inputs.Descriptors;

namespace OpenCenter.Composition.Planning;

/// <summary>A namespace that the cluster creates.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PodSecurity">The most permissive level that one of its services needs.</param>
/// <param name="Services">The services in it, in ordinal order; empty: an application's.</param>
internal sealed record PlannedNamespace(string Name, PodSecurity PodSecurity, ImmutableArray<string> Services);
