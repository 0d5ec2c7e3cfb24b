using System.Xml.Linq;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>A cluster of services as they lie in <c>content/</c>: nothing is packed, a build takes milliseconds.</summary>
internal static class ContentCluster
{
    public static string Folder(string service) => Path.Combine(Needs.Repository, "content", service);

    public static TestCluster Of(string profile, string edition, params string[] services)
    {
        var cluster = new TestCluster { CatalogueIndexFile = Path.Combine(Needs.Repository, "sdk/OpenCenter.Sdk/catalogue.json") }
            .Property("ClusterDomain", "example.com")
            .Property("ClusterProvider", "openstack")
            .Property("ClusterProfile", profile)
            .Property("ClusterEdition", edition)
            .Item("ClusterVariable", "registry", ("Value", "registry.example.com"));
        foreach (var service in services)
        {
            Add(cluster, Folder(service));
        }

        return cluster;
    }

    public static string Version(string service) => VersionOf(Project(Folder(service)));

    /// <summary>A capability that this cluster has from elsewhere.</summary>
    public static TestCluster With(this TestCluster cluster, string capability) =>
        cluster.Item("ClusterCapability", capability, ("ProvidedExternally", "true"));

    public static YamlMap Values(this TestCluster cluster, string component) => cluster.Read($"components/{component}/values.yaml");

    public static YamlMap Read(this TestCluster cluster, string path) =>
        (YamlMap)YamlReader.ReadSingle(new SourceFile(path, File.ReadAllBytes(Path.Combine(cluster.TreePath, path))), new DiagnosticBag())!;

    public static IEnumerable<YamlMap> ReadAll(this TestCluster cluster, string path) =>
        YamlReader.Read(new SourceFile(path, File.ReadAllBytes(Path.Combine(cluster.TreePath, path))), new DiagnosticBag())!.Value.Cast<YamlMap>();

    /// <summary>The Flux Kustomizations that this one waits for.</summary>
    public static string[] DependsOn(this TestCluster cluster, string service, string component) =>
    [
        .. ((YamlList)((YamlMap)cluster.ReadAll($"services/{service}.yaml").Single(item => item.Text("metadata", "name") == component && item.Text("kind") == "Kustomization")["spec"]!)["dependsOn"]!)
            .Items.Select(item => ((YamlMap)item).Text("name")!),
    ];

    /// <summary>Everything that the tree has of a component, as text.</summary>
    public static string Component(this TestCluster cluster, string component) => string.Concat(
        Directory.EnumerateFiles(Path.Combine(cluster.TreePath, "components", component), "*", SearchOption.AllDirectories).Select(File.ReadAllText));

    /// <summary>Adds the service of a folder, which need not be in <c>content/</c>.</summary>
    public static TestCluster Add(this TestCluster cluster, string folder)
    {
        var project = Project(folder);
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal) && !file.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(file => (file, File.ReadAllText(Path.Combine(folder, file))));
        return cluster.Package(Path.GetFileNameWithoutExtension(project), VersionOf(project), isReferenced: true, dependsOn: [], [.. files]);
    }

    private static string Project(string folder) => Directory.EnumerateFiles(folder, "*.csproj").Single();

    private static string VersionOf(string project) => XDocument.Load(project).Descendants("Version").Single().Value;
}
