using System.Collections.Immutable;

namespace OpenCenter.Composition.Inputs;

/// <summary>A service of the catalogue: its name, package, capabilities, Helm releases, and the API groups of the kinds that it brings.</summary>
internal sealed record CatalogueService(
    string Name, string Package, ImmutableArray<string> Provides, ImmutableArray<string> Releases, ImmutableArray<string> Groups);
