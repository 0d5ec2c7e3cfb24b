namespace OpenCenter.Composition.Tests.Catalogue;

public sealed class PostgresOperatorTests
{
    // A budget for the primary alone is one that never allows anything.
    [Fact]
    public void A_database_s_budget_is_for_all_of_its_instances()
    {
        using var cluster = ContentCluster.Of("ha", "community", "postgres-operator");
        cluster.BuildClean();

        Assert.Equal("false", cluster.Values("postgres-operator").Text("configKubernetes", "pdb_master_label_selector"));
        Assert.Null(cluster.Values("postgres-operator").Text("configKubernetes", "enable_pod_disruption_budget"));
    }

    [Fact]
    public void A_small_cluster_s_databases_have_no_budget()
    {
        using var cluster = ContentCluster.Of("minimal", "community", "postgres-operator");
        cluster.BuildClean();

        Assert.Equal("false", cluster.Values("postgres-operator").Text("configKubernetes", "enable_pod_disruption_budget"));
    }

    [Fact]
    public void The_chart_s_source_is_where_the_release_looks_for_it()
    {
        using var cluster = ContentCluster.Of("ha", "community", "postgres-operator");
        cluster.BuildClean();

        var release = cluster.Read("components/postgres-operator/helmrelease.yaml");
        Assert.Equal(release.Text("metadata", "namespace"), cluster.Read("components/postgres-operator/source.yaml").Text("metadata", "namespace"));
        Assert.Null(release.Text("spec", "chart", "spec", "sourceRef", "namespace"));
    }
}
