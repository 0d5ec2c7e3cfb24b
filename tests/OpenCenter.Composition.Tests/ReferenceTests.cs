namespace OpenCenter.Composition.Tests;

/// <summary>Which object a reference means, what it is called, and which order of two is wrong.</summary>
public sealed class ReferenceTests : IDisposable
{
    private const string Source = "interval: 5m, prune: true, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}";

    private readonly TestCluster _cluster = new TestCluster().Service("alpha");

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("GitRepository", "source.toolkit.fluxcd.io/v1")]
    [InlineData("HelmRepository", "source.toolkit.fluxcd.io/v1")]
    [InlineData("OCIRepository", "source.toolkit.fluxcd.io/v1")]
    [InlineData("Bucket", "source.toolkit.fluxcd.io/v1")]
    [InlineData("HelmChart", "source.toolkit.fluxcd.io/v1")]
    [InlineData("ExternalArtifact", "source.toolkit.fluxcd.io/v1")]
    [InlineData("Kustomization", "kustomize.toolkit.fluxcd.io/v1")]
    [InlineData("HelmRelease", "helm.toolkit.fluxcd.io/v2")]
    [InlineData("ImageRepository", "image.toolkit.fluxcd.io/v1")]
    [InlineData("ImagePolicy", "image.toolkit.fluxcd.io/v1")]
    [InlineData("ImageUpdateAutomation", "image.toolkit.fluxcd.io/v1")]
    [InlineData("Provider", "notification.toolkit.fluxcd.io/v1beta3")]
    [InlineData("Alert", "notification.toolkit.fluxcd.io/v1beta3")]
    [InlineData("Role", "rbac.authorization.k8s.io/v1")]
    [InlineData("ConfigMap", "v1")]
    public void A_kind_that_is_named_without_a_group_has_the_one_that_people_mean(string kind, string apiVersion)
    {
        Object("notification.toolkit.fluxcd.io/v1", "Receiver", $"spec: {{type: generic, secretRef: {{name: sops-age}}, resources: [{{kind: {kind}, name: it}}]}}");

        Assert.Contains($"{apiVersion}/{kind}/alpha/it", Missing());
    }

    [Theory]
    [InlineData("rbac.authorization.k8s.io/v1", "RoleBinding", "roleRef: {kind: ClusterRole, name: it}", "rbac.authorization.k8s.io/v1/ClusterRole//it")]
    [InlineData("rbac.authorization.k8s.io/v1", "RoleBinding", "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: it}", "rbac.authorization.k8s.io/v1/Role/alpha/it")]
    [InlineData("rbac.authorization.k8s.io/v1", "RoleBinding", "subjects: [{kind: ServiceAccount, name: it, namespace: shop}]", "v1/ServiceAccount/shop/it")]
    [InlineData("networking.k8s.io/v1", "Ingress", "spec: {ingressClassName: it}", "networking.k8s.io/v1/IngressClass//it")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", "spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: it}}", "apps/v1/Deployment/alpha/it")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", "spec: {scaleTargetRef: {apiVersion: v1, kind: ReplicationController, name: it}}", "v1/ReplicationController/alpha/it")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", "spec: {scaleTargetRef: {apiVersion: metallb.io/v1beta2, kind: BGPPeer, name: it}}", "metallb.io/v1beta2/BGPPeer/alpha/it")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", "spec: {scaleTargetRef: {apiVersion: metallb.io/v1beta1, kind: IPAddressPool, name: it}}", "metallb.io/v1beta1/IPAddressPool/alpha/it")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", "spec: {scaleTargetRef: {apiVersion: k8s.keycloak.org/v2alpha1, kind: Keycloak, name: it}}", "k8s.keycloak.org/v2alpha1/Keycloak/alpha/it")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", "spec: {scaleTargetRef: {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: other}}", "autoscaling/v2/HorizontalPodAutoscaler/alpha/other")]
    [InlineData("v1", "PersistentVolumeClaim", "spec: {dataSource: {name: other}}", "v1/PersistentVolumeClaim/alpha/other")]
    [InlineData("v1", "PersistentVolumeClaim", "spec: {dataSource: {kind: VolumeSnapshot, apiGroup: snapshot.storage.k8s.io, name: it}}", "snapshot.storage.k8s.io/v1/VolumeSnapshot/alpha/it")]
    [InlineData("cert-manager.io/v1", "Issuer", "spec: {ca: {secretName: it}}", "v1/Secret/alpha/it")]
    [InlineData("cert-manager.io/v1", "ClusterIssuer", "spec: {ca: {secretName: it}}", "v1/Secret/cert-manager/it")]
    [InlineData("cert-manager.io/v1", "Certificate", "spec: {issuerRef: {name: it}}", "cert-manager.io/v1/Issuer/alpha/it")]
    [InlineData("cert-manager.io/v1", "Certificate", "spec: {issuerRef: {kind: ClusterIssuer, group: cert-manager.io, name: it}}", "cert-manager.io/v1/ClusterIssuer//it")]
    [InlineData("gateway.networking.k8s.io/v1", "HTTPRoute", "spec: {rules: [{backendRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: it}]}]}", "gateway.envoyproxy.io/v1/Backend/alpha/it")]
    public void A_reference_names_one_object(string apiVersion, string kind, string rest, string target)
    {
        Object(apiVersion, kind, rest);

        Assert.Equal([target], Missing());
    }

    [Theory]
    [InlineData("rbac.authorization.k8s.io/v1", "RoleBinding", "subjects: [{kind: User, name: it}, {kind: Group, name: it}]")]
    [InlineData("v1", "PersistentVolumeClaim", "spec: {storageClassName: ''}")]
    [InlineData("notification.toolkit.fluxcd.io/v1", "Receiver", "spec: {resources: [{kind: GitRepository, name: '*'}]}")]
    [InlineData("autoscaling/v2", "HorizontalPodAutoscaler", "spec: {scaleTargetRef: {name: it}}")]
    [InlineData("apps/v1", "Deployment", "spec: {template: {spec: {volumes: [{secret: {secretName: it, optional: true}}]}}}")]
    [InlineData("apps/v1", "Deployment", "spec: {template: {spec: {volumes: {secret: {secretName: it}}}}}")]
    [InlineData("apps/v1", "Deployment", "spec: none")]
    public void People_and_nothing_and_everything_are_no_objects(string apiVersion, string kind, string rest)
    {
        Object(apiVersion, kind, rest);

        Assert.Empty(Missing());
    }

    [Fact]
    public void What_comes_through_others_only_after_what_needs_it_is_a_deadlock()
    {
        _cluster.Service("beta", TestCluster.DefaultSpec("beta", "requires: [{service: alpha}]"))
            .Service("first", "namespaces: [{name: first, podSecurity: restricted}]", files: ("manifests/it.yaml", Pod("it", "shared")))
            .Service("second", TestCluster.DefaultSpec("second", "requires: [{service: first}]"))
            .File("resources/second/shared.yaml", TestCluster.Manifest("ConfigMap", "shared", "first"));

        Assert.Equal(
            ("Pod 'first/it': spec.volumes[].configMap names ConfigMap 'shared', which comes with 'second-resources', and that waits until 'first' is ready: neither ever is. Move what is named to prerequisites, or to an earlier component.", _cluster.PackageFile("first", "manifests/it.yaml")),
            Found("OC4024"));
    }

    [Fact]
    public void What_comes_with_it_or_before_it_is_none()
    {
        _cluster.File("resources/alpha/it.yaml", $"{Pod("it", "shared", "alpha")}---\n{Pod("other", "early", "alpha")}")
            .File("resources/alpha/shared.yaml", TestCluster.Manifest("ConfigMap", "shared", "alpha")).File("prerequisites/alpha/early.yaml", TestCluster.Manifest("ConfigMap", "early", "alpha"));

        _cluster.BuildClean();
    }

    [Fact]
    public void A_Kustomization_that_waits_for_the_one_that_applies_it_is_a_deadlock()
    {
        _cluster.File("resources/alpha/it.yaml", TestCluster.Manifest("Kustomization", "it", "flux-system", "kustomize.toolkit.fluxcd.io/v1", $"spec: {{{Source}, dependsOn: [{{name: alpha-resources}}]}}\n"));
        Assert.StartsWith("Kustomization 'flux-system/it': spec.dependsOn[] names Kustomization 'alpha-resources', which comes with 'alpha-resources', and that waits until 'alpha-resources' is ready", _cluster.Expect("OC4024").Message, StringComparison.Ordinal);

        _cluster.File("resources/alpha/it.yaml", TestCluster.Manifest("Kustomization", "it", "flux-system", "kustomize.toolkit.fluxcd.io/v1", $"spec: {{{Source}, dependsOn: [{{name: alpha}}]}}\n"));
        _cluster.BuildClean();
    }

    [Theory]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization", Source + ", dependsOn: [{name: it}]", "alpha/it")]
    [InlineData("helm.toolkit.fluxcd.io/v2", "HelmRelease", "interval: 5m, chartRef: {kind: OCIRepository, name: chart}, dependsOn: [{name: alpha}, {name: it, namespace: alpha}]", "alpha/it")]
    public void What_waits_for_itself_is_an_error(string apiVersion, string kind, string spec, string name)
    {
        _cluster.Item("ClusterExternal", "source.toolkit.fluxcd.io/v1/OCIRepository/alpha/chart");
        Object(apiVersion, kind, $"spec: {{{spec}}}");

        Assert.Equal(($"These {kind}s wait for each other: {name}. Remove one of the entries of dependsOn.", _cluster.PathOf("resources/alpha/it.yaml")), Found("OC4025"));
    }

    [Theory]
    [InlineData("alpha", true)]
    [InlineData("default", false)]
    public void Kustomizations_of_one_name_wait_for_each_other_only_across_their_namespaces(string other, bool isCircle)
    {
        _cluster.File("resources/alpha/it.yaml", $"{Waiting("alpha", "kube-system")}---\n{Waiting("kube-system", other)}");

        Assert.Equal(
            isCircle ? ["These Kustomizations wait for each other: alpha/it waits for kube-system/it, kube-system/it waits for alpha/it. Remove one of the entries of dependsOn."] : [],
            _cluster.Build().Diagnostics.Where(found => found.Code == "OC4025").Select(found => found.Message));
    }

    [Fact]
    public void A_definition_that_a_later_Kustomization_applies_comes_too_late()
    {
        const string Definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: pools.example.com}\nspec: {group: example.com, scope: Namespaced, names: {kind: Pool, plural: pools}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}\n";
        _cluster.File("prerequisites/alpha/it.yaml", TestCluster.Manifest("Pool", "it", "alpha", "example.com/v1")).File("resources/alpha/crd.yaml", Definition);
        Assert.Equal(
            ("Pool 'alpha/it' is applied by 'alpha-prerequisites', which does not wait for what brings the kind example.com/Pool: alpha-resources. The API server would refuse it. Move it to a component or folder that comes later, or add the service under requires or after.", _cluster.PathOf("prerequisites/alpha/it.yaml")),
            Found("OC4023"));

        _cluster.File("prerequisites/alpha/crd.yaml", Definition);
        File.Delete(_cluster.PathOf("resources/alpha/crd.yaml"));
        _cluster.BuildClean();
    }

    [Fact]
    public void Of_several_components_one_that_brings_the_kind_is_waited_for()
    {
        const string Components = """
            namespaces: [{name: beta, podSecurity: restricted}]
            creates: [example.com/Pool]
            components:
            - name: 00-crds
              git: {url: 'https://git.example.com/crds', path: deploy, tag: v1.0.0}
            - name: 10-beta
              release:
                name: beta
                chart: beta
                source: {kind: HelmRepository, url: https://charts.example.com}
            - name: 20-more
            """;
        _cluster.Service("beta", Components, files: ("20-more/it.yaml", TestCluster.Manifest("Pool", "it", "beta", "example.com/v1")))
            .File("prerequisites/beta/it.yaml", TestCluster.Manifest("Pool", "early", "beta", "example.com/v1"));

        Assert.Contains("'beta-prerequisites', which does not wait for what brings the kind example.com/Pool: beta-crds or beta. The", _cluster.Expect("OC4023").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_of_two_owners_is_an_error_that_says_where_the_other_is()
    {
        _cluster.File("resources/alpha/a.yaml", TestCluster.Manifest("ConfigMap", "it", "alpha")).File("resources/alpha/b.yaml", TestCluster.Manifest("ConfigMap", "it", "alpha"));
        Assert.Equal(
            ($"ConfigMap 'alpha/it' stands twice; the other is at {_cluster.PathOf("resources/alpha/a.yaml")}(1,1). An object has one owner: remove or rename one of them.", _cluster.PathOf("resources/alpha/b.yaml")),
            Found("OC4004"));
    }

    [Fact]
    public void A_namespace_that_the_tree_makes_and_a_file_has_is_an_error_at_the_file()
    {
        _cluster.File("resources/alpha/a.yaml", TestCluster.Manifest("Namespace", "alpha", rest: "  labels: {pod-security.kubernetes.io/enforce: baseline}\n"));

        Assert.Equal(
            ("Namespace 'alpha' stands twice; the other is at namespaces. An object has one owner: remove or rename one of them.", _cluster.PathOf("resources/alpha/a.yaml")),
            Found("OC4004"));
    }

    [Theory]
    [InlineData("  labels: {pod-security.kubernetes.io/enforce: restricted}", true)]
    [InlineData("  labels: {pod-security.kubernetes.io/enforce: baseline}", true)]
    [InlineData("  labels: {pod-security.kubernetes.io/enforce: privileged}", true)]
    [InlineData("  labels: {pod-security.kubernetes.io/enforce: strict}", false)]
    [InlineData("  labels: {pod-security.kubernetes.io/warn: baseline}", false)]
    public void A_namespace_has_a_Pod_Security_level(string labels, bool isLevel)
    {
        _cluster.File("resources/alpha/ns.yaml", TestCluster.Manifest("Namespace", "shop", rest: labels + "\n"));
        if (isLevel)
        {
            _cluster.BuildClean();
        }
        else
        {
            Assert.Equal(
                ("The Namespace 'shop' has no Pod Security level. Add the label pod-security.kubernetes.io/enforce: restricted (or baseline, privileged).", _cluster.PathOf("resources/alpha/ns.yaml")),
                Found("OC4013"));
        }
    }

    private static string Waiting(string ns, string other) =>
        TestCluster.Manifest("Kustomization", "it", ns, "kustomize.toolkit.fluxcd.io/v1", $"spec: {{{Source}, dependsOn: [{{name: it, namespace: {other}}}]}}\n");

    private static string Pod(string name, string configMap, string? ns = null) =>
        TestCluster.Manifest("Pod", name, ns, rest: $"spec: {{containers: [{{name: web, image: 'web:1'}}], volumes: [{{name: config, configMap: {{name: {configMap}}}}}]}}\n");

    private void Object(string apiVersion, string kind, string rest) =>
        _cluster.File("resources/alpha/it.yaml", TestCluster.Manifest(kind, "it", kind == "ClusterIssuer" ? null : "alpha", apiVersion, rest + "\n"));

    private string[] Missing() =>
        [.. _cluster.Build().Diagnostics.Where(found => found.Code == "OC4012").Select(found => found.Message.Split(" names ")[1].Split(", which")[0])];

    private (string, string) Found(string code)
    {
        var found = _cluster.Expect(code);
        return (found.Message, found.Place!.Value.File);
    }
}
