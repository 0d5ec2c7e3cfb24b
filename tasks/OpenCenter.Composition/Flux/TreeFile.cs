using System.Collections.Immutable;

namespace OpenCenter.Composition.Flux;

/// <summary>One file of the tree, in memory.</summary>
/// <param name="Path">Relative to the tree, with <c>/</c>: <c>components/loki/values.yaml</c>.</param>
/// <param name="Content">The bytes, exactly as they are written.</param>
/// <param name="Owners">The services that it belongs to, sorted; empty: the cluster. A namespace can have several.</param>
public sealed record TreeFile(string Path, ReadOnlyMemory<byte> Content, ImmutableArray<string> Owners);
