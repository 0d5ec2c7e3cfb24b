using System.Globalization;

namespace OpenCenter.Composition.Tests.Catalogue;

public sealed class KyvernoTests
{
    public static TheoryData<string> Controllers => ["admissionController", "backgroundController", "cleanupController", "reportsController"];

    [Theory]
    [MemberData(nameof(Controllers))]
    public void A_budget_asks_for_fewer_pods_than_there_are(string controller)
    {
        using var cluster = ContentCluster.Of("ha", "community", "kyverno");
        cluster.BuildClean();

        var values = cluster.Values("kyverno");
        Assert.Equal("3", values.Text(controller, "replicas"));
        Assert.Equal("true", values.Text(controller, "podDisruptionBudget", "enabled"));
        Assert.InRange(int.Parse(values.Text(controller, "podDisruptionBudget", "minAvailable")!, CultureInfo.InvariantCulture), 1, 2);
    }

    [Theory]
    [MemberData(nameof(Controllers))]
    public void A_single_pod_has_no_budget(string controller)
    {
        using var cluster = ContentCluster.Of("minimal", "community", "kyverno");
        cluster.BuildClean();

        Assert.Null(cluster.Values("kyverno").Text(controller, "replicas"));
        Assert.Null(cluster.Values("kyverno").Text(controller, "podDisruptionBudget", "enabled"));
    }

    [Fact]
    public void The_rules_are_a_component_after_the_engine_that_brings_their_kinds()
    {
        using var cluster = ContentCluster.Of("ha", "community", "kyverno");
        cluster.BuildClean();

        Assert.Equal(["kyverno"], cluster.DependsOn("kyverno", "kyverno-rules"));
        Assert.DoesNotContain("kind: ClusterPolicy", cluster.Component("kyverno"), StringComparison.Ordinal);
        Assert.Contains("kind: ClusterPolicy", cluster.Component("kyverno-rules"), StringComparison.Ordinal);
    }

    // At admission of the rules it would be Kyverno that refuses it, in the cluster.
    [Fact]
    public void The_enforcement_is_one_that_there_is()
    {
        using var cluster = ContentCluster.Of("ha", "community", "kyverno").Item("ClusterVariable", "kyverno.enforcement", ("Value", "enforce"));

        Assert.Contains("one of Audit, Enforce", cluster.Expect("OC1022").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rules_come_before_what_they_judge_and_after_cert_manager()
    {
        using var cluster = ContentCluster.Of("ha", "community", "cert-manager", "kyverno", "rbac-manager", "sealed-secrets");
        cluster.BuildClean();

        Assert.Equal(["cert-manager"], cluster.DependsOn("kyverno", "kyverno"));
        Assert.Equal(["kyverno-rules"], cluster.DependsOn("rbac-manager", "rbac-manager"));
        Assert.Equal(["kyverno-rules"], cluster.DependsOn("sealed-secrets", "sealed-secrets"));
    }
}
