using System.Text.Json;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>A chart as its authors publish it: the values that it has, and the schema of those that it takes.</summary>
internal sealed record PublishedChart(string Name, string Folder)
{
    // Istio's charts keep their defaults below it and read them at the top, where they are set.
    private const string IstioDefaults = "_internal_defaults_do_not_set";

    /// <summary>The chart of a release at the version of its service; null where its files are not at hand.</summary>
    public static PublishedChart? Of(CatalogueService service, YamlMap release)
    {
        var url = release.Text("source", "url")!;
        var name = (release.Text("chart") ?? url[(url.LastIndexOf('/') + 1)..]) switch
        {
            "base" => "istio-base",
            "gateway" => "istio-gateway",
            "deploy/chart" => service.Name,
            var chart => chart,
        };
        var version = VersionOf(service, release);
        return ((string[])[version, $"v{version}"]).Select(folder => Path.Combine(Needs.Shared, "charts", name, folder)).FirstOrDefault(Directory.Exists) is { } found
            ? new PublishedChart(name, found)
            : null;
    }

    /// <summary>The version that a release installs.</summary>
    public static string VersionOf(CatalogueService service, YamlMap release) =>
        (release.Text("version") ?? "{version}").Replace("{version}", string.Join('.', ContentCluster.Version(service.Name).Split('.').Take(3)), StringComparison.Ordinal);

    public string SchemaFile => Path.Combine(Folder, "values.schema.json");

    /// <summary>The level that its pods meet with its own values; null where it has no pods.</summary>
    public string? PodSecurity
    {
        get
        {
            // A neighbouring version's, where this one was not rendered.
            if (Directory.EnumerateFiles(Path.GetDirectoryName(Folder)!, "rendered.json", SearchOption.AllDirectories).SingleOrDefault() is not { } file)
            {
                return null;
            }

            var level = JsonElement.Parse(File.ReadAllBytes(file)).GetProperty("podSecurity").GetProperty("namespaceLevel").GetString()!;
            return level.StartsWith("none", StringComparison.Ordinal) ? null : level;
        }
    }

    /// <summary>With those of its subcharts below their names; null where they are not at hand.</summary>
    public YamlMap? Defaults
    {
        get
        {
            if (((string[])["values.yaml", "values.tmpl.yaml"]).Select(name => Path.Combine(Folder, name)).FirstOrDefault(File.Exists) is not { } file)
            {
                return null;
            }

            var values = Read(file) ?? YamlMap.Of();
            values = values[IstioDefaults] as YamlMap ?? values;
            var subcharts = Path.Combine(Folder, "subcharts");
            var below = !Directory.Exists(subcharts) ? [] : Directory.EnumerateDirectories(subcharts)
                .Select(folder => (Alias(Path.GetFileName(folder)), (YamlNode?)new PublishedChart(Name, folder).Defaults));
            return new ValuesMerge([]).Merge(YamlMap.Of([.. below]), values);
        }
    }

    private string Alias(string subchart) =>
        ((Read(Path.Combine(Folder, "Chart.yaml"))?["dependencies"] as YamlList)?.Items ?? []).Cast<YamlMap>()
            .FirstOrDefault(dependency => dependency.Text("name") == subchart)?.Text("alias") ?? subchart;

    private static YamlMap? Read(string file) => YamlReader.Read(new SourceFile(file, File.ReadAllBytes(file)), new DiagnosticBag()) is [YamlMap map, ..] ? map : null;
}
