using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class KubePrometheusStackTests(PlatformClusters clusters)
{
    private const string Component = "kube-prometheus-stack";

    [Theory]
    [InlineData("prometheus", "prometheusSpec")]
    [InlineData("alertmanager", "alertmanagerSpec")]
    public void A_budget_of_one_is_kept_by_two_on_different_nodes(string part, string spec)
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("true", cluster.Value(Component, $"{part}.podDisruptionBudget.enabled"));
        Assert.Equal("2", cluster.Value(Component, $"{part}.{spec}.replicas"));
        Assert.Equal("hard", cluster.Value(Component, $"{part}.{spec}.podAntiAffinity"));
    }

    // The chart has one operator whatever is asked for, and would keep it where it is.
    [Fact]
    public void The_operator_has_no_budget()
    {
        var cluster = clusters.Of("openstack");

        Assert.Null(cluster.Value(Component, "prometheusOperator.podDisruptionBudget.enabled"));
    }

    [Fact]
    public void Kinds_are_a_service_s_of_their_own_that_comes_first()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("false", cluster.Value(Component, "crds.enabled"));
        Assert.True(cluster.ComesAfter(Component, "prometheus-operator-crds"));
    }

    [Theory]
    [InlineData("serviceMonitorSelectorNilUsesHelmValues")]
    [InlineData("podMonitorSelectorNilUsesHelmValues")]
    [InlineData("probeSelectorNilUsesHelmValues")]
    [InlineData("ruleSelectorNilUsesHelmValues")]
    [InlineData("scrapeConfigSelectorNilUsesHelmValues")]
    public void Monitors_and_rules_of_every_release_are_read(string selector)
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("false", cluster.Value(Component, $"prometheus.prometheusSpec.{selector}"));
    }

    [Fact]
    public void What_reads_the_node_leaves_observability_restricted()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("node-exporter", cluster.Value(Component, "prometheus-node-exporter.namespaceOverride"));
        Assert.Equal("false", cluster.Value(Component, "grafana.testFramework.enabled"));

        // With a volume the chart starts a container as root, to own it.
        Assert.Null(cluster.Value(Component, "grafana.persistence.enabled"));
    }

    // prom-operator, in every cluster of the world.
    [Fact]
    public void Grafana_s_password_is_not_the_chart_s()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("", cluster.Value(Component, "grafana.adminPassword"));
    }

    [Fact]
    public void Grafana_sends_and_loads_nothing()
    {
        var cluster = clusters.Of("openstack");
        var settings = (YamlMap)((YamlMap)cluster.Values(Component)["grafana"]!)["grafana.ini"]!;

        Assert.Equal("false", settings.Text("analytics", "reporting_enabled"));
        Assert.Equal("false", settings.Text("analytics", "check_for_updates"));
        Assert.Equal("false", settings.Text("analytics", "check_for_plugin_updates"));
        Assert.Equal("true", settings.Text("plugins", "preinstall_disabled"));
    }

    // Names follow from the releases' own: a release that is named otherwise takes its data source with it.
    [Theory]
    [InlineData("Loki", "loki", "http://{0}-gateway.{1}.svc.cluster.local")]
    [InlineData("Mimir", "mimir", "http://{0}-gateway.{1}.svc.cluster.local/prometheus")]
    [InlineData("Tempo", "tempo", "http://{0}-query-frontend.{1}.svc.cluster.local:3200")]
    public void A_data_source_is_the_service_that_the_release_makes(string name, string component, string url)
    {
        var cluster = clusters.Of("openstack");
        var release = cluster.Read($"components/{component}/helmrelease.yaml");
        var source = ((YamlList)((YamlMap)cluster.Values(Component)["grafana"]!)["additionalDataSources"]!).Items.Cast<YamlMap>().Single(source => source.Text("name") == name);

        Assert.Equal(string.Format(null, url, release.Text("spec", "releaseName"), release.Text("spec", "targetNamespace")), source.Text("url"));
        Assert.Equal(component, source.Text("uid"));
    }

    [Fact]
    public void Prometheus_writes_to_the_Mimir_that_is_there_and_each_of_two_says_which_it_is()
    {
        var cluster = clusters.Of("openstack");
        var spec = (YamlMap)((YamlMap)cluster.Values(Component)["prometheus"]!)["prometheusSpec"]!;

        Assert.Equal("http://mimir-gateway.observability.svc.cluster.local/api/v1/push", ((YamlMap)((YamlList)spec["remoteWrite"]!).Items.Single()).Text("url"));
        Assert.Equal("__replica__", spec.Text("replicaExternalLabelName"));
        Assert.Equal("true", cluster.Value("mimir", "mimir.structuredConfig.distributor.ha_tracker.enable_ha_tracker"));
        Assert.Equal("true", cluster.Value("mimir", "mimir.structuredConfig.limits.accept_ha_samples"));
    }
}
