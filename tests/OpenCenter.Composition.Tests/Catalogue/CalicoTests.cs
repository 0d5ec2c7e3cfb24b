using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class CalicoTests(PlatformClusters clusters)
{
    [Fact]
    public void No_service_comes_before_the_network()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal(["namespaces"], cluster.DependsOn("calico", "calico"));
    }

    [Theory]
    [InlineData("calico-node", "nodeMetricsPort")]
    [InlineData("calico-typha", "typhaMetricsPort")]
    public void The_port_that_is_read_is_the_one_that_is_opened(string pods, string port)
    {
        var cluster = clusters.Of("openstack");
        var monitor = ((YamlList)((YamlMap)cluster.Values("kube-prometheus-stack")["prometheus"]!)["additionalPodMonitors"]!).Items.Cast<YamlMap>().Single(monitor => monitor.Text("name") == pods);
        var address = ((YamlList)((YamlMap)((YamlList)monitor["podMetricsEndpoints"]!).Items.Single())["relabelings"]!).Items.Cast<YamlMap>().Single(rule => rule.Text("targetLabel") == "__address__");

        Assert.Equal($"$1:{cluster.Value("calico", $"installation.{port}")}", address.Text("replacement"));
    }

    // BGP is metallb's.
    [Fact]
    public void The_pool_is_the_cluster_s_and_needs_no_router()
    {
        var cluster = clusters.Of("openstack");
        var network = (YamlMap)((YamlMap)cluster.Values("calico")["installation"]!)["calicoNetwork"]!;
        var pool = (YamlMap)((YamlList)network["ipPools"]!).Items.Single();

        Assert.Equal("10.233.64.0/18", pool.Text("cidr"));
        Assert.Equal("VXLAN", pool.Text("encapsulation"));
        Assert.Equal("Disabled", network.Text("bgp"));
    }
}
