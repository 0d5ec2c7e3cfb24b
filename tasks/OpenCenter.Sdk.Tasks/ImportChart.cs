using Microsoft.Build.Framework;
using OpenCenter.Composition;
using Task = Microsoft.Build.Utilities.Task;

namespace OpenCenter.Sdk.Tasks;

/// <summary>Writes the shape of a chart's values into a service project.</summary>
[MSBuildMultiThreadableTask]
public sealed class ImportChart : Task
{
    [Required] public string ProjectFile { get; set; } = "";

    /// <summary>The chart's folder or <c>.tgz</c>.</summary>
    public string Chart { get; set; } = "";

    /// <summary>The release that installs it; not needed where the service has one only.</summary>
    public string Release { get; set; } = "";

    /// <summary>The file that was written, relative to the project.</summary>
    [Output] public string ShapeFile { get; set; } = "";

    public override bool Execute()
    {
        var result = ServiceChartImport.Run(ProjectFile, Chart, Release);
        Log.LogDiagnostics(result.Diagnostics);
        ShapeFile = result.File;
        return !Log.HasLoggedErrors;
    }
}
