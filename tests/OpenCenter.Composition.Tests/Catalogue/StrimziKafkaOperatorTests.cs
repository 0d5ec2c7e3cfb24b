using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

public sealed class StrimziKafkaOperatorTests
{
    // A frozen tag would run the old operator on the new chart's kinds.
    [Fact]
    public void The_operator_s_version_is_the_chart_s()
    {
        using var cluster = ContentCluster.Of("ha", "enterprise", "strimzi-kafka-operator");
        cluster.BuildClean();

        Assert.Null(cluster.Values("strimzi-kafka-operator").Text("defaultImageTag"));
    }

    [Fact]
    public void Two_operators_have_a_budget_and_one_has_none()
    {
        using var ha = ContentCluster.Of("ha", "community", "strimzi-kafka-operator");
        using var minimal = ContentCluster.Of("minimal", "community", "strimzi-kafka-operator");
        ha.BuildClean();
        minimal.BuildClean();

        Assert.Equal("2", ha.Values("strimzi-kafka-operator").Text("replicas"));
        Assert.Equal("true", ha.Values("strimzi-kafka-operator").Text("podDisruptionBudget", "enabled"));
        Assert.Null(minimal.Values("strimzi-kafka-operator").Text("replicas"));
        Assert.Null(minimal.Values("strimzi-kafka-operator").Text("podDisruptionBudget", "enabled"));
    }

    [Fact]
    public void The_pods_that_it_makes_are_as_restricted_as_the_namespace()
    {
        using var cluster = ContentCluster.Of("ha", "community", "strimzi-kafka-operator");
        cluster.BuildClean();

        var environment = ((YamlList)cluster.Values("strimzi-kafka-operator")["extraEnvs"]!).Items.Cast<YamlMap>();
        Assert.Contains(environment, entry => entry.Text("name") == "STRIMZI_POD_SECURITY_PROVIDER_CLASS" && entry.Text("value") == "restricted");
        Assert.Contains("pod-security.kubernetes.io/enforce: restricted", cluster.Component("namespaces"), StringComparison.Ordinal);
    }

    // In today's clusters the override's Secret has a name that the release does not read.
    [Fact]
    public void The_release_reads_the_Secrets_of_its_tiers_by_the_names_that_they_have()
    {
        using var cluster = ContentCluster.Of("ha", "community", "strimzi-kafka-operator").Property("FluxValuesMode", "Layered").File("values/strimzi-kafka-operator.yaml", "logLevel: WARN\n");
        cluster.BuildClean();

        var made = ((YamlList)cluster.Read("components/strimzi-kafka-operator/kustomization.yaml")["secretGenerator"]!).Items.Select(item => ((YamlMap)item).Text("name"));
        var read = ((YamlList)((YamlMap)cluster.Read("components/strimzi-kafka-operator/helmrelease.yaml")["spec"]!)["valuesFrom"]!).Items.Cast<YamlMap>();
        Assert.Equal(["kafka-api-values-base", "kafka-api-values-override"], read.Select(item => item.Text("name")));
        Assert.All(read, item => Assert.Null(item["optional"]));
        Assert.Equal(made.Order(StringComparer.Ordinal), read.Select(item => item.Text("name")).Order(StringComparer.Ordinal));
    }
}
