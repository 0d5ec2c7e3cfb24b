namespace OpenCenter.Composition.Tests.Catalogue;

public sealed class RbacManagerTests
{
    // The chart's monitor knows the port; an annotation says one that nobody listens on.
    [Fact]
    public void Metrics_are_read_by_the_chart_s_own_monitor()
    {
        using var cluster = ContentCluster.Of("ha", "community", "rbac-manager", "prometheus-operator-crds", "kube-prometheus-stack").With("storage-class");
        cluster.BuildClean();

        Assert.Equal("true", cluster.Values("rbac-manager").Text("serviceMonitor", "enabled"));
        Assert.DoesNotContain("prometheus.io/", cluster.Component("rbac-manager"), StringComparison.Ordinal);
    }

    // -v is a flag that it takes and never looks at.
    [Fact]
    public void No_argument_without_effect_is_given()
    {
        using var cluster = ContentCluster.Of("ha", "community", "rbac-manager");
        cluster.BuildClean();

        Assert.Null(cluster.Values("rbac-manager")["extraArgs"]);
    }
}
