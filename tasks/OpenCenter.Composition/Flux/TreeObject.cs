using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>A Kubernetes object of the tree.</summary>
/// <param name="Owner">The Flux Kustomization that applies it; empty: Flux applies it from <c>services/</c>.</param>
/// <param name="ApiVersion">As written: <c>apps/v1</c>.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace, given or defaulted; null: cluster-wide, or not known.</param>
/// <param name="Name">Its name.</param>
/// <param name="Node">The object as it stands in its file, named, placed and patched as kustomize does.</param>
internal sealed record TreeObject(string Owner, string ApiVersion, string Kind, string? Namespace, string Name, YamlMap Node)
{
    /// <summary>The name in its file, where a kustomization gives it another; what that kustomization lists may call it so.</summary>
    public string? WrittenName { get; init; }

    /// <summary>The object as it was made, or stands in its file.</summary>
    public YamlMap Written { get; init; } = Node;

    /// <summary>What changed it since, in that order.</summary>
    public ImmutableArray<ObjectPatch> Patches { get; init; } = [];

    /// <summary>The API group; empty for the core group.</summary>
    public string Group => ObjectId.GroupOf(ApiVersion);

    /// <summary>What makes two objects one for the API server, whatever version names them.</summary>
    public ObjectId Id => new(Group, Kind, Namespace ?? "", Name);

    public Place Place => Node.Place;

    /// <summary>The namespace that a document gives; null where it has none, or says so: <c>namespace:</c> and <c>""</c> give none.</summary>
    public static string? NamespaceIn(YamlMap document) =>
        (document["metadata"] as YamlMap)?["namespace"] is YamlScalar { IsNull: false, Value.Length: > 0 } given ? given.Value : null;

    public override string ToString() => $"{Kind} '{(Namespace is null ? "" : Namespace + "/")}{Name}'";
}
