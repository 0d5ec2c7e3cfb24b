using System.Collections.Immutable;

namespace OpenCenter.Composition.Inputs;

/// <summary>A service of the catalogue: its name, package, capabilities and Helm releases.</summary>
internal sealed record CatalogueService(string Name, string Package, ImmutableArray<string> Provides, ImmutableArray<string> Releases);
