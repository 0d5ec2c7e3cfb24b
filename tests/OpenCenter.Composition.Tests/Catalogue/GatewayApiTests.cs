using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class GatewayApiTests(PlatformClusters clusters)
{
    [Fact]
    public void The_class_comes_after_its_kinds_and_gateways_after_the_class()
    {
        using var cluster = ContentCluster.Of("ha", "community", "gateway-api")
            .File("resources/gateway-api/gateway.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: public, namespace: envoy-gateway-system}\nspec: {gatewayClassName: envoy, listeners: [{name: http, protocol: HTTP, port: 80}]}\n");
        cluster.BuildClean();

        Assert.Equal(["gateway-api"], cluster.DependsOn("gateway-api", "gateway-api-class"));
        Assert.Equal(["gateway-api-class"], cluster.DependsOn("gateway-api", "gateway-api-resources"));
    }

    // A Secret of another name would be optional, and never read.
    [Fact]
    public void An_override_is_in_a_Secret_that_the_release_reads()
    {
        using var cluster = ContentCluster.Of("ha", "community", "gateway-api").Property("FluxValuesMode", "Layered").File("values/envoy-gateway.yaml", "deployment:\n  replicas: 3\n");
        cluster.BuildClean();
        var written = ((YamlList)cluster.Read("components/gateway-api/kustomization.yaml")["secretGenerator"]!).Items.Cast<YamlMap>().Select(secret => secret.Text("name")!).ToArray();
        var read = ((YamlList)((YamlMap)cluster.Read("components/gateway-api/helmrelease.yaml")["spec"]!)["valuesFrom"]!).Items.Cast<YamlMap>().Select(secret => secret.Text("name")!);

        Assert.Contains("envoy-gateway-api-values-override", written);
        Assert.Equal(read.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    // The chart's registry is the control plane's, not the proxies'.
    [SkippableTheory]
    [InlineData("community", null)]
    [InlineData("enterprise", "registry.example.com/envoyproxy/envoy")]
    public void Proxies_are_from_the_private_registry_in_the_enterprise_edition(string edition, string? image)
    {
        Needs.Kubectl();
        var cluster = clusters.Of("openstack", edition: edition);

        var deployment = Deployment(Kustomize.Object(cluster, "gateway-api-class", "EnvoyProxy"));
        Assert.Equal(image, deployment.Text("container", "imageRepository"));
        Assert.NotNull(deployment.Text("container", "resources", "limits", "memory"));
    }

    [SkippableFact]
    public void Of_two_proxies_a_drained_node_takes_one()
    {
        Needs.Kubectl();
        var cluster = clusters.Of("openstack");
        var proxy = Kustomize.Object(cluster, "gateway-api-class", "EnvoyProxy");

        Assert.Equal("2", Deployment(proxy).Text("replicas"));
        Assert.Equal("1", proxy.Text("spec", "provider", "kubernetes", "envoyPDB", "minAvailable"));
    }

    private static YamlMap Deployment(YamlMap proxy) => (YamlMap)((YamlMap)((YamlMap)((YamlMap)proxy["spec"]!)["provider"]!)["kubernetes"]!)["envoyDeployment"]!;
}
