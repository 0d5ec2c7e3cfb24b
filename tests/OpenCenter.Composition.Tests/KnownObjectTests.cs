using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Tests;

/// <summary>What counts as being in the cluster though no manifest has it, and what does not.</summary>
public sealed class KnownObjectTests : IDisposable
{
    private const string Certified = "metadata: {name: it, namespace: alpha, annotations: {cert-manager.io/cluster-issuer: ca}}\n";

    private readonly TestCluster _cluster = new TestCluster().Service("alpha");

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("v1", "ServiceAccount", "shop", "default")]
    [InlineData("v1", "ConfigMap", "shop", "kube-root-ca.crt")]
    [InlineData("v1", "ConfigMap", "kube-system", "extension-apiserver-authentication")]
    [InlineData("v1", "Namespace", "", "default")]
    [InlineData("v1", "Namespace", "", "kube-system")]
    [InlineData("v1", "Namespace", "", "kube-public")]
    [InlineData("v1", "Namespace", "", "kube-node-lease")]
    [InlineData("v1", "Service", "default", "kubernetes")]
    [InlineData("v1", "Service", "kube-system", "kube-dns")]
    [InlineData("scheduling.k8s.io/v1", "PriorityClass", "", "system-cluster-critical")]
    [InlineData("scheduling.k8s.io/v1", "PriorityClass", "", "system-node-critical")]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRole", "", "cluster-admin")]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRole", "", "admin")]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRole", "", "edit")]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRole", "", "view")]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRole", "", "system:auth-delegator")]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "", "cluster-admin")]
    [InlineData("rbac.authorization.k8s.io/v1", "Role", "kube-system", "extension-apiserver-authentication-reader")]
    [InlineData("v1", "Namespace", "", "flux-system")]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "flux-system", "flux-system")]
    [InlineData("source.toolkit.fluxcd.io/v1", "GitRepository", "flux-system", "flux-system")]
    [InlineData("v1", "Secret", "flux-system", "sops-age")]
    [InlineData("v1", "ServiceAccount", "flux-system", "source-controller")]
    [InlineData("v1", "ServiceAccount", "flux-system", "kustomize-controller")]
    [InlineData("apps/v1", "Deployment", "flux-system", "helm-controller")]
    [InlineData("apps/v1", "Deployment", "flux-system", "notification-controller")]
    [InlineData("v1", "Service", "flux-system", "source-controller")]
    [InlineData("v1", "Service", "flux-system", "notification-controller")]
    [InlineData("v1", "Service", "flux-system", "webhook-receiver")]
    [InlineData("v1", "Namespace", "", "alpha")]
    [InlineData("helm.toolkit.fluxcd.io/v2", "HelmRelease", "alpha", "alpha")]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "flux-system", "alpha")]
    public void Every_cluster_with_Flux_has_it(string apiVersion, string kind, string ns, string name)
    {
        Name(apiVersion, kind, ns, name);

        _cluster.BuildClean();
    }

    [Theory]
    [InlineData("v1", "ServiceAccount", "shop", "defaults", "")]
    [InlineData("v1", "ConfigMap", "shop", "extension-apiserver-authentication", "")]
    [InlineData("v1", "ConfigMap", "kube-system", "extension", "")]
    [InlineData("v1", "Namespace", "", "kube", "")]
    [InlineData("v1", "Service", "shop", "kubernetes", "")]
    [InlineData("v1", "Service", "default", "kube-dns", "")]
    [InlineData("v1", "Service", "kube-system", "kubernetes", "")]
    [InlineData("v1", "Service", "flux-system", "helm-controller", "")]
    [InlineData("v1", "Secret", "shop", "system:it", "")]
    [InlineData("scheduling.k8s.io/v1", "PriorityClass", "", "system", "")]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRole", "", "a-system:it", "")]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRole", "", "editor", "")]
    [InlineData("v1", "Namespace", "", "alhpa", " Did you mean 'alpha'?")]
    [InlineData("v1", "Service", "flux-system", "webhook-reciever", " Did you mean 'webhook-receiver'?")]
    [InlineData("apps/v1", "Deployment", "shop", "helm-controller", " There is one in the namespace 'flux-system'.")]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "alpha", "alpha", " There is one in the namespace 'flux-system'.")]
    public void No_cluster_has_it_by_itself(string apiVersion, string kind, string ns, string name, string hint)
    {
        Name(apiVersion, kind, ns, name);

        var target = $"{apiVersion}/{kind}/{ns}/{name}";
        Assert.Equal(
            ($"Kustomization 'alpha/it': spec.healthChecks[] names {target}, which is not in this cluster.{hint} If something else makes it, add <ClusterExternal Include=\"{target}\" />.", new Place(_cluster.PathOf("resources/alpha/names.yaml"), 10, 18)),
            Found("OC4012"));
    }

    [Fact]
    public void The_projects_own_source_and_decryption_Secret_are_there()
    {
        _cluster.Property("FluxSourceKind", "OCIRepository").Property("FluxSourceName", "fleet").Property("FluxNamespace", "gitops").Property("FluxDecryptionSecret", "age");
        Name("source.toolkit.fluxcd.io/v1", "OCIRepository", "gitops", "fleet", "{kind: OCIRepository, name: fleet, namespace: gitops}", "{apiVersion: v1, kind: Secret, namespace: gitops, name: age}", "{apiVersion: v1, kind: Service, namespace: gitops, name: source-controller}");

        _cluster.BuildClean();
    }

    [Theory]
    [InlineData("v1/Secret/shop/it", "v1", "Secret", "shop")]
    [InlineData("apps/v1/Deployment/shop/it", "apps/v1", "Deployment", "shop")]
    [InlineData("v1/PersistentVolume//it", "v1", "PersistentVolume", "")]
    [InlineData("storage.k8s.io/v1/StorageClass//it", "storage.k8s.io/v1", "StorageClass", "")]
    public void What_the_project_says_is_there_and_what_a_service_creates_is(string declared, string apiVersion, string kind, string ns)
    {
        Name(apiVersion, kind, ns, "it");
        _cluster.Expect("OC4012");

        _cluster.Item("ClusterExternal", declared);
        _cluster.BuildClean();

        using var other = new TestCluster().Service("alpha", TestCluster.DefaultSpec("alpha", $"creates: [{declared}]"));
        Name(other, apiVersion, kind, ns, "it");
        other.BuildClean();
    }

    [Theory]
    [InlineData("Pool")]
    [InlineData("/Pool")]
    [InlineData("example.com/")]
    [InlineData("example.com/v1/Pool")]
    [InlineData("/Secret/shop/it")]
    [InlineData("v1//shop/it")]
    [InlineData("v1/Secret/shop/")]
    [InlineData("a/v1/Secret/shop/it/it")]
    public void A_ClusterExternal_that_names_no_object_and_no_kind_is_an_error(string include)
    {
        _cluster.Item("ClusterExternal", include);

        Assert.Equal(
            ($"ClusterExternal '{include}' must be apiVersion/Kind/namespace/name, such as v1/Secret/flux-system/sops-age, or a custom resource's group/Kind.", new Place(_cluster.ProjectFile, 4, 5)),
            Found("OC4019"));
    }

    [Theory]
    [InlineData("cert-manager.io/v1", "Certificate", "spec: {secretName: made}", "Secret", "alpha", "made")]
    [InlineData("cert-manager.io/v1", "Issuer", "spec: {acme: {privateKeySecretRef: {name: made}}}", "Secret", "alpha", "made")]
    [InlineData("cert-manager.io/v1", "ClusterIssuer", "spec: {acme: {privateKeySecretRef: {name: made}}}", "Secret", "cert-manager", "made")]
    [InlineData("bitnami.com/v1alpha1", "SealedSecret", "", "Secret", "alpha", "it")]
    [InlineData("external-secrets.io/v1", "ExternalSecret", "spec: {target: {name: made}}", "Secret", "alpha", "made")]
    [InlineData("external-secrets.io/v1", "ExternalSecret", "spec: {}", "Secret", "alpha", "it")]
    [InlineData("networking.k8s.io/v1", "Ingress", Certified + "spec: {tls: [{secretName: made}]}", "Secret", "alpha", "made")]
    [InlineData("networking.k8s.io/v1", "Ingress", "metadata: {name: it, annotations: {cert-manager.io/issuer: ca}}\nspec: {tls: [{hosts: [a.example.com]}, {secretName: made}]}", "Secret", "alpha", "made")]
    [InlineData("gateway.networking.k8s.io/v1", "Gateway", Certified + "spec: {listeners: [{name: http}, {tls: {certificateRefs: [{name: made}]}}]}", "Secret", "alpha", "made")]
    [InlineData("acid.zalan.do/v1", "postgresql", "spec: {users: {app_owner: []}}", "Secret", "alpha", "app-owner.it.credentials.postgresql.acid.zalan.do")]
    [InlineData("acid.zalan.do/v1", "postgresql", "spec: {}", "Service", "alpha", "it")]
    [InlineData("acid.zalan.do/v1", "postgresql", "spec: {}", "Service", "alpha", "it-repl")]
    [InlineData("k8s.keycloak.org/v2alpha1", "Keycloak", "spec: {}", "Service", "alpha", "it-service")]
    [InlineData("k8s.keycloak.org/v2alpha1", "Keycloak", "spec: {}", "Secret", "alpha", "it-initial-admin")]
    public void What_a_controller_makes_of_an_object_is_there_with_the_object(string apiVersion, string kind, string rest, string made, string ns, string name)
    {
        Name("v1", made, ns, name);
        Assert.Single(Missing(), $"v1/{made}/{ns}/{name}");

        _cluster.File("resources/alpha/it.yaml", rest.StartsWith("metadata", StringComparison.Ordinal)
            ? $"apiVersion: {apiVersion}\nkind: {kind}\n{rest}\n"
            : TestCluster.Manifest(kind, "it", apiVersion: apiVersion, ns: kind == "ClusterIssuer" ? null : "alpha", rest: rest + "\n"));
        Assert.DoesNotContain($"v1/{made}/{ns}/{name}", Missing());
    }

    [Theory]
    [InlineData("networking.k8s.io/v1", "Ingress", "spec: {tls: [{secretName: made}]}", "spec.tls[].secretName")]
    [InlineData("gateway.networking.k8s.io/v1", "Gateway", "spec: {gatewayClassName: '', listeners: [{tls: {certificateRefs: [{name: made}]}}]}", "spec.listeners[].tls.certificateRefs[]")]
    public void A_certificate_that_no_annotation_asks_for_is_not_there(string apiVersion, string kind, string rest, string field)
    {
        _cluster.Item("ClusterExternal", "gateway.networking.k8s.io/Gateway").File("resources/alpha/it.yaml", TestCluster.Manifest(kind, "it", "alpha", apiVersion, rest + "\n"));

        Assert.StartsWith($"{kind} 'alpha/it': {field} names v1/Secret/alpha/made, which is not in this cluster.", _cluster.Expect("OC4012").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_namespaces_that_have_one_the_first_is_named()
    {
        _cluster.Item("ClusterExternal", "v1/Secret/zeta/login").Item("ClusterExternal", "v1/Secret/beta/login").Item("ClusterExternal", "v1/ConfigMap/alpha/login");
        Name("v1", "Secret", "shop", "login");

        Assert.Contains(" There is one in the namespace 'beta'.", _cluster.Expect("OC4012").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_namespace_that_nobody_makes_is_an_error_at_each_object_in_it()
    {
        _cluster.File("resources/alpha/it.yaml", TestCluster.Manifest("ConfigMap", "it", "alhpa"));

        Assert.Equal(
            ("ConfigMap 'alhpa/it': metadata.namespace names v1/Namespace//alhpa, which is not in this cluster. Did you mean 'alpha'? If something else makes it, add <ClusterExternal Include=\"v1/Namespace//alhpa\" />.", new Place(_cluster.PathOf("resources/alpha/it.yaml"), 1, 1)),
            Found("OC4012"));
    }

    private void Name(string apiVersion, string kind, string ns, string name, string source = "{kind: GitRepository, name: flux-system, namespace: flux-system}", params string[] more) =>
        Name(_cluster, apiVersion, kind, ns, name, source, more);

    // A Kustomization's health checks can name any object, and need none to begin.
    private static void Name(TestCluster cluster, string apiVersion, string kind, string ns, string name, string source = "{kind: GitRepository, name: flux-system, namespace: flux-system}", params string[] more) =>
        cluster.File("resources/alpha/names.yaml", TestCluster.Manifest("Kustomization", "it", "alpha", "kustomize.toolkit.fluxcd.io/v1", $$"""
            spec:
              interval: 5m
              prune: true
              sourceRef: {{source}}
              healthChecks: [{apiVersion: {{apiVersion}}, kind: {{kind}}, namespace: '{{ns}}', name: '{{name}}'}{{string.Concat(more.Select(each => $", {each}"))}}]

            """));

    private string[] Missing() =>
        [.. _cluster.Build().Diagnostics.Where(found => found.Code == "OC4012").Select(found => found.Message.Split(" names ")[1].Split(", which")[0])];

    private (string, Place?) Found(string code)
    {
        var found = _cluster.Expect(code);
        return (found.Message, found.Place);
    }
}
