using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class OpenstackCsiTests(PlatformClusters clusters)
{
    // By default from a directory of the node, which makes the controller a privileged pod.
    [Fact]
    public void Credentials_come_from_a_Secret_and_nothing_from_the_node_s_disk()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("true", cluster.Value("openstack-csi", "secret.enabled"));
        Assert.Equal("false", cluster.Value("openstack-csi", "secret.hostMount"));
        Assert.Equal("cloud-config", cluster.Value("openstack-csi", "secret.name"));
        Assert.Empty(Plugin(cluster)["volumes"] is YamlList volumes ? volumes.Items.AsEnumerable() : throw new InvalidOperationException("a list"));
        Assert.Equal(["cloud-config"], ((YamlList)Plugin(cluster)["volumeMounts"]!).Items.Select(mount => ((YamlMap)mount).Text("name")));
    }

    [Fact]
    public void The_controller_is_restricted_though_its_namespace_is_not()
    {
        var cluster = clusters.Of("openstack");
        var controller = (YamlMap)Plugin(cluster)["controllerPlugin"]!;

        Assert.Equal("true", controller.Text("podSecurityContext", "runAsNonRoot"));
        Assert.NotNull(controller.Text("podSecurityContext", "runAsUser"));
        Assert.Equal("RuntimeDefault", controller.Text("podSecurityContext", "seccompProfile", "type"));
        Assert.Equal("false", controller.Text("securityContext", "allowPrivilegeEscalation"));
        Assert.Equal("ALL", ((YamlScalar)((YamlList)((YamlMap)((YamlMap)controller["securityContext"]!)["capabilities"]!)["drop"]!).Items.Single()).Value);
    }

    [Fact]
    public void The_monitor_finds_a_port_that_somebody_listens_on()
    {
        var with = clusters.Of("openstack");
        using var without = PlatformCluster.With("ha", "community", "external-snapshotter", "openstack-csi");
        without.BuildClean();

        Assert.Equal("true", with.Value("openstack-csi", "csi.plugin.podMonitor.enabled"));
        Assert.Equal("true", with.Value("openstack-csi", "csi.plugin.httpEndpoint.enabled"));
        Assert.Null(without.Value("openstack-csi", "csi.plugin.podMonitor.enabled"));
    }

    [Fact]
    public void Two_controllers_keep_apart_by_a_label_that_they_have()
    {
        var cluster = clusters.Of("openstack");
        var controller = (YamlMap)Plugin(cluster)["controllerPlugin"]!;
        var apart = (YamlMap)((YamlList)((YamlMap)((YamlMap)controller["affinity"]!)["podAntiAffinity"]!)["preferredDuringSchedulingIgnoredDuringExecution"]!).Items.Single();

        Assert.Equal("2", controller.Text("replicas"));
        Assert.Equal(controller.Text("podLabels", "opencenter.io/pod"), apart.Text("podAffinityTerm", "labelSelector", "matchLabels", "opencenter.io/pod"));
    }

    private static YamlMap Plugin(TestCluster cluster) => (YamlMap)((YamlMap)cluster.Values("openstack-csi")["csi"]!)["plugin"]!;
}
