namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class MimirTests(PlatformClusters clusters)
{
    public static TheoryData<string, string> Caches
    {
        get
        {
            var caches = new TheoryData<string, string>();
            foreach (var cache in (string[])["chunks-cache", "index-cache", "metadata-cache", "results-cache"])
            {
                caches.Add("ha", cache);
                caches.Add("minimal", cache);
            }

            return caches;
        }
    }

    // Of what is off the size has no effect.
    [Theory]
    [MemberData(nameof(Caches))]
    public void A_cache_has_a_size_only_where_it_is_on(string profile, string cache)
    {
        var cluster = clusters.Of("openstack", profile);

        Assert.Equal(profile == "ha" ? "true" : null, cluster.Value("mimir", $"{cache}.enabled"));
        if (profile == "minimal")
        {
            Assert.Null(cluster.Values("mimir")[cache]);
        }
    }

    // MinIO's password everybody knows, and its pods keep the namespace from being restricted; the one Kafka is a demonstration.
    [Theory]
    [InlineData("minio.enabled")]
    [InlineData("kafka.enabled")]
    [InlineData("rollout_operator.enabled")]
    public void What_the_chart_brings_to_be_tried_is_off(string part)
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("false", cluster.Value("mimir", part));
    }

    // Without the Kafka the ingesters take what the distributors send, or nobody does.
    [Fact]
    public void What_is_written_arrives()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("false", cluster.Value("mimir", "mimir.structuredConfig.ingest_storage.enabled"));
        Assert.Equal("true", cluster.Value("mimir", "mimir.structuredConfig.ingester.push_grpc_method_enabled"));
        Assert.Equal("s3", cluster.Value("mimir", "mimir.structuredConfig.common.storage.backend"));
    }

    // Zones ask for the rollout operator, which would stand before every scaling of the namespace.
    [Theory]
    [InlineData("ingester")]
    [InlineData("store_gateway")]
    public void There_are_no_zones_without_who_rolls_them_out(string part)
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("false", cluster.Value("mimir", $"{part}.zoneAwareReplication.enabled"));
    }

    [Fact]
    public void What_is_older_than_the_retention_is_deleted()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("1y", cluster.Value("mimir", "mimir.structuredConfig.limits.compactor_blocks_retention_period"));
    }

    // With three copies asked for, one ingester would refuse every sample.
    [Fact]
    public void One_ingester_is_asked_for_one_copy()
    {
        var cluster = clusters.Of("openstack", "minimal");

        Assert.Equal("1", cluster.Value("mimir", "ingester.replicas"));
        Assert.Equal("1", cluster.Value("mimir", "mimir.structuredConfig.ingester.ring.replication_factor"));
    }
}
