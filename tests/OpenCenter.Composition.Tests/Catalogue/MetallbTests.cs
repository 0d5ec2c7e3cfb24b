namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class MetallbTests(PlatformClusters clusters)
{
    [Fact]
    public void Addresses_come_after_their_kinds_and_before_who_waits_for_one()
    {
        using var cluster = ContentCluster.Of("ha", "community", "metallb", "gateway-api")
            .File("resources/metallb/pool.yaml", "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: public, namespace: metallb-system}\nspec: {addresses: [198.51.100.32/28]}\n");
        cluster.BuildClean();

        Assert.Equal(["metallb"], cluster.DependsOn("metallb", "metallb-resources"));
        Assert.True(cluster.ComesAfter("gateway-api", "metallb-resources"));
    }

    // The chart refuses a monitor that does not say who reads it.
    [Fact]
    public void The_monitor_names_the_account_that_Prometheus_has()
    {
        var cluster = clusters.Of("openstack");
        var prometheus = cluster.Read("components/kube-prometheus-stack/helmrelease.yaml");

        Assert.Equal("true", cluster.Value("metallb", "prometheus.podMonitor.enabled"));
        Assert.Equal($"{prometheus.Text("spec", "releaseName")}-prometheus", cluster.Value("metallb", "prometheus.serviceAccount"));
        Assert.Equal(prometheus.Text("spec", "targetNamespace"), cluster.Value("metallb", "prometheus.namespace"));
    }

    [Fact]
    public void What_has_no_need_of_privileges_has_none()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("RuntimeDefault", cluster.Value("metallb", "controller.securityContext.seccompProfile.type"));
        Assert.Equal("false", cluster.Value("metallb", "speaker.frr.enabled"));
    }
}
