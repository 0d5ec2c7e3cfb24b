using System.Collections.Immutable;

namespace OpenCenter.Composition.Flux;

/// <summary>The tree, and the objects in it for the checks.</summary>
/// <param name="Tree">All files.</param>
/// <param name="Objects">Every object that the tree applies but what Git components fetch.</param>
internal sealed record BuiltTree(FluxTree Tree, ImmutableArray<TreeObject> Objects);
