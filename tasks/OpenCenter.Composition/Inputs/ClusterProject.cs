using System.Collections.Immutable;

namespace OpenCenter.Composition.Inputs;

/// <summary>
/// A cluster project as MSBuild evaluates it: texts and items, not checked yet. Paths are absolute; an empty text means
/// that the property is not set.
/// </summary>
public sealed record ClusterProject
{
    public required string ProjectFile { get; init; }
    public required string ProjectAssetsFile { get; init; }
    public required string CatalogueIndexFile { get; init; }
    public required string SdkVersion { get; init; }
    public required string FluxTreePath { get; init; }

    public string ClusterName { get; init; } = "";
    public string ClusterDomain { get; init; } = "";
    public string ClusterProvider { get; init; } = "";
    public string ClusterEdition { get; init; } = "";
    public string ClusterProfile { get; init; } = "";
    public string ClusterValuesOrder { get; init; } = "";

    /// <summary>The day against which expiring exceptions are held: <c>yyyy-MM-dd</c>.</summary>
    public string ClusterDate { get; init; } = "";

    public string FluxValuesMode { get; init; } = "";
    public string FluxTreeMode { get; init; } = "";
    public string FluxPath { get; init; } = "";
    public string FluxNamespace { get; init; } = "";
    public string FluxSourceKind { get; init; } = "";
    public string FluxSourceName { get; init; } = "";
    public string FluxVersion { get; init; } = "";
    public string FluxInterval { get; init; } = "";
    public string FluxRetryInterval { get; init; } = "";
    public string FluxTimeout { get; init; } = "";
    public string FluxDecryptionSecret { get; init; } = "";

    /// <summary>All items, in the order in which MSBuild has them.</summary>
    public ImmutableArray<ProjectItem> Items { get; init; } = [];

    public string Directory => Path.GetDirectoryName(ProjectFile) ?? "";

    /// <summary>A file as the project's folder sees it, with <c>/</c>.</summary>
    internal string RelativePath(string file) => Path.GetRelativePath(Directory, file).Replace('\\', '/');
}
