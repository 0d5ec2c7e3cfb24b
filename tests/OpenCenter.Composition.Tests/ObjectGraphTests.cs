namespace OpenCenter.Composition.Tests;

/// <summary>What objects name is there, and there in time.</summary>
public sealed class ObjectGraphTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void A_namespace_that_is_nothing_is_none_and_given_as_to_any_other(string nothing)
    {
        _cluster.Service("alpha").File("resources/alpha/x.yaml", TestCluster.Manifest("ConfigMap", "x", nothing)).BuildClean();

        Assert.Contains("value: alpha", _cluster.Tree("components/alpha-resources/kustomization.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spec: {template: {spec: {serviceAccountName: nobody, containers: [{name: web, image: web:1}]}}}", "spec.template.spec.serviceAccountName", "ServiceAccount/shop/nobody")]
    [InlineData("spec: {template: {spec: {containers: [{name: web, image: web:1, envFrom: [{secretRef: {name: db}}]}]}}}", "spec.template.spec.containers[].envFrom[].secretRef", "Secret/shop/db")]
    [InlineData("spec: {template: {spec: {containers: [{name: web, image: web:1}], volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]}}}", "spec.template.spec.volumes[].persistentVolumeClaim.claimName", "PersistentVolumeClaim/shop/data")]
    public void A_pod_that_names_what_is_not_there_is_an_error_at_its_place(string spec, string field, string target)
    {
        _cluster.Service("alpha").File("applications/shop/web.yaml", TestCluster.Manifest("Deployment", "web", apiVersion: "apps/v1", rest: spec + "\n"));

        var found = _cluster.Expect("OC4012");

        Assert.Contains(field, found.Message, StringComparison.Ordinal);
        Assert.Contains(target, found.Message, StringComparison.Ordinal);
        Assert.Equal(_cluster.PathOf("applications/shop/web.yaml"), found.Place!.Value.File);
        Assert.Equal(5, found.Place.Value.Line);
    }

    [Theory]
    [InlineData("helm.toolkit.fluxcd.io/v2", "HelmRelease", "{interval: 5m, chartRef: {kind: OCIRepository, name: nobody}}", "spec.chartRef names source.toolkit.fluxcd.io/v1/OCIRepository/shop/nobody")]
    [InlineData("helm.toolkit.fluxcd.io/v2", "HelmRelease", "{interval: 5m, chart: {spec: {chart: x, version: 1.0.0, sourceRef: {kind: HelmRepository, name: nobody}}}}", "spec.chart.spec.sourceRef names source.toolkit.fluxcd.io/v1/HelmRepository/shop/nobody")]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "{interval: 5m, prune: true, path: ./x, sourceRef: {kind: GitRepository, name: nobody}}", "spec.sourceRef names source.toolkit.fluxcd.io/v1/GitRepository/shop/nobody")]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "{interval: 5m, prune: true, path: ./x, serviceAccountName: nobody, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}", "spec.serviceAccountName names v1/ServiceAccount/shop/nobody")]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "{interval: 5m, prune: true, path: ./x, postBuild: {substituteFrom: [{kind: ConfigMap, name: nobody}]}, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}", "spec.postBuild.substituteFrom[] names v1/ConfigMap/shop/nobody")]
    [InlineData("source.toolkit.fluxcd.io/v1", "GitRepository", "{interval: 1h, url: \"https://example.com/x\", ref: {tag: v1}, secretRef: {name: nobody}}", "spec.secretRef names v1/Secret/shop/nobody")]
    [InlineData("notification.toolkit.fluxcd.io/v1beta3", "Alert", "{providerRef: {name: nobody}, eventSources: [{kind: Kustomization, name: '*'}]}", "spec.providerRef names notification.toolkit.fluxcd.io/v1beta3/Provider/shop/nobody")]
    [InlineData("cert-manager.io/v1", "Certificate", "{secretName: web, dnsNames: [a.example.com], issuerRef: {kind: ClusterIssuer, name: nobody}}", "spec.issuerRef names cert-manager.io/v1/ClusterIssuer//nobody")]
    [InlineData("v1", "PersistentVolumeClaim", "{storageClassName: nobody, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}", "spec.storageClassName names storage.k8s.io/v1/StorageClass//nobody")]
    [InlineData("gateway.networking.k8s.io/v1", "HTTPRoute", "{parentRefs: [{name: nobody, namespace: alpha}]}", "spec.parentRefs[] names gateway.networking.k8s.io/v1/Gateway/alpha/nobody")]
    [InlineData("gateway.networking.k8s.io/v1", "HTTPRoute", "{rules: [{backendRefs: [{name: nobody, port: 80}]}]}", "spec.rules[].backendRefs[] names v1/Service/shop/nobody")]
    [InlineData("networking.k8s.io/v1", "Ingress", "{ingressClassName: nobody}", "spec.ingressClassName names networking.k8s.io/v1/IngressClass//nobody")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", "{scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: nobody}}", "spec.scaleTargetRef names apps/v1/Deployment/shop/nobody")]
    [InlineData("k8s.keycloak.org/v2alpha1", "Keycloak", "{db: {passwordSecret: {name: nobody, key: password}}}", "spec.db.passwordSecret names v1/Secret/shop/nobody")]
    public void What_an_object_names_is_looked_for_in_every_kind(string apiVersion, string kind, string spec, string text)
    {
        _cluster.Service("alpha").Item("ClusterExternal", $"{apiVersion.Split('/')[0]}/{kind}")
            .File("applications/shop/x.yaml", TestCluster.Manifest(kind, "web", "shop", apiVersion, $"spec: {spec}\n"));

        var found = _cluster.Expect("OC4012");

        Assert.StartsWith($"{kind} 'shop/web': {text}, which is not in this cluster.", found.Message, StringComparison.Ordinal);
        Assert.Equal((_cluster.PathOf("applications/shop/x.yaml"), 6), (found.Place!.Value.File, found.Place.Value.Line));
    }

    [Fact]
    public void A_child_that_waits_for_the_Kustomization_that_applies_it_is_a_deadlock()
    {
        _cluster.Service("alpha").File("applications/shop/child.yaml", Child("application-shop"));

        var found = _cluster.Expect("OC4024");

        Assert.Contains("Kustomization 'flux-system/child': spec.dependsOn[] names Kustomization 'application-shop'", found.Message, StringComparison.Ordinal);
        Assert.Equal((_cluster.PathOf("applications/shop/child.yaml"), 11), (found.Place!.Value.File, found.Place.Value.Line));
    }

    [Fact]
    public void A_child_that_waits_for_what_comes_after_its_parent_is_a_deadlock()
    {
        _cluster.Service("alpha").File("resources/alpha/child.yaml", Child("application-shop")).File("applications/shop/x.yaml", TestCluster.Manifest("Service", "x"));

        Assert.Contains("which comes with 'application-shop', and that waits until 'alpha-resources' is ready", _cluster.Expect("OC4024").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_pod_may_do_without_is_no_error()
    {
        _cluster.Service("alpha").File("applications/shop/web.yaml", TestCluster.Manifest("Deployment", "web", apiVersion: "apps/v1", rest:
            "spec: {template: {spec: {containers: [{name: web, image: web:1, envFrom: [{secretRef: {name: db, optional: true}}]}]}}}\n"));

        Assert.DoesNotContain(_cluster.Build().Diagnostics, found => found.Code == "OC4012");
    }

    [Fact]
    public void A_kind_that_nothing_brings_is_an_error_until_the_project_says_that_it_is_there()
    {
        var pool = TestCluster.Manifest("Pool", "public", "alpha", "example.com/v1");
        _cluster.Service("alpha").File("resources/alpha/pool.yaml", pool);

        Assert.Contains("<ClusterExternal Include=\"example.com/Pool\" />", _cluster.Expect("OC4022").Message, StringComparison.Ordinal);

        _cluster.Item("ClusterExternal", "example.com/Pool");
        Assert.DoesNotContain(_cluster.Build().Diagnostics, found => found.Code is "OC4022" or "OC4019");
    }

    [Theory]
    [InlineData("ClusterCapability", "secret-store")]
    [InlineData("ClusterService", "vault")]
    public void What_comes_from_elsewhere_brings_the_kinds_that_go_with_it_and_no_others(string type, string include)
    {
        _cluster.Service("alpha").Item(type, include, ("ProvidedExternally", "true"))
            .File("resources/alpha/policy.yaml", TestCluster.Manifest("Policy", "all", "alpha", "vault.example.com/v1"))
            .File("resources/alpha/pool.yaml", TestCluster.Manifest("Pool", "public", "alpha", "example.com/v1"));

        var found = _cluster.Expect("OC4022");

        Assert.Contains("nothing in this cluster brings the kind example.com/Pool.", found.Message, StringComparison.Ordinal);
        Assert.Equal((_cluster.PathOf("resources/alpha/pool.yaml"), 1), (found.Place!.Value.File, found.Place.Value.Line));
    }

    [Fact]
    public void A_custom_resource_beside_the_release_that_brings_its_kind_comes_too_early()
    {
        var pool = TestCluster.Manifest("Pool", "public", "alpha", "example.com/v1");
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "creates: [example.com/Pool]"), files: ("manifests/pool.yaml", pool));

        var found = _cluster.Expect("OC4023");

        Assert.Contains("is applied by 'alpha', which does not wait for what brings the kind example.com/Pool: alpha.", found.Message, StringComparison.Ordinal);
        Assert.Equal(_cluster.PackageFile("alpha", "manifests/pool.yaml"), found.Place!.Value.File);
    }

    [Fact]
    public void So_does_one_before_the_manifests_of_the_service_that_brings_its_kind()
    {
        _cluster.Service("alpha", "namespaces: [{name: alpha, podSecurity: restricted}]\ncreates: [example.com/Pool]", files: ("manifests/operator.yaml", TestCluster.Manifest("ServiceAccount", "operator")))
            .Service("beta", files: ("manifests/pool.yaml", TestCluster.Manifest("Pool", "public", "beta", "example.com/v1")));

        Assert.Contains("is applied by 'beta', which does not wait for what brings the kind example.com/Pool: alpha.", _cluster.Expect("OC4023").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_clusters_own_resources_come_after_the_release_that_brings_their_kind()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "creates: [example.com/Pool]"))
            .File("resources/alpha/pool.yaml", TestCluster.Manifest("Pool", "public", "alpha", "example.com/v1"));

        Assert.DoesNotContain(_cluster.Build().Diagnostics, found => found.Code is "OC4022" or "OC4023");
    }

    [Fact]
    public void HelmReleases_that_wait_for_each_other_are_an_error()
    {
        static string Release(string name, string other) => TestCluster.Manifest("HelmRelease", name, "shop", "helm.toolkit.fluxcd.io/v2", $$"""
            spec:
              interval: 5m
              chartRef: {kind: OCIRepository, name: chart}
              dependsOn: [{name: {{other}}}]

            """);
        _cluster.Service("alpha").File("applications/shop/web.yaml", Release("web", "db")).File("applications/shop/db.yaml", Release("db", "web"))
            .File("applications/shop/chart.yaml", TestCluster.Manifest("OCIRepository", "chart", "shop", "source.toolkit.fluxcd.io/v1", "spec: {interval: 1h, url: \"oci://registry.example.com/chart\", ref: {tag: \"1.0.0\"}}\n"));

        var found = _cluster.Expect("OC4025");

        Assert.Contains("shop/db waits for shop/web", found.Message, StringComparison.Ordinal);
        Assert.Contains("shop/web waits for shop/db", found.Message, StringComparison.Ordinal);
        Assert.Equal((_cluster.PathOf("applications/shop/db.yaml"), 9), (found.Place!.Value.File, found.Place.Value.Line));
    }

    [Fact]
    public void A_cluster_wide_object_with_a_namespace_is_an_error()
    {
        _cluster.Service("alpha").File("resources/alpha/class.yaml", TestCluster.Manifest("GatewayClass", "envoy", "alpha", "gateway.networking.k8s.io/v1", "spec: {controllerName: example.com/gateway}\n"));

        var found = _cluster.Expect("OC4021");

        Assert.Contains("GatewayClass 'envoy' is cluster-wide and can't be in the namespace 'alpha'.", found.Message, StringComparison.Ordinal);
        Assert.Equal((_cluster.PathOf("resources/alpha/class.yaml"), 5), (found.Place!.Value.File, found.Place.Value.Line));
    }

    [Fact]
    public void A_prerequisite_that_comes_only_after_what_needs_it_is_a_deadlock()
    {
        var deployment = TestCluster.Manifest("Deployment", "web", "alpha", "apps/v1",
            "spec: {template: {spec: {containers: [{name: web, image: web:1}], volumes: [{name: config, configMap: {name: web}}]}}}\n");
        _cluster.Service("alpha", files: ("manifests/web.yaml", deployment)).File("resources/alpha/config.yaml", TestCluster.Manifest("ConfigMap", "web", "alpha"));

        var found = _cluster.Expect("OC4024");

        Assert.Contains("which comes with 'alpha-resources', and that waits until 'alpha' is ready", found.Message, StringComparison.Ordinal);
        Assert.Equal((_cluster.PackageFile("alpha", "manifests/web.yaml"), 6), (found.Place!.Value.File, found.Place.Value.Line));
    }

    private static string Child(string waitsFor) => TestCluster.Manifest("Kustomization", "child", "flux-system", "kustomize.toolkit.fluxcd.io/v1",
        $"spec:\n  interval: 5m\n  path: ./x\n  prune: true\n  sourceRef: {{kind: GitRepository, name: flux-system}}\n  dependsOn: [{{name: {waitsFor}}}]\n");
}
