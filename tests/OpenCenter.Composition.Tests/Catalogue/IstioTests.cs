using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class IstioTests(PlatformClusters clusters)
{
    public static TheoryData<string> Components => ["istio-istiod", "istio-gateway"];

    // The webhook of a single one is away with its node. The chart makes istiod's budget of one when there is a second.
    [Theory]
    [MemberData(nameof(Components))]
    public void Two_pods_keep_apart_by_a_label_that_they_have(string component)
    {
        var cluster = clusters.Of("openstack");
        var values = cluster.Values(component);
        var spread = (YamlMap)((YamlList)values["topologySpreadConstraints"]!).Items.Single();

        Assert.Equal("2", values.Text("replicaCount"));
        Assert.Equal(values.Text(component == "istio-gateway" ? "labels" : "podLabels", "opencenter.io/pod"), spread.Text("labelSelector", "matchLabels", "opencenter.io/pod"));
    }

    // An autoscaler without metrics-server stands still, and takes replicaCount's place.
    [Fact]
    public void Nothing_waits_for_metrics_that_nobody_serves()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("false", cluster.Value("istio-istiod", "autoscaleEnabled"));
        Assert.Equal("false", cluster.Value("istio-gateway", "autoscaling.enabled"));
    }

    [Fact]
    public void Keys_stand_where_the_charts_want_them()
    {
        var cluster = clusters.Of("openstack");

        Assert.Null(cluster.Values("istio-istiod")["_internal_defaults_do_not_set"]);
        Assert.Null(cluster.Values("istio-gateway")["_internal_defaults_do_not_set"]);
        Assert.False(File.Exists(Path.Combine(cluster.TreePath, "components/istio-base/values.yaml")));
    }

    [Fact]
    public void Kinds_come_before_the_control_plane_and_that_before_the_gateway()
    {
        var cluster = clusters.Of("openstack");

        Assert.True(cluster.ComesAfter("istio-istiod", "istio-base"));
        Assert.True(cluster.ComesAfter("istio-gateway", "istio-istiod"));
        Assert.True(cluster.ComesAfter("istio-gateway", "metallb"));
    }

    // A context of ours replaces the chart's, whose sysctl lets a pod without privileges listen on 80 and 443.
    [Fact]
    public void A_restricted_gateway_still_opens_its_ports()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("RuntimeDefault", cluster.Value("istio-istiod", "seccompProfile.type"));
        Assert.Equal("RuntimeDefault", cluster.Value("istio-gateway", "securityContext.seccompProfile.type"));
        Assert.Equal("net.ipv4.ip_unprivileged_port_start", ((YamlMap)((YamlList)((YamlMap)cluster.Values("istio-gateway")["securityContext"]!)["sysctls"]!).Items.Single()).Text("name"));
    }
}
