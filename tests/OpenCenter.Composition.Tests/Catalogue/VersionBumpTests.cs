namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>An upgrade of a service is one line: its project's version. All else follows from it.</summary>
public sealed class VersionBumpTests : IDisposable
{
    private const string Raised = "98.76.54";

    private readonly string _copy = Directory.CreateTempSubdirectory("content-").FullName;

    public static TheoryData<string> Services => [.. CatalogueService.All.Select(service => service.Name)];

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    [Theory]
    [MemberData(nameof(Services))]
    public void What_comes_out_differs_in_the_version_only(string name)
    {
        var service = CatalogueService.Of(name);
        var version = ContentCluster.Version(name);
        using var before = Cluster(service, ContentCluster.Folder(name));
        using var after = Cluster(service, Copy(name, version, Raised));
        before.BuildClean();
        after.BuildClean();
        var (old, young) = (Tree(before), Tree(after));

        Assert.Equal(old.Keys, young.Keys);
        var changed = old.Keys.Where(file => old[file] != young[file]).ToArray();
        Assert.All(changed, file => Assert.Equal(old[file].Replace(version, Raised, StringComparison.Ordinal), young[file]));
        Assert.DoesNotContain(young.Keys, file => young[file].Contains(version, StringComparison.Ordinal));
        // The package's own version stands in the first; the chart's, or the sources', in the others.
        Assert.Contains($"services/{name}.yaml", changed);
        Assert.All(service.Releases, release => Assert.Contains(Raised, Chart(after, release.Text("name")!), StringComparison.Ordinal));
    }

    [SkippableFact]
    public void With_the_shape_of_the_new_chart_it_is_an_upgrade()
    {
        Needs.SharedData();
        var folder = Copy("sealed-secrets", "2.17.3", "2.18.5");
        var project = Directory.EnumerateFiles(folder, "*.csproj").Single();
        Assert.Empty(ServiceChartImport.Run(project, Path.Combine(Needs.Shared, "charts/sealed-secrets/2.18.5"), "").Diagnostics);
        using var cluster = Cluster(CatalogueService.Of("sealed-secrets"), folder);

        cluster.BuildClean();

        Assert.Equal("2.18.5", cluster.Read("components/sealed-secrets/helmrelease.yaml").Text("spec", "chart", "spec", "version"));
        Assert.Contains("\"version\": \"2.18.5\"", File.ReadAllText(Path.Combine(folder, "chart/sealed-secrets.shape.json")), StringComparison.Ordinal);
    }

    private static string Chart(TestCluster cluster, string release) => string.Concat(
        Directory.EnumerateFiles(Path.Combine(cluster.TreePath, "components"), "helmrelease.yaml", SearchOption.AllDirectories)
            .Where(file => cluster.Read(Path.GetRelativePath(cluster.TreePath, file)).Text("metadata", "name") == release)
            .SelectMany(file => (string[])[file, Path.Combine(Path.GetDirectoryName(file)!, "source.yaml")])
            .Select(File.ReadAllText));

    private static TestCluster Cluster(CatalogueService service, string folder)
    {
        var cluster = ContentCluster.Of("ha", "enterprise").Property("ClusterProvider", CatalogueCluster.Kinds.First(kind => service.RunsOn(kind.Provider)).Provider).Add(folder).WithNeedsOf(service);
        foreach (var required in service.Requires.Distinct(StringComparer.Ordinal))
        {
            cluster.Item("ClusterService", required, ("ProvidedExternally", "true"));
        }

        foreach (var capability in service.RequiredCapabilities.Distinct(StringComparer.Ordinal))
        {
            cluster.With(capability);
        }

        return cluster;
    }

    /// <summary>The service with the one line of its version changed.</summary>
    private string Copy(string name, string version, string raised)
    {
        var (from, to) = (ContentCluster.Folder(name), Path.Combine(_copy, name));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var project = Directory.EnumerateFiles(to, "*.csproj").Single();
        var lines = File.ReadAllLines(project);
        var line = Assert.Single(Enumerable.Range(0, lines.Length), at => lines[at].Contains($"<Version>{version}</Version>", StringComparison.Ordinal));
        lines[line] = lines[line].Replace(version, raised, StringComparison.Ordinal);
        File.WriteAllLines(project, lines);
        return to;
    }

    // What was written is recorded with hashes, which differ.
    private static SortedDictionary<string, string> Tree(TestCluster cluster) => new(
        Directory.EnumerateFiles(cluster.TreePath, "*", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(cluster.TreePath, file), File: file))
            .Where(file => !file.Path.StartsWith(".opencenter", StringComparison.Ordinal))
            .ToDictionary(file => file.Path, file => File.ReadAllText(file.File), StringComparer.Ordinal),
        StringComparer.Ordinal);
}
