using OpenCenter.Composition.Charts;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition;

/// <summary>Writes the shape of a chart into a service project.</summary>
public static class ServiceChartImport
{
    /// <param name="projectFile">The service project.</param>
    /// <param name="chart">The chart's folder or <c>.tgz</c>, absolute or relative to the project.</param>
    /// <param name="release">The release that installs it; empty where the service has one only.</param>
    public static ChartImportResult Run(string projectFile, string chart, string release)
    {
        var diagnostics = new DiagnosticBag();
        var directory = Path.GetDirectoryName(projectFile)!;
        var releases = Releases(Path.Combine(directory, ServicePackage.DescriptorFile), diagnostics);
        var chosen = release.Length == 0 && releases.Length == 1 ? releases[0] : release;
        if (!releases.Contains(chosen, StringComparer.Ordinal))
        {
            diagnostics.Add(ProjectDiagnostics.NoSuchReleaseToImport(projectFile, release, releases));
        }
        else if (chart.Trim().Length == 0)
        {
            diagnostics.Add(ProjectDiagnostics.NoChart(projectFile));
        }
        else if (ChartImport.Run(Path.GetFullPath(chart, directory), diagnostics) is { } shape)
        {
            var file = $"chart/{chosen}.shape.json";
            Write(Path.Combine(directory, file), shape, diagnostics);
            return new ChartImportResult(diagnostics.ToSorted(), file);
        }

        return new ChartImportResult(diagnostics.ToSorted(), "");
    }

    private static void Write(string file, byte[] shape, DiagnosticBag diagnostics)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, shape);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(OutputDiagnostics.NotWritten(file, exception.Message.TrimEnd('.')));
        }
    }

    private static string[] Releases(string descriptor, DiagnosticBag diagnostics) =>
        FileReader.Read(descriptor, diagnostics) is { } source && YamlReader.ReadSingle(source, diagnostics) is YamlMap map && map["spec"] is YamlMap spec
            ? [.. ((spec["components"] as YamlList)?.Items ?? []).OfType<YamlMap>().Select(component => component.Text("release", "name")).OfType<string>().Where(name => Names.IsLabel(name, Names.MaxRelease))]
            : [];
}
