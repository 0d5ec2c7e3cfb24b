namespace OpenCenter.Composition.Tests.Catalogue;

public sealed class CertManagerTests
{
    [Fact]
    public void All_three_parts_have_three_replicas_and_a_budget_that_lets_a_node_drain()
    {
        using var cluster = ContentCluster.Of("ha", "community", "cert-manager");
        cluster.BuildClean();

        var values = cluster.Values("cert-manager");
        foreach (var part in (string[][])[[], ["webhook"], ["cainjector"]])
        {
            Assert.Equal("3", values.Text([.. part, "replicaCount"]));
            Assert.Equal("true", values.Text([.. part, "podDisruptionBudget", "enabled"]));
            Assert.Equal("1", values.Text([.. part, "podDisruptionBudget", "maxUnavailable"]));
        }
    }

    [Fact]
    public void No_part_of_a_small_cluster_has_a_budget_that_holds_its_node()
    {
        using var cluster = ContentCluster.Of("minimal", "community", "cert-manager");
        cluster.BuildClean();

        Assert.DoesNotContain("podDisruptionBudget", cluster.Component("cert-manager"), StringComparison.Ordinal);
    }

    // Told to watch kinds that the API server does not know, the controller exits.
    [Fact]
    public void Gateways_are_watched_where_their_kinds_are_and_after_those()
    {
        using var without = ContentCluster.Of("ha", "community", "cert-manager");
        using var with = ContentCluster.Of("ha", "community", "cert-manager", "gateway-api");
        without.BuildClean();
        with.BuildClean();

        Assert.Null(without.Values("cert-manager")["config"]);
        Assert.Equal("true", with.Values("cert-manager").Text("config", "enableGatewayAPI"));
        Assert.Contains("gateway-api-class", with.DependsOn("cert-manager", "cert-manager"));
    }

    // The schema of 1.21 refuses them, and with them the upgrade.
    [Fact]
    public void Nothing_that_the_next_chart_refuses_is_set()
    {
        using var cluster = ContentCluster.Of("ha", "enterprise", "cert-manager", "prometheus-operator-crds", "kube-prometheus-stack").With("storage-class");
        cluster.BuildClean();

        var values = cluster.Values("cert-manager");
        Assert.Equal("true", values.Text("prometheus", "servicemonitor", "enabled"));
        Assert.Null(values.Text("prometheus", "servicemonitor", "path"));
        Assert.Null(values.Text("prometheus", "servicemonitor", "targetPort"));
        Assert.Null(values.Text("prometheus", "podmonitor", "path"));
    }
}
