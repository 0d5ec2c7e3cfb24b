using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class ExternalSnapshotterTests(PlatformClusters clusters)
{
    private const string Controller = "external-snapshotter-controller";

    // As the project's manifests have it: no security context, no resources.
    private const string Manifest = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: snapshot-controller\n  namespace: kube-system\nspec:\n  replicas: 2\n  selector:\n    matchLabels: {app.kubernetes.io/name: snapshot-controller}\n  template:\n    metadata:\n      labels: {app.kubernetes.io/name: snapshot-controller}\n    spec:\n      containers:\n      - name: snapshot-controller\n        image: registry.k8s.io/sig-storage/snapshot-controller:v8.2.0\n";

    [SkippableFact]
    public void The_controller_becomes_restricted_and_keeps_apart()
    {
        Needs.Kubectl();
        var cluster = clusters.Of("openstack");
        var patches = ((YamlMap)Kustomization(cluster)["spec"]!)["patches"]!;

        var pod = (YamlMap)((YamlMap)((YamlMap)Kustomize.Build(YamlMap.Of(("patches", patches)), Manifest).Single()["spec"]!)["template"]!)["spec"]!;
        var container = (YamlMap)((YamlList)pod["containers"]!).Items.Single();
        Assert.Equal("true", pod.Text("securityContext", "runAsNonRoot"));
        Assert.Equal("RuntimeDefault", pod.Text("securityContext", "seccompProfile", "type"));
        Assert.Equal("registry.k8s.io/sig-storage/snapshot-controller:v8.2.0", container.Text("image"));
        Assert.Equal("false", container.Text("securityContext", "allowPrivilegeEscalation"));
        Assert.Equal("true", container.Text("securityContext", "readOnlyRootFilesystem"));
        Assert.NotNull(container.Text("resources", "limits", "memory"));
        Assert.Equal("kubernetes.io/hostname", ((YamlMap)((YamlList)pod["topologySpreadConstraints"]!).Items.Single()).Text("topologyKey"));
    }

    [Fact]
    public void It_runs_in_its_own_namespace_from_the_version_of_the_package()
    {
        var cluster = clusters.Of("openstack");
        var sources = cluster.ReadAll("services/external-snapshotter.yaml").Where(item => item.Text("kind") == "GitRepository").ToArray();

        Assert.Equal("external-snapshotter", Kustomization(cluster).Text("spec", "targetNamespace"));
        Assert.Equal(2, sources.Length);
        Assert.All(sources, source => Assert.Equal($"v{ContentCluster.Version("external-snapshotter")}", source.Text("spec", "ref", "tag")));
    }

    // Their snapshotters exit without the kinds.
    [Theory]
    [InlineData("openstack", "openstack-csi")]
    [InlineData("openstack", "longhorn")]
    [InlineData("vsphere", "vsphere-csi")]
    public void Drivers_come_after_it(string provider, string driver)
    {
        var cluster = clusters.Of(provider);

        Assert.True(cluster.ComesAfter(driver, Controller));
    }

    private static YamlMap Kustomization(TestCluster cluster) =>
        cluster.ReadAll("services/external-snapshotter.yaml").Single(item => item.Text("kind") == "Kustomization" && item.Text("metadata", "name") == Controller);
}
