using System.Collections.Immutable;

namespace OpenCenter.Composition.Output;

/// <summary>What a build wrote for one service, or for the cluster: <c>.opencenter/&lt;name&gt;.json</c>.</summary>
/// <param name="Name">The service; <c>cluster</c> for what belongs to none.</param>
/// <param name="Package">The package's id and version, <c>id/version</c>; for the cluster the SDK's version.</param>
/// <param name="Project">For the cluster: the name of the project file that owns the tree.</param>
/// <param name="Objects">Flux objects whose disappearance deletes things, sorted.</param>
/// <param name="Files">SHA-256 in lower-case hex by path, sorted. A file of several services is in the record of each.</param>
internal sealed record TreeRecord(
    string Name,
    string Package,
    string? Project,
    ImmutableArray<string> Objects,
    ImmutableSortedDictionary<string, string> Files)
{
    public const string Folder = ".opencenter";
    public const string Cluster = "cluster";

    /// <summary>A field more, or another meaning, is another format.</summary>
    public const int Format = 1;

    private const string Extension = ".json";

    public bool IsCluster => Name == Cluster;

    public string Path => PathOf(Name);

    public static string PathOf(string name) => $"{Folder}/{name}{Extension}";

    public static bool IsRecord(string path) =>
        TreePath.IsBelow(path, Folder)
        && path.EndsWith(Extension, StringComparison.Ordinal)
        && path.LastIndexOf('/') == Folder.Length
        && NameOf(path).Length > 0;

    public static string NameOf(string path) => path[(Folder.Length + 1)..^Extension.Length];
}
