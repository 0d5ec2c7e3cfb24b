using Microsoft.Build.Framework;
using OpenCenter.Composition;
using OpenCenter.Composition.Inputs;
using Task = Microsoft.Build.Utilities.Task;

namespace OpenCenter.Sdk.Tasks;

/// <summary>Checks a service project: its descriptor, values and manifests, as a cluster would read them.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckServicePackage : Task
{
    [Required] public string ProjectFile { get; set; } = "";
    [Required] public string ProjectAssetsFile { get; set; } = "";
    [Required] public string CatalogueIndexFile { get; set; } = "";
    [Required] public string SdkVersion { get; set; } = "";
    [Required] public string PackageId { get; set; } = "";
    [Required] public string PackageVersion { get; set; } = "";
    public ITaskItem[] PackageReferences { get; set; } = [];
    public ITaskItem[] PackageVersions { get; set; } = [];
    public ITaskItem[] ProjectReferences { get; set; } = [];

    /// <summary>The files that go into the package, absolute; metadata PackagePath: the folder in it, with <c>/</c>.</summary>
    [Output] public ITaskItem[] PackageFiles { get; set; } = [];

    /// <summary>What the package brings into a cluster with it, as <see cref="WriteBom"/> reads it.</summary>
    [Output] public ITaskItem[] PackageParts { get; set; } = [];

    public override bool Execute()
    {
        var project = new ServiceProject
        {
            ProjectFile = ProjectFile,
            ProjectAssetsFile = ProjectAssetsFile,
            CatalogueIndexFile = CatalogueIndexFile,
            SdkVersion = SdkVersion,
            PackageId = PackageId,
            PackageVersion = PackageVersion,
            Items =
            [
                .. PackageReferences.ToProjectItems("PackageReference"),
                .. PackageVersions.ToProjectItems("PackageVersion"),
                .. ProjectReferences.ToProjectItems("ProjectReference"),
            ],
        };
        var result = ServiceBuild.Run(project);
        Log.LogDiagnostics(result.Diagnostics);
        PackageFiles = [.. result.Files.Select(file => EscapedItem.Of(Path.Combine(project.Directory, file), ("PackagePath", FolderOf(file))))];
        PackageParts = [.. result.Parts.Select(WriteBom.ToItem)];
        return !Log.HasLoggedErrors;
    }

    // NuGet takes a path without an extension for a folder, so it gets folders only.
    private static string FolderOf(string file) => file[..(file.LastIndexOf('/') + 1)] is { Length: > 0 } folder ? folder : "/";
}
