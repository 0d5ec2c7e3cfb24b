using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class TempoTests(PlatformClusters clusters)
{
    [Fact]
    public void Traces_get_in_and_are_kept_where_every_pod_finds_them()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("true", cluster.Value("tempo", "traces.otlp.grpc.enabled"));
        Assert.Equal("true", cluster.Value("tempo", "traces.otlp.http.enabled"));
        Assert.Equal("s3", cluster.Value("tempo", "storage.trace.backend"));
        Assert.Equal("true", cluster.Value("tempo", "ingester.persistence.enabled"));
        Assert.Null(cluster.Values("tempo")["minio"]);
    }

    [Fact]
    public void What_is_older_than_the_retention_is_deleted()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("336h", cluster.Value("tempo", "compactor.config.compaction.block_retention"));
    }

    [Fact]
    public void Its_pods_are_restricted()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("RuntimeDefault", cluster.Value("tempo", "tempo.podSecurityContext.seccompProfile.type"));
    }

    [Fact]
    public void The_monitor_of_the_cache_finds_its_exporter()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("true", cluster.Value("tempo", "metaMonitoring.serviceMonitor.enabled"));
        Assert.Equal("true", cluster.Value("tempo", "memcachedExporter.enabled"));
    }

    // The chart's generator has no processor, and writes nowhere.
    [Fact]
    public void The_generator_runs_where_its_metrics_are_kept_and_makes_some()
    {
        var with = clusters.Of("openstack");
        using var without = PlatformCluster.With("ha", "community", "tempo").With("storage-class");
        without.BuildClean();
        var written = ((YamlList)((YamlMap)((YamlMap)((YamlMap)with.Values("tempo")["metricsGenerator"]!)["config"]!)["storage"]!)["remote_write"]!).Items.Cast<YamlMap>().Single();

        Assert.Equal("true", with.Value("tempo", "metricsGenerator.enabled"));
        Assert.Equal("http://mimir-gateway.observability.svc.cluster.local/api/v1/push", written.Text("url"));
        Assert.NotEmpty(((YamlList)((YamlMap)((YamlMap)((YamlMap)with.Values("tempo")["overrides"]!)["defaults"]!)["metrics_generator"]!)["processors"]!).Items);
        Assert.Null(without.Value("tempo", "metricsGenerator.enabled"));
    }

    [Fact]
    public void A_small_cluster_without_the_cache_asks_none()
    {
        var cluster = clusters.Of("openstack", "minimal");

        Assert.Equal("false", cluster.Value("tempo", "memcached.enabled"));
        Assert.True(((YamlMap)cluster.Values("tempo")["cache"]!)["caches"] is YamlList { Items.IsEmpty: true });
        Assert.Equal("1", cluster.Value("tempo", "ingester.config.replication_factor"));
    }
}
