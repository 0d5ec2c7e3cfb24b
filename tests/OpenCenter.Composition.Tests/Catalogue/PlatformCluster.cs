using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>Storage, network and observability of a provider in one cluster, every setting as its example says, every Secret from elsewhere.</summary>
internal static class PlatformCluster
{
    private static readonly string[] Everywhere =
    [
        "calico", "external-snapshotter", "gateway-api", "istio", "kube-prometheus-stack", "loki", "longhorn", "metallb", "mimir",
        "prometheus-operator-crds", "tempo", "velero",
    ];

    public static TestCluster Of(string provider, string profile, string edition, string storage) =>
        With(profile, edition, [.. Everywhere, .. provider == "vsphere" ? (string[])["vsphere-cpi", "vsphere-csi"] : ["openstack-ccm", "openstack-csi"]])
            .Property("ClusterProvider", provider)
            .Item("ClusterCapability", "storage-class", ("Service", storage))
            .Item("ClusterCapability", "load-balancer", ("Service", "metallb"));

    /// <summary>A cluster of these services alone.</summary>
    public static TestCluster With(string profile, string edition, params string[] services)
    {
        var cluster = ContentCluster.Of(profile, edition, services);
        foreach (var service in services)
        {
            cluster.WithNeedsOf(CatalogueService.Of(service));
        }

        return cluster;
    }

    /// <summary>The value at a path that is written with dots.</summary>
    public static string? Value(this TestCluster cluster, string component, string path) => cluster.Values(component).Text(path.Split('.'));

    /// <summary>The components that have values.</summary>
    public static IEnumerable<string> Components(this TestCluster cluster) =>
        Directory.EnumerateFiles(Path.Combine(cluster.TreePath, "components"), "values.yaml", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file)!));

    /// <summary>Every scalar below a node, with its path.</summary>
    public static IEnumerable<(string Path, string Value)> Leaves(this YamlNode node, string path = "") => node switch
    {
        YamlMap map => map.Entries.SelectMany(entry => Leaves(entry.Value, path.Length == 0 ? entry.Name : $"{path}.{entry.Name}")),
        YamlList list => list.Items.SelectMany(item => Leaves(item, path)),
        YamlScalar scalar => [(path, scalar.Value)],
        _ => [],
    };

    /// <summary>Every object that the tree has, with the file that holds it.</summary>
    public static IEnumerable<(string File, YamlMap Object)> Objects(this TestCluster cluster) =>
        Directory.EnumerateFiles(cluster.TreePath, "*.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(cluster.TreePath, file))
            .SelectMany(file => cluster.ReadAll(file).Where(item => item["kind"] is not null).Select(item => (file, item)));

    /// <summary>Whether a component waits for another, itself or through one that it waits for.</summary>
    public static bool ComesAfter(this TestCluster cluster, string component, string other)
    {
        var waits = cluster.Objects().Where(found => found.Object.Text("kind") == "Kustomization" && found.Object.Text("metadata", "namespace") == "flux-system")
            .ToDictionary(found => found.Object.Text("metadata", "name")!, found => ((((YamlMap)found.Object["spec"]!)["dependsOn"] as YamlList)?.Items ?? []).Select(item => ((YamlMap)item).Text("name")!).ToArray());
        return Reaches(component);

        bool Reaches(string name) => waits[name].Any(next => next == other || Reaches(next));
    }
}
