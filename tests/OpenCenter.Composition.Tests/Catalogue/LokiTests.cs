using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class LokiTests(PlatformClusters clusters)
{
    // The chart renders with neither of them left out.
    [Theory]
    [InlineData("ha", "s3")]
    [InlineData("minimal", "filesystem")]
    public void It_renders_and_reads_from_where_it_writes(string profile, string store)
    {
        var cluster = clusters.Of("openstack", profile);
        var loki = (YamlMap)cluster.Values("loki")["loki"]!;

        Assert.Equal(store == "s3" ? "prod-loki-chunks" : null, loki.Text("storage", "bucketNames", "chunks"));
        Assert.Equal(store == "s3" ? null : store, loki.Text("storage", "type"));
        Assert.Equal(store, ((YamlMap)((YamlList)((YamlMap)loki["schemaConfig"]!)["configs"]!).Items.Single()).Text("object_store"));
        Assert.Equal(store, loki.Text("compactor", "delete_request_store"));
    }

    [Fact]
    public void A_small_cluster_needs_no_bucket()
    {
        using var cluster = ContentCluster.Of("minimal", "community", "loki").With("storage-class");

        cluster.BuildClean();
        Assert.DoesNotContain("loki-credentials", cluster.Component("loki"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_older_than_the_retention_is_deleted()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("744h", cluster.Value("loki", "loki.limits_config.retention_period"));
        Assert.Equal("true", cluster.Value("loki", "loki.compactor.retention_enabled"));
    }

    [Fact]
    public void Every_pod_is_restricted()
    {
        var cluster = clusters.Of("openstack");

        Assert.All((string[])["loki", "gateway", "memcached"], part => Assert.Equal("RuntimeDefault", cluster.Value("loki", $"{part}.podSecurityContext.seccompProfile.type")));
        Assert.Equal("false", cluster.Value("loki", "test.enabled"));
    }

    // The chart's own store for objects, whose password everybody knows.
    [Fact]
    public void No_MinIO_comes_with_it()
    {
        var cluster = clusters.Of("openstack");

        Assert.Null(cluster.Values("loki")["minio"]);
    }

    [Fact]
    public void A_small_cluster_has_one_pod_that_waits_for_no_other()
    {
        var cluster = clusters.Of("openstack", "minimal");

        Assert.Equal("SingleBinary", cluster.Value("loki", "deploymentMode"));
        Assert.Equal("1", cluster.Value("loki", "loki.commonConfig.replication_factor"));
        Assert.All((string[])["write", "read", "backend"], part => Assert.Equal("0", cluster.Value("loki", $"{part}.replicas")));
    }
}
