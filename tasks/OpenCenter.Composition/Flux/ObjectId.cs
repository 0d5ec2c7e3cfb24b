namespace OpenCenter.Composition.Flux;

/// <summary>The identity of an object in a cluster. The namespace of a cluster-wide object is empty.</summary>
internal sealed record ObjectId(string Group, string Kind, string Namespace, string Name);
