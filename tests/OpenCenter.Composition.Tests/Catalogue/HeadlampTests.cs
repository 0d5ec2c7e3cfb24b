namespace OpenCenter.Composition.Tests.Catalogue;

public sealed class HeadlampTests
{
    [Fact]
    public void It_has_no_rights_of_its_own()
    {
        using var cluster = ContentCluster.Of("ha", "community", "headlamp");
        cluster.BuildClean();

        Assert.Equal("false", cluster.Values("headlamp").Text("clusterRoleBinding", "create"));
    }

    // A login lives in the memory of the pod that began it.
    [Fact]
    public void One_pod_answers_so_that_a_login_ends_where_it_began()
    {
        using var cluster = WithLogin();
        cluster.BuildClean();

        Assert.Null(cluster.Values("headlamp").Text("replicaCount"));
    }

    [Fact]
    public void The_client_comes_from_a_Secret_of_the_cluster_where_there_is_an_identity_provider()
    {
        using var without = ContentCluster.Of("ha", "community", "headlamp");
        using var with = WithLogin();
        without.BuildClean();
        with.BuildClean();

        Assert.Null(without.Values("headlamp").Text("config", "oidc", "externalSecret", "enabled"));
        Assert.Equal("headlamp-oidc", with.Values("headlamp").Text("config", "oidc", "externalSecret", "name"));
        Assert.Equal("false", with.Values("headlamp").Text("config", "oidc", "secret", "create"));
    }

    private static TestCluster WithLogin() => ContentCluster.Of("ha", "community", "headlamp").With("oidc").Item("ClusterExternal", "v1/Secret/headlamp/headlamp-oidc");
}
