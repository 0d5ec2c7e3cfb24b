namespace OpenCenter.Composition.Flux;

/// <summary>The identity of an object in a cluster. The namespace of a cluster-wide object is empty.</summary>
internal readonly record struct ObjectId(string Group, string Kind, string Namespace, string Name);
