using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

public sealed class OpentelemetryKubeStackTests
{
    private static readonly string[] Others = ["cert-manager", "kube-prometheus-stack", "loki", "prometheus-operator-crds", "tempo"];

    [Fact]
    public void No_pipeline_ends_where_everything_is_lost()
    {
        using var cluster = Cluster();
        var config = Config(cluster);

        Assert.True(config["exporters"] is YamlMap exporters && exporters["debug"] is YamlScalar { IsNull: true });
        foreach (var pipeline in ((YamlMap)((YamlMap)config["service"]!)["pipelines"]!).Entries)
        {
            var ends = ((YamlList)((YamlMap)pipeline.Value)["exporters"]!).Items.Cast<YamlScalar>().Select(name => name.Value).ToArray();

            Assert.NotEmpty(ends);
            Assert.All(ends, name => Assert.NotNull(config.Text("exporters", name, "endpoint")));
        }
    }

    [Fact]
    public void Metrics_of_applications_go_to_Mimir_where_it_is_and_else_to_a_Prometheus_that_takes_them()
    {
        using var without = Cluster();
        using var with = Cluster("mimir");

        Assert.Contains("kube-prometheus-stack-prometheus", Config(without).Text("exporters", "otlphttp/metrics", "endpoint")!, StringComparison.Ordinal);
        Assert.Equal("true", without.Values("kube-prometheus-stack").Text("prometheus", "prometheusSpec", "enableOTLPReceiver"));
        Assert.Contains("mimir-gateway", Config(with).Text("exporters", "otlphttp/metrics", "endpoint")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_the_nodes_logs_leaves_observability_restricted()
    {
        using var cluster = Cluster();

        Assert.Equal("privileged", Level("opentelemetry"));
        Assert.Equal("restricted", Level("observability"));

        string? Level(string ns) => cluster.Read($"components/namespaces/{ns}.yaml").Text("metadata", "labels", "pod-security.kubernetes.io/enforce");
    }

    private static YamlMap Config(TestCluster cluster) =>
        (YamlMap)((YamlMap)((YamlMap)cluster.Values("opentelemetry-kube-stack")["collectors"]!)["daemon"]!)["config"]!;

    private static TestCluster Cluster(params string[] more)
    {
        var cluster = PlatformCluster.With("ha", "community", ["opentelemetry-kube-stack", .. Others, .. more]).With("storage-class");
        cluster.BuildClean();
        return cluster;
    }
}
