using System.Collections.Immutable;

namespace OpenCenter.Composition.Output;

/// <summary>What a build wrote for one service, or for the cluster: <c>.opencenter/&lt;name&gt;.json</c>.</summary>
/// <param name="Name">The service; <c>cluster</c> for what belongs to none.</param>
/// <param name="Package">The package's id and version, <c>id/version</c>; for the cluster the SDK's version.</param>
/// <param name="Project">For the cluster: the name of the project file that owns the tree.</param>
/// <param name="Objects">Flux objects whose disappearance deletes things, sorted.</param>
/// <param name="Files">SHA-256 in lower-case hex by path, sorted.</param>
internal sealed record TreeRecord(
    string Name,
    string Package,
    string? Project,
    ImmutableArray<string> Objects,
    ImmutableSortedDictionary<string, string> Files)
{
    public const string Folder = ".opencenter";
    public const string Cluster = "cluster";

    public string Path => $"{Folder}/{Name}.json";
}
