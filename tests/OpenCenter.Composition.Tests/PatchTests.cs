namespace OpenCenter.Composition.Tests;

/// <summary>What is checked is what a cluster gets: objects as patches leave them.</summary>
public sealed class PatchTests : IDisposable
{
    private const string Own = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";
    private const string Deployment = "spec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec:\n      containers:\n      - {name: web, image: \"web:1\", env: [{name: A, value: a}]}\n      - {name: log, image: \"log:1\"}\n";

    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_reference_that_a_strategic_merge_patch_brings_is_followed_and_has_its_place()
    {
        Web().File("patches/alpha/p.yaml", TestCluster.Manifest("Deployment", "web", apiVersion: "apps/v1", rest:
            "spec:\n  template:\n    spec:\n      containers:\n      - name: web\n        envFrom:\n        - secretRef: {name: nobody}\n"));

        Found("patches/alpha/p.yaml", 11, "spec.template.spec.containers[].envFrom[].secretRef names v1/Secret/alpha/nobody");
    }

    [Theory]
    [InlineData("- {op: add, path: /spec/template/spec/serviceAccountName, value: nobody}", "spec.template.spec.serviceAccountName names v1/ServiceAccount/alpha/nobody")]
    [InlineData("- {op: add, path: /spec/template/spec/containers/0/env/-, value: {name: B, valueFrom: {secretKeyRef: {name: nobody, key: b}}}}", "names v1/Secret/alpha/nobody")]
    [InlineData("- {op: replace, path: /spec/template/spec/containers/1, value: {name: log, envFrom: [{configMapRef: {name: nobody}}]}}", "names v1/ConfigMap/alpha/nobody")]
    public void A_reference_that_a_JSON_patch_brings_is_followed(string operation, string text)
    {
        Web().File("patches/alpha/p.yaml", $"target: {{kind: Deployment, name: w.*}}\npatch: |\n  {operation}\n");

        Found("patches/alpha/p.yaml", 2, text);
    }

