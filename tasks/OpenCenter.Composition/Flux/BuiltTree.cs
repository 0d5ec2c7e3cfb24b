using System.Collections.Immutable;

namespace OpenCenter.Composition.Flux;

/// <summary>The tree, and the objects in it for the checks.</summary>
/// <param name="Tree">All files.</param>
/// <param name="Objects">Every object that the tree applies but what Git components fetch.</param>
/// <param name="Sources">Every file that the tree was made of, but values.</param>
/// <param name="Kinds">What <c>crds/</c> folders define.</param>
internal sealed record BuiltTree(FluxTree Tree, ImmutableArray<TreeObject> Objects, ImmutableArray<TreeSource> Sources, ImmutableArray<CustomKind> Kinds);
