using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>What is deployed, in which order, and why.</summary>
public sealed class PlanningTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_service_waits_for_what_it_requires_and_for_what_it_comes_after()
    {
        _cluster.Service("app", TestCluster.DefaultSpec("app", "requires: [{service: db}]\nafter: [policy, absent]"))
            .Service("db").Service("policy");

        var services = _cluster.BuildClean().Services.Select(service => service.Name).ToArray();

        Assert.Equal(["db", "policy"], DependsOn("app"));
        Assert.Equal("app", services[^1]);
    }

    [Fact]
    public void What_another_dependency_implies_is_not_repeated()
    {
        _cluster.Service("app", TestCluster.DefaultSpec("app", "requires: [{service: db}, {service: storage}]"))
            .Service("db", TestCluster.DefaultSpec("db", "requires: [{service: storage}]"))
            .Service("storage");

        _cluster.BuildClean();

        Assert.Equal(["db"], DependsOn("app"));
        Assert.Equal(["storage"], DependsOn("db"));
        Assert.Equal(["namespaces"], DependsOn("storage"));
    }

    [Fact]
    public void A_capability_is_waited_for_at_every_provider_until_one_is_chosen()
    {
        Add();
        _cluster.BuildClean();
        Assert.Equal(["ceph", "nfs"], DependsOn("app"));
        Assert.Null(Values("ceph", "default"));
        Assert.Null(Values("nfs", "default"));

        using var chosen = new TestCluster();
        Add(chosen);
        chosen.Item("ClusterCapability", "storage", ("Service", "nfs")).BuildClean();
        Assert.Equal(["nfs"], DependsOn("app", chosen));
        Assert.Null(Values("ceph", "default", chosen));
        Assert.Equal("true", Values("nfs", "default", chosen));

        void Add(TestCluster? cluster = null) => (cluster ?? _cluster)
            .Service("app", TestCluster.DefaultSpec("app", "requires: [{capability: storage}]"))
            .Service("ceph", TestCluster.DefaultSpec("ceph", "provides: [storage]"), files: ("values/provider/storage.yaml", "default: true\n"))
            .Service("nfs", TestCluster.DefaultSpec("nfs", "provides: [storage]"), files: ("values/provider/storage.yaml", "default: true\n"));
    }

    [Fact]
    public void What_is_provided_externally_is_not_deployed_and_not_waited_for()
    {
        _cluster.Service("app", TestCluster.DefaultSpec("app", "requires: [{service: db}, {capability: storage}]"))
            .Service("db")
            .Item("ClusterService", "db", ("ProvidedExternally", "true"))
            .Item("ClusterCapability", "storage", ("ProvidedExternally", "true"))
            .File("resources/db/secret.yaml", TestCluster.Manifest("ConfigMap", "db", "app"));

        var result = _cluster.BuildClean();

        Assert.Equal(["app"], result.Services.Select(service => service.Name));
        Assert.Equal(["namespaces"], DependsOn("app"));
        Assert.True(File.Exists(Path.Combine(_cluster.TreePath, "components/db-resources/secret.yaml")));
    }

    [Fact]
    public void A_service_that_comes_only_through_another_is_deployed_with_a_warning()
    {
        _cluster.Service("app", TestCluster.DefaultSpec("app", "requires: [{service: db}]"), dependsOn: ["db"]).Service("db", isReferenced: false);

        var result = _cluster.Build();

        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal(Severity.Warning, warning.Severity);
        Assert.Contains("<PackageReference Include=\"Test.db\" Version=\"1.0.0\" />", warning.Message, StringComparison.Ordinal);
        Assert.Equal(["db", "app"], result.Services.Select(service => service.Name));
    }

    [Fact]
    public void Components_follow_each_other_and_their_requirements_are_their_own()
    {
        AddTwoSteps();

        _cluster.BuildClean();

        Assert.Equal(["namespaces"], DependsOn("app-first"));
        Assert.Equal(["app-first", "db"], DependsOn("app-second"));
    }

    [Fact]
    public void Prerequisites_come_before_a_service_its_resources_after_and_applications_last()
    {
        _cluster.Service("app")
            .File("prerequisites/app/a.yaml", TestCluster.Manifest("ConfigMap", "a", "app"))
            .File("resources/app/b.yaml", TestCluster.Manifest("ConfigMap", "b", "app"))
            .File("applications/shop/c.yaml", TestCluster.Manifest("ConfigMap", "c", "shop"));

        _cluster.BuildClean();

        Assert.Equal(["app-prerequisites"], DependsOn("app"));
        Assert.Equal(["app"], DependsOn("app-resources"));
        Assert.Equal(["app-resources"], DependsOn("application-shop"));
    }

    [Theory]
    [InlineData("community", "ha", "3", null)]
    [InlineData("community", "minimal", "1", null)]
    [InlineData("enterprise", "ha", "3", "private")]
    public void Editions_and_profiles_choose_their_values(string edition, string profile, string replicas, string? registry)
    {
        _cluster.Property("ClusterEdition", edition).Property("ClusterProfile", profile)
            .Service("app", files: [("values/base.yaml", "name: x\n"), ("values/ha.yaml", "replicas: 3\n"), ("values/minimal.yaml", "replicas: 1\n"), ("values/enterprise.yaml", "registry: private\n")]);

        _cluster.BuildClean();

        Assert.Equal(replicas, Values("app", "replicas"));
        Assert.Equal(registry, Values("app", "registry"));
    }

    [Fact]
    public void Tiers_override_each_other_in_their_order()
    {
        _cluster.Property("ClusterEdition", "enterprise")
            .Item("ClusterValues", "../fleet").Item("ClusterValues", "../region")
            .Service("mon", TestCluster.DefaultSpec("mon"))
            .Service("app", files:
            [
                ("values/base.yaml", "a: base\nb: base\nc: base\nd: base\ne: base\nf: base\n"),
                ("values/ha.yaml", "b: ha\nc: ha\nd: ha\ne: ha\nf: ha\n"),
                ("values/with/mon.yaml", "c: with\nd: with\ne: with\nf: with\n"),
                ("values/with/absent.yaml", "a: absent\n"),
                ("values/enterprise.yaml", "g: enterprise\n"),
            ])
            .File("../fleet/app.yaml", "d: fleet\ne: fleet\nf: fleet\n")
            .File("../region/app.yaml", "e: region\nf: region\n")
            .File("values/app.yaml", "f: own\n");

        _cluster.BuildClean();

        Assert.Equal("a: base\nb: ha\nc: with\nd: fleet\ne: region\nf: own\ng: enterprise\n", _cluster.Tree("components/app/values.yaml"));
    }

    [Fact]
    public void An_override_that_the_enterprise_tier_hides_is_a_warning_until_the_order_says_otherwise()
    {
        _cluster.Property("ClusterEdition", "enterprise")
            .Service("app", files: ("values/enterprise.yaml", "image: {tag: private}\n"))
            .File("values/app.yaml", "image:\n  tag: own\n");

        Assert.Equal(new Place(_cluster.PathOf("values/app.yaml"), 2, 8), _cluster.Expect("OC3007").Place);
        Assert.Equal("private", Values("app", "image", "tag"));

        _cluster.Property("ClusterValuesOrder", "base;enterprise;override").BuildClean();
        Assert.Equal("own", Values("app", "image", "tag"));
    }

    [Fact]
    public void A_service_waits_for_the_resources_of_what_it_requires()
    {
        _cluster.Service("app", TestCluster.DefaultSpec("app", "requires: [{service: db}]")).Service("db")
            .File("resources/db/pool.yaml", TestCluster.Manifest("ConfigMap", "pool", "db"));

        _cluster.BuildClean();

        Assert.Equal(["db-resources"], DependsOn("app"));
    }

    [Fact]
    public void A_service_waits_for_those_of_the_packages_that_its_own_depends_on()
    {
        _cluster.Service("app", dependsOn: ["db"]).Service("db");

        _cluster.BuildClean();

        Assert.Equal(["db"], DependsOn("app"));
    }

    [Fact]
    public void Where_a_component_names_the_requirement_it_alone_waits()
    {
        AddTwoSteps(dependsOn: "db");

        _cluster.BuildClean();

        Assert.Equal(["namespaces"], DependsOn("app-first"));
    }

    [Fact]
    public void A_project_lets_a_service_wait_for_others_and_for_parts_of_them()
    {
        _cluster.Service("app").Service("db").Service("web").File("prerequisites/db/x.yaml", TestCluster.Manifest("ConfigMap", "x", "db"))
            .Item("ClusterService", "app", ("DependsOn", "db-prerequisites + web; vault"))
            .Item("ClusterService", "vault", ("ProvidedExternally", "true"));

        _cluster.BuildClean();

        Assert.Equal(["db-prerequisites", "web"], DependsOn("app"));
    }

    [Fact]
    public void A_service_does_not_wait_for_itself()
    {
        _cluster.Service(
            "store",
            """
            namespaces: [{name: store, podSecurity: restricted}]
            provides: [storage]
            requires: [{capability: storage}]
            components:
            - name: 00-first
            - name: 10-second
            """,
            files: [("00-first/a.yaml", TestCluster.Manifest("ConfigMap", "a")), ("10-second/b.yaml", TestCluster.Manifest("ConfigMap", "b"))]);

        _cluster.BuildClean();

        Assert.Equal(["namespaces"], DependsOn("store-first"));
    }

    [Fact]
    public void What_waits_for_nothing_starts_in_ordinal_order()
    {
        _cluster.Service("c").Service("a").Service("b");

        Assert.Equal(["a", "b", "c"], _cluster.BuildClean().Services.Select(service => service.Name));
    }

    [Fact]
    public void A_cluster_that_creates_no_namespace_has_no_component_for_them()
    {
        _cluster.Service("app", "namespaces: [{name: kube-system, podSecurity: privileged, create: false}]", files: ("manifests/a.yaml", TestCluster.Manifest("ConfigMap", "a")));

        _cluster.BuildClean();

        Assert.Empty(DependsOn("app"));
        Assert.False(File.Exists(Path.Combine(_cluster.TreePath, "services/namespaces.yaml")));
    }

    [Fact]
    public void An_application_lives_in_the_namespace_that_it_brings()
    {
        _cluster.Service("app")
            .File("applications/shop/a.yaml", TestCluster.Manifest("Namespace", "store", rest: "  labels: {pod-security.kubernetes.io/enforce: restricted}\n"))
            .File("applications/shop/b.yaml", TestCluster.Manifest("ConfigMap", "b"))
            .File("applications/blog/c.yaml", TestCluster.Manifest("ConfigMap", "c"));

        _cluster.BuildClean();

        Assert.Equal(["app.yaml", "blog.yaml"], Directory.EnumerateFiles(Path.Combine(_cluster.TreePath, "components/namespaces"), "*.yaml").Select(Path.GetFileName).Where(name => name != "kustomization.yaml").Order());
        Assert.Contains("value: store", _cluster.Tree("components/application-shop/kustomization.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_without_a_service_does_not_make_what_it_depends_on_transitive()
    {
        _cluster.Package("Test.bundle", "1.0.0", true, ["db"], ("README.md", "x")).Service("db", isReferenced: false);

        var result = _cluster.Build();

        Assert.Equal(["OC1012"], result.Diagnostics.Select(found => found.Code));
        Assert.Equal(["db"], result.Services.Select(service => service.Name));
    }

    [Fact]
    public void A_namespace_is_created_where_one_of_its_services_asks_for_it_at_the_level_that_the_project_says()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha").Replace("name: alpha, podSecurity: restricted", "name: shared, podSecurity: restricted, create: false", StringComparison.Ordinal))
            .Service("beta", TestCluster.DefaultSpec("beta").Replace("name: beta, podSecurity: restricted", "name: shared, podSecurity: restricted", StringComparison.Ordinal))
            .Item("ClusterService", "alpha", ("PodSecurity", "baseline")).Item("ClusterService", "beta", ("PodSecurity", "baseline"));

        _cluster.BuildClean();

        Assert.Contains("pod-security.kubernetes.io/enforce: baseline", _cluster.Tree("components/namespaces/shared.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_application_may_live_in_the_namespace_of_a_service()
    {
        _cluster.Service("db").Service("app")
            .File("applications/db/x.yaml", TestCluster.Manifest("ConfigMap", "x"))
            .File("applications/blog/x.yaml", TestCluster.Manifest("ConfigMap", "x"));

        _cluster.BuildClean();

        Assert.Contains("enforce: restricted", _cluster.Tree("components/namespaces/db.yaml"), StringComparison.Ordinal);
        Assert.Contains("enforce: baseline", _cluster.Tree("components/namespaces/blog.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_of_one_component_goes_by_its_own_name_and_may_have_no_namespace()
    {
        _cluster.Service("roles", "components: [{name: 00-all}]", files: ("manifests/a.yaml", TestCluster.Manifest("ClusterRole", "a", apiVersion: "rbac.authorization.k8s.io/v1", rest: "rules: []\n")));

        Assert.Equal("roles", Assert.Single(Assert.Single(_cluster.BuildClean().Services).Components));
    }

    [Fact]
    public void The_order_of_items_changes_no_byte()
    {
        _cluster.Service("b", TestCluster.DefaultSpec("b", "requires: [{service: c}]")).Service("a").Service("c");
        _cluster.BuildClean();
        using var other = new TestCluster();
        other.Service("c").Service("a").Service("b", TestCluster.DefaultSpec("b", "requires: [{service: c}]"));
        other.BuildClean();

        Assert.Equal(Files(_cluster), Files(other));
    }

    private IEnumerable<string> DependsOn(string kustomization, TestCluster? cluster = null) =>
        Directory.EnumerateFiles(Path.Combine((cluster ?? _cluster).TreePath, "services"), "*.yaml")
            .SelectMany(file => YamlReader.Read(new SourceFile(file, File.ReadAllBytes(file)), new DiagnosticBag())!.Value)
            .Cast<YamlMap>()
            .Where(map => map.Text("kind") == "Kustomization" && map.Text("metadata", "name") == kustomization)
            .SelectMany(map => ((map["spec"] as YamlMap)?["dependsOn"] as YamlList)?.Items ?? [])
            .Select(item => ((YamlMap)item).Text("name")!);

    private string? Values(string release, params string[] path) => Value(_cluster, release, path);

    private static string? Values(string release, string key, TestCluster cluster) => Value(cluster, release, [key]);

    private static string? Value(TestCluster cluster, string release, string[] path)
    {
        var file = Path.Combine(cluster.TreePath, $"components/{release}/values.yaml");
        return File.Exists(file)
            ? ((YamlMap)YamlReader.ReadSingle(new SourceFile(file, File.ReadAllBytes(file)), new DiagnosticBag())!).Text(path)
            : null;
    }

    /// <summary>A service of two components, the second of which requires another service.</summary>
    private void AddTwoSteps(params string[] dependsOn) => _cluster
        .Service(
            "app",
            """
            namespaces: [{name: app, podSecurity: restricted}]
            components:
            - name: 00-first
            - name: 10-second
              requires: [{service: db}]
            """,
            dependsOn: dependsOn,
            files: [("00-first/a.yaml", TestCluster.Manifest("ConfigMap", "a")), ("10-second/b.yaml", TestCluster.Manifest("ConfigMap", "b"))])
        .Service("db");

    private static SortedDictionary<string, string> Files(TestCluster cluster) => new(
        Directory.EnumerateFiles(cluster.TreePath, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(cluster.TreePath, file), File.ReadAllText),
        StringComparer.Ordinal);
}
