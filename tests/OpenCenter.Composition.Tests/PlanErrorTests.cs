using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Tests;

/// <summary>What keeps a set of services from being a cluster: what is said, and where.</summary>
public sealed class PlanErrorTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_service_of_some_providers_needs_to_know_which_the_cluster_has()
    {
        _cluster.Service("alpha").Service("beta", TestCluster.DefaultSpec("beta", "providers: [openstack, vsphere]"));

        Expect("OC2004", 4, "'beta' depends on the provider (openstack, vsphere), but the project gives no ClusterProvider. Add <ClusterProvider>openstack</ClusterProvider> to a PropertyGroup of the project.");
    }

    [Fact]
    public void A_service_runs_on_each_provider_that_it_names()
    {
        _cluster.Property("ClusterProvider", "vsphere").Service("alpha", TestCluster.DefaultSpec("alpha", "providers: [openstack, vsphere]"));

        _cluster.BuildClean();
    }

    [Fact]
    public void A_missing_service_says_how_to_add_it_and_how_to_have_it_from_elsewhere()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "requires: [{service: big-vault}]"));

        Expect("OC2001", 3, "'alpha' requires the service 'big-vault', which this cluster does not deploy. Add <PackageReference Include=\"OpenCenter.Services.BigVault\" Version=\"…\" />, or, if the cluster has it from elsewhere, <ClusterService Include=\"big-vault\" ProvidedExternally=\"true\" />.");
    }

    [Fact]
    public void A_capability_that_no_package_has_says_only_how_to_have_it_from_elsewhere()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "requires: [{capability: moon}]"));

        Expect("OC2002", 3, "'alpha' requires the capability 'moon', which nothing in this cluster provides. If the cluster has it from elsewhere, add <ClusterCapability Include=\"moon\" ProvidedExternally=\"true\" />.");
    }

    [Theory]
    [InlineData("openbao")]
    [InlineData("beta")]
    public void An_external_service_brings_its_capabilities(string external)
    {
        // One that only the catalogue knows, and one whose package is there.
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "requires: [{capability: secret-store}]"))
            .Item("ClusterService", external, ("ProvidedExternally", "true"));
        if (external == "beta")
        {
            _cluster.Service("beta", TestCluster.DefaultSpec("beta", "provides: [secret-store]"));
        }

        _cluster.BuildClean();
    }

    [Fact]
    public void What_a_component_requires_must_be_there_too()
    {
        _cluster.Service("alpha", "namespaces: [{name: alpha, podSecurity: restricted}]\ncomponents:\n- name: 00-first\n- name: 10-second\n  requires: [{service: vault}]");

        Assert.StartsWith("'alpha' requires the service 'vault'", _cluster.Expect("OC2001").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ClusterService_that_names_no_service_says_which_was_meant()
    {
        _cluster.Service("alpha").Item("ClusterService", "alhpa", ("Suspend", "true"));

        Expect("OC1023", 4, "ClusterService 'alhpa' names no service of this cluster. Did you mean 'alpha'?");
    }

    [Fact]
    public void A_chosen_provider_must_provide_the_capability()
    {
        _cluster.Service("ceph", TestCluster.DefaultSpec("ceph", "provides: [storage]")).Service("nfs", TestCluster.DefaultSpec("nfs", "provides: [storage]"))
            .Service("web").Item("ClusterCapability", "storage", ("Service", "web"));

        Expect("OC2010", 6, "ClusterCapability 'storage': the service 'web' does not provide it; ceph, nfs would.");
    }

    [Fact]
    public void A_capability_that_nobody_provides_can_not_be_given_to_a_service()
    {
        _cluster.Service("web").Item("ClusterCapability", "storage", ("Service", "web"));

        Expect("OC2010", 4, "ClusterCapability 'storage': the service 'web' is not deployed or does not provide it.");
    }

    [Fact]
    public void A_dependency_that_is_neither_service_nor_Kustomization_says_which_was_meant()
    {
        _cluster.Service("alpha").Service("beta").Item("ClusterService", "alpha", ("DependsOn", "btea"));

        Expect("OC2009", 5, "ClusterService 'alpha': DependsOn names 'btea', which is neither a service nor a Flux Kustomization of this cluster. Did you mean 'beta'?");
    }

    [Fact]
    public void A_component_whose_name_the_tree_keeps_for_itself_is_an_error()
    {
        _cluster.Service("app", "namespaces: [{name: app, podSecurity: restricted}]\ncomponents:\n- name: 00-app\n- name: 10-resources", files: [("00-app/a.yaml", TestCluster.Manifest("ConfigMap", "a")), ("10-resources/b.yaml", TestCluster.Manifest("ConfigMap", "b"))]);

        Expect("OC2008", 3, "The service 'app' would make a Flux Kustomization 'app-resources', a name that the tree keeps for itself. Rename the service or its component.");
    }

    [Theory]
    [InlineData("namespaces")]
    [InlineData("flux-system")]
    [InlineData("applications")]
    [InlineData("application-shop")]
    [InlineData("app-prerequisites")]
    public void A_service_does_not_take_a_name_of_the_tree(string name)
    {
        _cluster.Service("alpha").Service(name);

        Assert.Contains($"a Flux Kustomization '{name}', a name that the tree keeps", _cluster.Expect("OC2008").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_components_of_one_name_are_an_error_that_names_both()
    {
        _cluster.Service("app", "namespaces: [{name: app, podSecurity: restricted}]\ncomponents:\n- name: 00-app\n- name: 10-db", files: [("00-app/a.yaml", TestCluster.Manifest("ConfigMap", "a")), ("10-db/b.yaml", TestCluster.Manifest("ConfigMap", "b"))])
            .Service("app-db");

        Expect("OC2007", 4, "Both the component '10-db' of 'app' and the component 'app-db' of 'app-db' would be the Flux Kustomization 'app-db'. Rename one of them.");
    }

    [Theory]
    [InlineData("patches/alhpa/x.yaml", "'patches/alhpa' names no component of this cluster. Did you mean 'alpha'?")]
    [InlineData("resources/alhpa/x.yaml", "'resources/alhpa' names no service of this cluster. Did you mean 'alpha'?")]
    [InlineData("prerequisites/alhpa/x.yaml", "'prerequisites/alhpa' names no service of this cluster. Did you mean 'alpha'?")]
    [InlineData("patches/namespaces/x.yaml", "'patches/namespaces' names no component of this cluster.")]
    public void A_folder_that_matches_nothing_says_which_was_meant(string file, string message)
    {
        _cluster.Service("alpha").File(file, TestCluster.Manifest("ConfigMap", "x", "alpha"));

        Assert.Equal((message, new Place(_cluster.PathOf(file))), Found("OC2012"));
    }

    [Fact]
    public void Nothing_waits_for_the_prerequisites_of_an_external_service()
    {
        _cluster.Service("alpha").Service("db").Item("ClusterService", "db", ("ProvidedExternally", "true"))
            .File("prerequisites/db/x.yaml", TestCluster.Manifest("ConfigMap", "x", "alpha"));

        Assert.Equal(
            ("'db' is provided externally, so nothing waits for these prerequisites. Move them to resources/db/, or remove them.", new Place(_cluster.PathOf("prerequisites/db/x.yaml"))),
            Found("OC2013"));
    }

    [Theory]
    [InlineData("Shop")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890")]
    public void An_application_whose_folder_can_not_be_a_name_is_an_error(string folder)
    {
        _cluster.Service("alpha").File($"applications/{folder}/x.yaml", TestCluster.Manifest("ConfigMap", "x", "alpha"));

        Assert.Equal(
            ($"'{folder}' can't be the name of an application: it must be a DNS-1123 label (lower-case letters, digits and '-').", new Place(_cluster.PathOf($"applications/{folder}/x.yaml"))),
            Found("OC2014"));
    }

    [Fact]
    public void The_application_of_the_longest_name_is_built()
    {
        var name = new string('a', 63 - "application-".Length);
        _cluster.Service("alpha").File($"applications/{name}/x.yaml", TestCluster.Manifest("ConfigMap", "x", "alpha")).BuildClean();

        Assert.True(File.Exists(Path.Combine(_cluster.TreePath, $"components/application-{name}/x.yaml")));
    }

    [Fact]
    public void Two_services_of_one_release_are_named_at_the_second()
    {
        _cluster.Service("alpha").Service("beta", TestCluster.DefaultSpec("alpha").Replace("- name: alpha", "- name: beta", StringComparison.Ordinal));

        Expect("OC2006", 4, "The services 'alpha' and 'beta' both have a Helm release 'alpha'. Its name must be unique in a cluster; remove one of the services.");
    }

    [Fact]
    public void Two_packages_of_one_service_are_an_error()
    {
        var descriptor = $"apiVersion: opencenter.io/v1\nkind: Service\nmetadata: {{name: app, layer: platform}}\nspec: {{namespaces: [{{name: app, podSecurity: restricted}}]}}\n";
        _cluster.Package("Test.one", "1.0.0", true, [], ("service.yaml", descriptor), ("manifests/x.yaml", TestCluster.Manifest("ConfigMap", "x")))
            .Package("Test.two", "1.0.0", true, [], ("service.yaml", descriptor), ("manifests/x.yaml", TestCluster.Manifest("ConfigMap", "x")));

        Expect("OC1013", 4, "The packages 'Test.one' and 'Test.two' both claim to be the service 'app'. Remove one of them.");
    }

    [Fact]
    public void A_namespace_of_two_services_has_the_level_that_both_can_meet_and_says_who_needs_it()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha").Replace("name: alpha, podSecurity: restricted", "name: shared, podSecurity: restricted", StringComparison.Ordinal))
            .Service("beta", TestCluster.DefaultSpec("beta").Replace("name: beta, podSecurity: restricted", "name: shared, podSecurity: privileged", StringComparison.Ordinal))
            .Service("gamma", TestCluster.DefaultSpec("gamma").Replace("name: gamma, podSecurity: restricted", "name: shared, podSecurity: baseline", StringComparison.Ordinal));

        Expect("OC2011", 4, "The namespace 'shared' is privileged, because 'beta' needs it; 'alpha', 'gamma' could run stricter.");
        Assert.Contains("pod-security.kubernetes.io/enforce: privileged", _cluster.Tree("components/namespaces/shared.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_through_two_knots_is_printed_once_for_each()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "requires: [{service: beta}]")).Service("beta", TestCluster.DefaultSpec("beta", "requires: [{service: alpha}]"))
            .Service("gamma", TestCluster.DefaultSpec("gamma", "requires: [{service: delta}]")).Service("delta", TestCluster.DefaultSpec("delta", "requires: [{service: gamma}]"))
            // Waits for a knot and is none itself.
            .Service("omega", TestCluster.DefaultSpec("omega", "requires: [{service: alpha}]"));

        var cycles = _cluster.Build().Diagnostics.Where(found => found.Code == "OC2005").ToArray();

        Assert.Equal(
            [
                "These wait for each other and would never start: 'alpha' requires 'beta', 'beta' requires 'alpha'. Remove one of these requirements.",
                "These wait for each other and would never start: 'delta' requires 'gamma', 'gamma' requires 'delta'. Remove one of these requirements.",
            ],
            cycles.Select(found => found.Message));
        Assert.Equal([3, 6], cycles.Select(found => found.Place!.Value.Line));
    }

    [Fact]
    public void A_capability_that_the_external_service_has_not_is_missing()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "requires: [{capability: moon}]"))
            .Service("beta", TestCluster.DefaultSpec("beta", "provides: [sun]")).Item("ClusterService", "beta", ("ProvidedExternally", "true"));

        Assert.Contains("'moon'", _cluster.Expect("OC2002").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_and_an_application_of_one_name_are_an_error()
    {
        _cluster.Service("application-shop").File("applications/shop/x.yaml", TestCluster.Manifest("ConfigMap", "x"));

        var found = _cluster.Expect("OC2007");

        Assert.Equal("Both the component 'application-shop' of 'application-shop' and the application 'application-shop' would be the Flux Kustomization 'application-shop'. Rename one of them.", found.Message);
        Assert.Equal(_cluster.ProjectFile, found.Place!.Value.File);
    }

    [Theory]
    [InlineData("'alpha' requires 'beta', ClusterService 'beta' depends on 'alpha-resources', 'alpha-resources' comes after 'alpha'", "alpha-resources", "requires: [{service: beta}]")]
    [InlineData("'application-shop' comes after every service, ClusterService 'beta' depends on 'application-shop'", "application-shop", "")]
    [InlineData("'alpha' requires 'sun', which 'beta' provides, ClusterService 'beta' depends on 'alpha'", "alpha", "requires: [{capability: sun}]")]
    [InlineData("'alpha' comes after 'beta', ClusterService 'beta' depends on 'alpha'", "alpha", "after: [sun]")]
    public void Each_reason_for_which_services_wait_is_named_in_a_circle(string reasons, string dependsOn, string alpha)
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", alpha)).Service("beta", TestCluster.DefaultSpec("beta", "provides: [sun]"))
            .Item("ClusterService", "beta", ("DependsOn", dependsOn))
            .File($"{(dependsOn == "alpha-resources" ? "resources/alpha" : "applications/shop")}/x.yaml", TestCluster.Manifest("ConfigMap", "x", "alpha"));

        Assert.Equal([$"These wait for each other and would never start: {reasons}. Remove one of these requirements."], Cycles());
    }

    [Fact]
    public void A_circle_through_packages_and_components_is_printed_whole()
    {
        _cluster.Service(
                "alpha",
                "namespaces: [{name: alpha, podSecurity: restricted}]\ncomponents:\n- name: 00-first\n  requires: [{service: beta}]\n- name: 10-second",
                files: [("00-first/a.yaml", TestCluster.Manifest("ConfigMap", "a")), ("10-second/b.yaml", TestCluster.Manifest("ConfigMap", "b"))])
            .Service("beta", dependsOn: ["alpha"]);

        Assert.Equal(
            ["These wait for each other and would never start: 'alpha' requires 'beta', 'beta' depends on the package of 'alpha', 'alpha-second' comes after 'alpha-first'. Remove one of these requirements."],
            Cycles());
    }

    [Fact]
    public void Of_circles_of_one_length_the_first_in_order_is_printed()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "requires: [{service: gamma}, {service: beta}]"))
            .Service("beta", TestCluster.DefaultSpec("beta", "requires: [{service: alpha}]")).Service("gamma", TestCluster.DefaultSpec("gamma", "requires: [{service: alpha}]"));

        Assert.Equal("These wait for each other and would never start: 'alpha' requires 'beta', 'beta' requires 'alpha'. Remove one of these requirements.", Cycles()[0]);
    }

    private string[] Cycles() => [.. _cluster.Build().Diagnostics.Where(found => found.Code == "OC2005").Select(found => found.Message)];

    private void Expect(string code, int line, string message) => Assert.Equal((message, new Place(_cluster.ProjectFile, line, 5)), Found(code));

    private (string, Place) Found(string code)
    {
        var found = _cluster.Expect(code);
        return (found.Message, found.Place!.Value);
    }
}
