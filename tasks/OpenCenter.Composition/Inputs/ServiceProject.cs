using System.Collections.Immutable;

namespace OpenCenter.Composition.Inputs;

/// <summary>A service project as MSBuild evaluates it. Paths are absolute.</summary>
public sealed record ServiceProject
{
    public required string ProjectFile { get; init; }
    public required string ProjectAssetsFile { get; init; }
    public required string CatalogueIndexFile { get; init; }
    public required string SdkVersion { get; init; }
    public required string PackageId { get; init; }
    public required string PackageVersion { get; init; }

    /// <summary>PackageReference, PackageVersion and ProjectReference items.</summary>
    public ImmutableArray<ProjectItem> Items { get; init; } = [];

    public string Directory => Path.GetDirectoryName(ProjectFile) ?? "";
}
