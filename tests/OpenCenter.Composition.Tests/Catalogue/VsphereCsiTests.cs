using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class VsphereCsiTests(PlatformClusters clusters)
{
    public static TheoryData<string> Containers => ["", "syncer", "attacher", "provisioner", "resizer", "livenessprobe", "snapshotter"];

    [Theory]
    [MemberData(nameof(Containers))]
    public void Every_container_of_the_controller_is_restricted_though_its_namespace_is_not(string container)
    {
        var cluster = clusters.Of("vsphere");
        var controller = (YamlMap)cluster.Values("vsphere-csi")["controller"]!;
        var context = (YamlMap)(container.Length == 0 ? controller : (YamlMap)controller[container]!)["containerSecurityContext"]!;

        Assert.Equal("true", controller.Text("podSecurityContext", "enabled"));
        Assert.Equal("true", controller.Text("podSecurityContext", "runAsNonRoot"));
        Assert.Equal("RuntimeDefault", controller.Text("podSecurityContext", "seccompProfile", "type"));
        Assert.Equal("false", context.Text("allowPrivilegeEscalation"));
        Assert.Equal("ALL", ((YamlScalar)((YamlList)((YamlMap)context["capabilities"]!)["drop"]!).Items.Single()).Value);

        // Driver and syncer have theirs on, the sidecars' is off unless turned on.
        Assert.Equal(container is "" or "syncer" ? null : "true", context.Text("enabled"));
    }

    // Without the sidecar a snapshot waits for ever; without the kinds the sidecar exits.
    [Fact]
    public void Snapshots_are_made_where_their_kinds_are()
    {
        var with = clusters.Of("vsphere");
        using var without = PlatformCluster.With("ha", "community", "vsphere-cpi", "vsphere-csi").Property("ClusterProvider", "vsphere");
        without.BuildClean();

        Assert.Equal("true", with.Value("vsphere-csi", "controller.config.block-volume-snapshot"));
        Assert.True(with.ComesAfter("vsphere-csi", "external-snapshotter-controller"));
        Assert.Null(without.Value("vsphere-csi", "controller.config.block-volume-snapshot"));
    }

    [Fact]
    public void Credentials_come_from_a_Secret_that_the_cluster_brings()
    {
        var cluster = clusters.Of("vsphere");

        Assert.Equal("vsphere-config-secret", cluster.Value("vsphere-csi", "global.config.existingSecret"));
        Assert.Null(((YamlMap)((YamlMap)cluster.Values("vsphere-csi")["global"]!)["config"]!)["vcenter"]);
    }

    // The cloud controller manager is a service of its own, with the identities of the nodes that this one needs.
    [Fact]
    public void Nodes_have_their_identity_first()
    {
        var cluster = clusters.Of("vsphere");

        Assert.True(cluster.ComesAfter("vsphere-csi", "vsphere-cpi"));
        Assert.Null(cluster.Value("vsphere-csi", "vsphere-cpi.enabled"));
    }
}
