namespace OpenCenter.Composition.Tests.Catalogue;

public sealed class SealedSecretsTests
{
    [Theory]
    [InlineData("ha")]
    [InlineData("minimal")]
    public void The_one_controller_has_no_budget(string profile)
    {
        using var cluster = ContentCluster.Of(profile, "community", "sealed-secrets");
        cluster.BuildClean();

        Assert.Null(cluster.Values("sealed-secrets")["pdb"]);
    }

    [Fact]
    public void Not_every_account_may_ask_the_controller()
    {
        using var cluster = ContentCluster.Of("ha", "community", "sealed-secrets");
        cluster.BuildClean();

        Assert.Equal("false", cluster.Values("sealed-secrets").Text("rbac", "serviceProxier", "bind"));
    }

    [Fact]
    public void Grafana_finds_the_dashboard()
    {
        using var cluster = ContentCluster.Of("ha", "community", "sealed-secrets", "prometheus-operator-crds", "kube-prometheus-stack").With("storage-class");
        cluster.BuildClean();

        Assert.Equal("1", cluster.Values("sealed-secrets").Text("metrics", "dashboards", "labels", "grafana_dashboard"));
    }
}
