namespace OpenCenter.Composition.Flux;

/// <summary>The identity of an object in a cluster. The namespace of a cluster-wide object is empty.</summary>
internal sealed record ObjectId(string Group, string Kind, string Namespace, string Name)
{
    /// <summary>The API group of an apiVersion; empty for the core group.</summary>
    public static string GroupOf(string apiVersion) => apiVersion[..Math.Max(0, apiVersion.IndexOf('/', StringComparison.Ordinal))];
}