    [Theory]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {serviceAccountName: null}}}\n")]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {$patch: replace, containers: [{name: web, image: \"web:1\"}]}}}\n")]
    [InlineData("$patch: delete\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n")]
    [InlineData("target: {kind: Deployment}\npatch: |\n  - {op: remove, path: /spec/template/spec/serviceAccountName}\n")]
    [InlineData("target: {kind: Deployment}\npatch: |\n  - {op: replace, path: /spec/template/spec/serviceAccountName, value: default}\n")]
    [InlineData("target: {kind: Deployment}\npatch: |\n  - {op: move, from: /spec/template/spec/serviceAccountName, path: /spec/template/spec/nodeName}\n")]
    [InlineData("target: {kind: Deployment}\npatch: |\n  - {op: test, path: /spec/template/spec/serviceAccountName, value: nobody}\n  - {op: copy, from: /metadata/name, path: /spec/template/spec/serviceAccountName}\n")]
    public void A_reference_that_a_patch_takes_away_is_no_error(string patch)
    {
        Web("      serviceAccountName: nobody\n", ("manifests/account.yaml", TestCluster.Manifest("ServiceAccount", "web")));
        _cluster.Expect("OC4012");

        _cluster.File("patches/alpha/p.yaml", patch).BuildClean();
    }

    [Fact]
    public void Lists_that_have_a_key_are_merged_by_it()
    {
        Web("      volumes: [{name: one, configMap: {name: nobody}}]\n").File("patches/alpha/p.yaml", TestCluster.Manifest("Deployment", "web", apiVersion: "apps/v1", rest:
            "spec: {template: {spec: {volumes: [{name: two, emptyDir: {}}], containers: [{name: log, $patch: delete}]}}}\n"));
        _cluster.Expect("OC4012");

        _cluster.File("patches/alpha/p.yaml", TestCluster.Manifest("Deployment", "web", apiVersion: "apps/v1", rest: "spec: {template: {spec: {volumes: [{name: one, $patch: delete}]}}}\n")).BuildClean();
    }

    /// <summary>Of Flux's kinds kustomize knows no merge keys.</summary>
    [Fact]
    public void Lists_of_custom_kinds_are_replaced()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha") + "\n    spec: {valuesFrom: [{kind: Secret, name: nobody}]}");
        _cluster.Expect("OC4012");

        _cluster.File("patches/alpha/p.yaml", TestCluster.Manifest("HelmRelease", "alpha", apiVersion: "helm.toolkit.fluxcd.io/v2", rest: "spec: {valuesFrom: []}\n")).BuildClean();
    }

    [Fact]
    public void Webhooks_are_merged_by_their_names()
    {
        const string Hooks = "webhooks: [{name: a.example.com, sideEffects: None, admissionReviewVersions: [v1], clientConfig: {service: {name: nobody, namespace: alpha}}}]\n";
        _cluster.Service("alpha", files: [("manifests/hooks.yaml", TestCluster.Manifest("ValidatingWebhookConfiguration", "hooks", apiVersion: "admissionregistration.k8s.io/v1", rest: Hooks))])
            .File("patches/alpha/p.yaml", TestCluster.Manifest("ValidatingWebhookConfiguration", "hooks", apiVersion: "admissionregistration.k8s.io/v1", rest: "webhooks: [{name: a.example.com, failurePolicy: Ignore}]\n"));

        Found("manifests/hooks.yaml", 5, "webhooks[].clientConfig.service names v1/Service/alpha/nobody");
    }

    [Fact]
    public void A_patch_of_the_folders_own_kustomization_counts()
    {
        _cluster.Service("alpha")
            .File("applications/shop/kustomization.yaml", $"{Own}namespace: shop\nresources: [web.yaml]\npatches:\n- path: p.yaml\n- target: {{kind: Deployment}}\n  patch: '[{{op: add, path: /spec/template/spec/priorityClassName, value: nobody}}]'\n")
            .File("applications/shop/web.yaml", TestCluster.Manifest("Deployment", "web", apiVersion: "apps/v1", rest: Deployment))
            .File("applications/shop/p.yaml", TestCluster.Manifest("Deployment", "web", apiVersion: "apps/v1", rest: "spec: {template: {spec: {serviceAccountName: nobody}}}\n"));

        var found = _cluster.Build().Diagnostics.Where(diagnostic => diagnostic.Code == "OC4012").ToArray();

        Assert.Equal([("kustomization.yaml", 8), ("p.yaml", 5)], found.Select(diagnostic => (Path.GetFileName(diagnostic.Place!.Value.File), diagnostic.Place.Value.Line)));
    }

    [Theory]
    [InlineData("beta", true)]
    [InlineData("gamma", false)]
    [InlineData("thing", true)]
    public void A_variant_goes_with_the_service_or_capability_of_its_name(string with, bool applies)
    {
        using var cluster = new TestCluster().Service("beta", TestCluster.DefaultSpec("beta", "provides: [thing]")).Service("alpha", files:
        [
            ("variants/ha/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [first.yaml]\n"),
            ("variants/ha/first.yaml", TestCluster.Manifest("ConfigMap", "first", "alpha")),
            ($"variants/with/{with}/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [more.yaml]\n"),
            ($"variants/with/{with}/more.yaml", TestCluster.Manifest("ConfigMap", "more", "alpha")),
        ]);

        cluster.BuildClean();

        Assert.Equal(applies, cluster.Tree("components/alpha/kustomization.yaml").Contains($"components:\n- variants/ha\n- variants/with/{with}\n", StringComparison.Ordinal));
        Assert.Equal(applies, File.Exists(Path.Combine(cluster.TreePath, $"components/alpha/variants/with/{with}/more.yaml")));
    }

    [Fact]
    public void A_variants_patch_counts_for_what_stands_beside_it()
    {
        Web(files:
        [
            ("variants/ha/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- path: p.yaml\n"),
            ("variants/ha/p.yaml", TestCluster.Manifest("Deployment", "web", apiVersion: "apps/v1", rest: "spec: {template: {spec: {serviceAccountName: nobody}}}\n")),
        ]);

        Found("variants/ha/p.yaml", 5, "spec.template.spec.serviceAccountName names v1/ServiceAccount/alpha/nobody");
    }

    private TestCluster Web(string pod = "", params (string Path, string Text)[] files) =>
        _cluster.Service("alpha", files: [("manifests/web.yaml", TestCluster.Manifest("Deployment", "web", apiVersion: "apps/v1", rest: Deployment + pod)), .. files]);

    private void Found(string file, int line, string text)
    {
        var found = _cluster.Expect("OC4012");

        Assert.Contains(text, found.Message, StringComparison.Ordinal);
        Assert.EndsWith(file, found.Place!.Value.File, StringComparison.Ordinal);
        Assert.Equal(line, found.Place.Value.Line);
    }
}
