namespace OpenCenter.Composition.Tests;

/// <summary>Folders that bring a kustomization.yaml of their own.</summary>
public sealed class KustomizationTests : IDisposable
{
    private const string Own = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";

    private readonly TestCluster _cluster = new TestCluster().Service("app");

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("resources: [../other]")]
    [InlineData("resources: [https://example.com/x.yaml]")]
    [InlineData("components: [../../other]")]
    [InlineData("patches: [{path: ../p.yaml}]")]
    [InlineData("openapi: {path: /etc/schema.json}")]
    [InlineData("configMapGenerator: [{name: x, files: [key=../../secret]}]")]
    [InlineData("secretGenerator: [{name: x, envs: [../.env]}]")]
    [InlineData("transformers: [../t.yaml]")]
    public void Nothing_leads_out_of_the_folder(string line)
    {
        _cluster.File("resources/app/kustomization.yaml", $"{Own}{line}\n");

        Assert.Equal(3, _cluster.Expect("OC4009").Place!.Value.Line);
    }

    [Theory]
    [InlineData("absent.yaml", "OC4010")]
    [InlineData("data.json", "OC4020")]
    public void A_resource_is_a_YAML_file_of_the_folder(string resource, string code)
    {
        _cluster.File("resources/app/kustomization.yaml", $"{Own}resources:\n- {resource}\n").File("resources/app/data.json", "{}");

        Assert.Equal(4, _cluster.Expect(code).Place!.Value.Line);
    }

    [Fact]
    public void An_object_that_nothing_gives_a_namespace_is_an_error()
    {
        _cluster.File("resources/app/kustomization.yaml", $"{Own}resources: [a.yaml]\n").File("resources/app/a.yaml", TestCluster.Manifest("ConfigMap", "a"));
        Assert.EndsWith("a.yaml", _cluster.Expect("OC4003").Place!.Value.File, StringComparison.Ordinal);

        _cluster.File("resources/app/kustomization.yaml", $"{Own}namespace: app\nresources: [./a.yaml]\n").BuildClean();
    }

    [Fact]
    public void A_packages_own_kustomization_gets_the_services_namespace()
    {
        using var cluster = new TestCluster().Service("app", files:
        [
            ("manifests/kustomization.yaml", $"{Own}resources: [a.yaml]\n"),
            ("manifests/a.yaml", TestCluster.Manifest("ConfigMap", "a")),
        ]);

        cluster.BuildClean();

        Assert.Contains("value: app", cluster.Tree("components/app/kustomization.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_in_an_encrypted_patch_is_an_error()
    {
        _cluster.File("patches/app/p.yaml", "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: app\nspec:\n  x: ${cluster.name}\nsops:\n  mac: ENC[x]\n");

        Assert.Equal(6, _cluster.Expect("OC1020").Place!.Value.Line);
    }

    [Fact]
    public void A_namespace_that_it_sets_counts_for_every_object_and_for_what_they_name()
    {
        _cluster.File("applications/shop/kustomization.yaml", $"{Own}namespace: store\nresources: [all.yaml]\n")
            .File("applications/shop/all.yaml", Join(
                TestCluster.Manifest("Namespace", "shop", rest: "").Replace("  name: shop\n", "  name: shop\n  labels: {pod-security.kubernetes.io/enforce: baseline}\n", StringComparison.Ordinal),
                TestCluster.Manifest("ServiceAccount", "web", "elsewhere"),
                TestCluster.Manifest("ClusterRoleBinding", "web", apiVersion: "rbac.authorization.k8s.io/v1", rest:
                    "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\nsubjects: [{kind: ServiceAccount, name: web, namespace: elsewhere}]\n")));

        _cluster.BuildClean();
    }

    [Fact]
    public void A_namespace_that_it_sets_is_an_error_for_what_is_cluster_wide_and_kustomize_does_not_know()
    {
        _cluster.File("resources/app/kustomization.yaml", $"{Own}resources: [issuer.yaml]\nnamespace: app\n")
            .File("resources/app/issuer.yaml", TestCluster.Manifest("ClusterIssuer", "all", apiVersion: "cert-manager.io/v1", rest: "spec: {selfSigned: {}}\n"));

        var found = _cluster.Expect("OC4021");

        Assert.Equal((_cluster.PathOf("resources/app/kustomization.yaml"), 4, 12), (found.Place!.Value.File, found.Place.Value.Line, found.Place.Value.Column));
        Assert.Contains("ClusterIssuer 'all' is cluster-wide and can't be in the namespace 'app'", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_its_generators_make_can_be_named()
    {
        _cluster.File("applications/shop/kustomization.yaml", $"{Own}namespace: shop\nresources: [web.yaml]\nconfigMapGenerator: [{{name: web, files: [web.conf]}}]\n")
            .File("applications/shop/web.conf", "x").File("applications/shop/web.yaml", Pod("web"));

        _cluster.BuildClean();
    }

    [Fact]
    public void Two_of_what_generators_make_are_an_error()
    {
        _cluster.File("resources/app/kustomization.yaml", $"{Own}namespace: app\nconfigMapGenerator:\n- {{name: web, literals: [a=b]}}\n")
            .File("applications/shop/web.yaml", TestCluster.Manifest("ConfigMap", "web", "app"));

        Assert.Contains("ConfigMap 'app/web' stands twice", _cluster.Expect("OC4004").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prefix_renames_what_it_lists_and_what_that_names()
    {
        _cluster.File("applications/shop/kustomization.yaml", $"{Own}namespace: shop\nnamePrefix: blue-\nresources: [all.yaml]\n")
            .File("applications/shop/all.yaml", Join(Pod("web"), TestCluster.Manifest("ConfigMap", "web")))
            .File("applications/other/pod.yaml", Pod("blue-web").Replace("  name: web\n", "  name: other\n  namespace: shop\n", StringComparison.Ordinal));

        _cluster.BuildClean();
    }

    private static string Pod(string configMap) => TestCluster.Manifest("Pod", "web", rest:
        $"spec:\n  containers: [{{name: web, image: \"web:1\"}}]\n  volumes: [{{name: config, configMap: {{name: {configMap}}}}}]\n");

    private static string Join(params string[] documents) => string.Join("---\n", documents);
}
