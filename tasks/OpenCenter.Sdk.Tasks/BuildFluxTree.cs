using Microsoft.Build.Framework;
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

    /// <summary>The deployed services in deployment order; metadata Version, PackageId, Components, Order.</summary>
    [Output] public ITaskItem[] ResolvedClusterServices { get; set; } = [];

    /// <summary>Every file of the tree, absolute; metadata Change: <c>Added</c>, <c>Changed</c> or <c>None</c>.</summary>
    [Output] public ITaskItem[] FluxTreeFiles { get; set; } = [];

    /// <summary><c>24 services, 41 components, 3 files changed</c>.</summary>
    [Output] public string Summary { get; set; } = "";

    public override bool Execute() => !Log.HasLoggedErrors;
}
