using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class OpenstackCcmTests(PlatformClusters clusters)
{
    // The chart opens it to the whole network of the node together with the monitor.
    [Fact]
    public void The_metrics_port_is_open_where_it_is_read_and_nowhere_else()
    {
        var with = clusters.Of("openstack");
        using var without = PlatformCluster.With("ha", "community", "openstack-ccm");
        without.BuildClean();

        Assert.Equal("true", with.Value("openstack-ccm", "serviceMonitor.enabled"));
        Assert.Null(without.Value("openstack-ccm", "serviceMonitor.enabled"));
    }

    [Fact]
    public void It_has_nothing_of_the_node_s_disk_and_no_credentials_in_its_values()
    {
        var cluster = clusters.Of("openstack");
        var values = cluster.Values("openstack-ccm");

        Assert.True(values["extraVolumes"] is YamlList { Items.IsEmpty: true });
        Assert.True(values["extraVolumeMounts"] is YamlList { Items.IsEmpty: true });
        Assert.Equal("false", values.Text("secret", "create"));
        Assert.Null(values["cloudConfig"]);
    }

    [Fact]
    public void It_comes_after_the_network_and_before_the_volumes_that_need_its_nodes()
    {
        var cluster = clusters.Of("openstack");

        Assert.True(cluster.ComesAfter("openstack-ccm", "calico"));
        Assert.True(cluster.ComesAfter("openstack-csi", "openstack-ccm"));
    }
}
