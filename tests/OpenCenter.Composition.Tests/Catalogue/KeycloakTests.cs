using System.Globalization;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

public sealed class KeycloakTests
{
    private static TestCluster Cluster(string profile, string edition) => ContentCluster
        .Of(profile, edition, "kyverno", "keycloak", "postgres-operator", "rbac-manager").With("storage-class").With("gateway");

    [SkippableFact]
    public void Three_instances_and_three_databases_on_different_nodes()
    {
        Needs.Kubectl();
        using var cluster = Cluster("ha", "community");
        cluster.BuildClean();

        Assert.Equal("3", Kustomize.Object(cluster, "keycloak", "Keycloak").Text("spec", "instances"));
        Assert.Equal("3", Kustomize.Object(cluster, "keycloak-postgres", "postgresql").Text("spec", "numberOfInstances"));
        Assert.Equal("true", cluster.Values("postgres-operator").Text("configKubernetes", "enable_pod_antiaffinity"));
        Assert.Equal("1", Kustomize.Object(cluster, "keycloak", "PodDisruptionBudget").Text("spec", "maxUnavailable"));
    }

    [Fact]
    public void The_image_of_a_private_registry_is_the_operators_version()
    {
        using var cluster = Cluster("ha", "enterprise");
        cluster.BuildClean();

        Assert.Contains($"registry.example.com/keycloak/keycloak:{ContentCluster.Version("keycloak")}", cluster.Component("keycloak"), StringComparison.Ordinal);
    }

    // Spilo takes 100 connections at the memory that the database has.
    [SkippableFact]
    public void The_pools_of_all_instances_fit_the_database()
    {
        Needs.Kubectl();
        using var cluster = Cluster("ha", "community");
        cluster.BuildClean();

        var keycloak = Kustomize.Object(cluster, "keycloak", "Keycloak");
        Assert.InRange(Number(keycloak.Text("spec", "instances")) * Number(keycloak.Text("spec", "db", "poolMaxSize")), 1, 99);
    }

    // A subscription whose plan waits for a person would keep the instance from its kind for ever.
    [Fact]
    public void The_operator_is_the_pinned_manifests_of_the_same_version_and_needs_nobody_s_approval()
    {
        using var cluster = Cluster("ha", "enterprise");
        cluster.BuildClean();

        var source = cluster.ReadAll("services/keycloak.yaml").Single(item => item.Text("kind") == "GitRepository");
        Assert.Equal(ContentCluster.Version("keycloak"), source.Text("spec", "ref", "tag"));
        Assert.DoesNotContain("Subscription", string.Concat(Directory.EnumerateFiles(ContentCluster.Folder("keycloak"), "*.yaml", SearchOption.AllDirectories).Select(File.ReadAllText)), StringComparison.Ordinal);
        Assert.EndsWith($"/keycloak/keycloak:{ContentCluster.Version("keycloak")}\"\n        startOptimized: false\n", cluster.Tree("components/keycloak/variants/enterprise/kustomization.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Database_operator_instance_and_roles_come_one_after_the_other()
    {
        using var cluster = Cluster("ha", "community");
        cluster.BuildClean();

        Assert.Equal(["postgres-operator"], cluster.DependsOn("keycloak", "keycloak-postgres"));
        Assert.Equal(["keycloak-postgres"], cluster.DependsOn("keycloak", "keycloak-operator"));
        Assert.Equal(["keycloak-operator"], cluster.DependsOn("keycloak", "keycloak"));
        Assert.Equal(["keycloak", "rbac-manager"], cluster.DependsOn("keycloak", "keycloak-oidc-rbac"));
    }

    // The operator sets none of it.
    [Fact]
    public void The_instance_s_pods_run_without_privileges()
    {
        using var cluster = Cluster("minimal", "community");
        cluster.BuildClean();

        var pod = (YamlMap)((YamlMap)((YamlMap)((YamlMap)cluster.Read("components/keycloak/manifests/keycloak.yaml")["spec"]!)["unsupported"]!)["podTemplate"]!)["spec"]!;
        var container = (YamlMap)((YamlMap)((YamlList)pod["containers"]!).Items.Single())["securityContext"]!;
        Assert.Equal("true", pod.Text("securityContext", "runAsNonRoot"));
        Assert.Equal("RuntimeDefault", pod.Text("securityContext", "seccompProfile", "type"));
        Assert.Equal("false", container.Text("allowPrivilegeEscalation"));
        Assert.Equal("ALL", ((YamlScalar)((YamlList)((YamlMap)container["capabilities"]!)["drop"]!).Items.Single()).Value);
    }

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);
}
