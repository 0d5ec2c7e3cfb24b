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
}
