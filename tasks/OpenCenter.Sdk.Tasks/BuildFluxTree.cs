using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using OpenCenter.Composition;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Output;
using Task = Microsoft.Build.Utilities.Task;

namespace OpenCenter.Sdk.Tasks;

/// <summary>Composes a cluster project into its Flux tree.</summary>
[MSBuildMultiThreadableTask]
public sealed class BuildFluxTree : Task
{
    [Required] public string ProjectFile { get; set; } = "";
    [Required] public string ProjectAssetsFile { get; set; } = "";
    [Required] public string CatalogueIndexFile { get; set; } = "";
    [Required] public string SdkVersion { get; set; } = "";
    [Required] public string FluxTreePath { get; set; } = "";

    public string ClusterName { get; set; } = "";
    public string ClusterDomain { get; set; } = "";
    public string ClusterProvider { get; set; } = "";
    public string ClusterEdition { get; set; } = "";
    public string ClusterProfile { get; set; } = "";
    public string ClusterValuesOrder { get; set; } = "";
    public string ClusterDate { get; set; } = "";
    public string FluxValuesMode { get; set; } = "";
    public string FluxTreeMode { get; set; } = "";
    public string FluxPath { get; set; } = "";
    public string FluxNamespace { get; set; } = "";
    public string FluxSourceKind { get; set; } = "";
    public string FluxSourceName { get; set; } = "";
    public string FluxVersion { get; set; } = "";
    public string FluxInterval { get; set; } = "";
    public string FluxRetryInterval { get; set; } = "";
    public string FluxTimeout { get; set; } = "";
    public string FluxDecryptionSecret { get; set; } = "";

    public ITaskItem[] PackageReferences { get; set; } = [];
    public ITaskItem[] PackageVersions { get; set; } = [];
    public ITaskItem[] ProjectReferences { get; set; } = [];
    public ITaskItem[] ClusterServices { get; set; } = [];
    public ITaskItem[] ClusterCapabilities { get; set; } = [];
    public ITaskItem[] ClusterVariables { get; set; } = [];
    public ITaskItem[] ClusterValues { get; set; } = [];
    public ITaskItem[] ClusterExternals { get; set; } = [];
    public ITaskItem[] ClusterRemovals { get; set; } = [];
    public ITaskItem[] ClusterAllows { get; set; } = [];
    public ITaskItem[] ClusterSchemas { get; set; } = [];

    /// <summary>Whether to say who set which value, instead of building.</summary>
    public bool Explains { get; set; }

    /// <summary>What to explain: <c>release:key</c>, a release, or nothing for the list of releases.</summary>
    public string ExplainKey { get; set; } = "";

    /// <summary>One item for each layer that sets a value; metadata as in the JSON of docs/reference/cluster-project.md.</summary>
    [Output] public ITaskItem[] Explanations { get; set; } = [];

    /// <summary>The same for a person.</summary>
    [Output] public string ExplainText { get; set; } = "";

    /// <summary>The deployed services in deployment order; metadata Version, PackageId, Components, Order.</summary>
    [Output] public ITaskItem[] ResolvedClusterServices { get; set; } = [];

    /// <summary>Every file of the tree, and what was removed, absolute; metadata Change: <c>Added</c>, <c>Changed</c>, <c>Removed</c> or <c>Unchanged</c>.</summary>
    [Output] public ITaskItem[] FluxTreeFiles { get; set; } = [];

    /// <summary><c>24 services, 41 components, 3 files changed</c>.</summary>
    [Output] public string Summary { get; set; } = "";

    public override bool Execute()
    {
        if (Explains)
        {
            var explained = ClusterExplain.Run(ToProject(), ExplainKey);
            Log.LogDiagnostics(explained.Diagnostics);
            Explanations = [.. explained.Values.Select(ToItem)];
            ExplainText = explained.Text.TrimEnd('\n');
            return !Log.HasLoggedErrors;
        }

        var result = ClusterBuild.Run(ToProject());
        Log.LogDiagnostics(result.Diagnostics);
        ResolvedClusterServices = [.. result.Services.Select(ToItem)];
        FluxTreeFiles = [.. result.Files.Select(ToItem)];
        Summary = result.Summary;
        return !Log.HasLoggedErrors;
    }

    private ClusterProject ToProject() => new()
    {
        ProjectFile = ProjectFile,
        ProjectAssetsFile = ProjectAssetsFile,
        CatalogueIndexFile = CatalogueIndexFile,
        SdkVersion = SdkVersion,
        FluxTreePath = FluxTreePath,
        ClusterName = ClusterName,
        ClusterDomain = ClusterDomain,
        ClusterProvider = ClusterProvider,
        ClusterEdition = ClusterEdition,
        ClusterProfile = ClusterProfile,
        ClusterValuesOrder = ClusterValuesOrder,
        ClusterDate = ClusterDate,
        FluxValuesMode = FluxValuesMode,
        FluxTreeMode = FluxTreeMode,
        FluxPath = FluxPath,
        FluxNamespace = FluxNamespace,
        FluxSourceKind = FluxSourceKind,
        FluxSourceName = FluxSourceName,
        FluxVersion = FluxVersion,
        FluxInterval = FluxInterval,
        FluxRetryInterval = FluxRetryInterval,
        FluxTimeout = FluxTimeout,
        FluxDecryptionSecret = FluxDecryptionSecret,
        Items =
        [
            .. PackageReferences.ToProjectItems("PackageReference"),
            .. PackageVersions.ToProjectItems("PackageVersion"),
            .. ProjectReferences.ToProjectItems("ProjectReference"),
            .. ClusterServices.ToProjectItems("ClusterService"),
            .. ClusterCapabilities.ToProjectItems("ClusterCapability"),
            .. ClusterVariables.ToProjectItems("ClusterVariable"),
            .. ClusterValues.ToProjectItems("ClusterValues"),
            .. ClusterExternals.ToProjectItems("ClusterExternal"),
            .. ClusterRemovals.ToProjectItems("ClusterRemoval"),
            .. ClusterAllows.ToProjectItems("ClusterAllow"),
            .. ClusterSchemas.ToProjectItems("ClusterSchemas"),
        ],
    };

    private static TaskItem ToItem(ExplainedValue value) => EscapedItem.Of(
        $"{value.Release}:{value.Key}",
        ("Release", value.Release),
        ("Key", value.Key),
        ("Value", value.Value),
        ("Tier", value.Tier),
        ("Package", value.Package),
        ("Version", value.Version),
        ("File", value.File),
        ("Line", value.Line.ToString(CultureInfo.InvariantCulture)),
        ("Column", value.Column.ToString(CultureInfo.InvariantCulture)),
        ("Wins", value.Wins ? "true" : "false"));

    private static TaskItem ToItem(ResolvedService service) => EscapedItem.Of(
        service.Name,
        ("PackageId", service.PackageId),
        ("Version", service.Version),
        ("Components", string.Join('+', service.Components)),
        ("Order", service.Order.ToString(CultureInfo.InvariantCulture)));

    private TaskItem ToItem(FileChange file) => EscapedItem.Of(Path.Combine(FluxTreePath, file.Path), ("Change", file.Kind.ToString()));
}
