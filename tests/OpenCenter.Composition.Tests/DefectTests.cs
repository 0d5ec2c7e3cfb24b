namespace OpenCenter.Composition.Tests;

/// <summary>
/// Defects that clusters made of templates and copied files have had, each as somebody would bring it into a project today:
/// found where it stands, or not to be expressed at all.
/// </summary>
public sealed class DefectTests : IDisposable
{
    private const string Flux = "kustomize.toolkit.fluxcd.io/v1";
    private const string Helm = "helm.toolkit.fluxcd.io/v2";
    private const string Source = "source.toolkit.fluxcd.io/v1";
    private const string Own = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";

    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void D01_A_Kustomization_that_waits_for_a_name_that_nothing_has()
    {
        _cluster.Service("alpha").File("applications/shop/all.yaml",
            Kustomization("edge-gateway-base") + "---\n" + Kustomization("edge", "  dependsOn:\n  - name: edge-gatewy-base\n"));

        Found("OC4012", "applications/shop/all.yaml", 23, 5,
            "Kustomization 'shop/edge': spec.dependsOn[] names kustomize.toolkit.fluxcd.io/v1/Kustomization/shop/edge-gatewy-base, which is not in this cluster. Did you mean 'edge-gateway-base'?");
    }

    [Fact]
    public void D01_A_service_that_waits_for_a_name_that_nothing_has()
    {
        _cluster.Service("alpha").Item("ClusterService", "alpha", ("DependsOn", "betta")).Service("beta");

        Found("OC2009", "test.csproj", 4, 5, "betta", "Did you mean 'beta'?");
    }

    /// <summary>Flux tree: "Namespaces are written once, in namespaces, whichever services share them", and every first component waits for it.</summary>
    [Fact]
    public void D02_A_namespace_that_nobody_lists_can_not_be_expressed()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha").Replace("name: alpha, podSecurity: restricted", "name: shared, podSecurity: privileged", StringComparison.Ordinal))
            .Service("beta", TestCluster.DefaultSpec("beta").Replace("name: beta, podSecurity", "name: shared, podSecurity", StringComparison.Ordinal));
        _cluster.Build();

        Assert.Contains("pod-security.kubernetes.io/enforce: privileged", _cluster.Tree("components/namespaces/shared.yaml"), StringComparison.Ordinal);
        Assert.All(["alpha", "beta"], service => Assert.Contains("dependsOn:\n  - name: namespaces\n", _cluster.Tree($"services/{service}.yaml"), StringComparison.Ordinal));
    }

    [Fact]
    public void D02_A_file_that_lies_in_the_folder_and_is_not_listed()
    {
        _cluster.Service("alpha")
            .File("applications/shop/kustomization.yaml", $"{Own}namespace: shop\nresources: [web.yaml]\n")
            .File("applications/shop/web.yaml", TestCluster.Manifest("Service", "web"))
            .File("applications/shop/quota.yaml", TestCluster.Manifest("ResourceQuota", "web"));

        Found("OC4027", "applications/shop/quota.yaml", 0, 0, "The folder's kustomization.yaml does not use this file, so nothing comes of it.");
    }

    [Fact]
    public void D03_Values_of_a_name_that_no_release_has()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha").Replace("    name: alpha\n", "    name: envoy-alpha\n", StringComparison.Ordinal))
            .File("values/envoy-alhpa.yaml", "replicas: 2\n");

        Found("OC3006", "values/envoy-alhpa.yaml", 0, 0, "envoy-alpha");
    }

    [Fact]
    public void D03_A_Secret_of_values_under_a_name_that_the_release_does_not_read()
    {
        _cluster.Service("alpha")
            .File("applications/shop/release.yaml", Release("web", "  valuesFrom:\n  - {kind: Secret, name: envoy-web-values-override, optional: true}\n") + "---\n" + Repository("web"))
            .File("applications/shop/values.yaml", TestCluster.Manifest("Secret", "web-values-override", "shop", rest: "stringData: {override.yaml: ENC}\n"));

        Found("OC4026", "applications/shop/values.yaml", 1, 1,
            "Nothing in this cluster reads Secret 'shop/web-values-override'.", "Something names 'envoy-web-values-override', which is not there: is that meant?");
    }

    [Fact]
    public void D04_A_kustomization_that_moves_a_release_away_from_the_source_that_it_names()
    {
        _cluster.Service("alpha")
            .File("applications/shop/kustomization.yaml", $"{Own}namespace: kube-system\nresources: [release.yaml]\n")
            .File("applications/shop/release.yaml", Release("web", "", "shop") + "---\n" + Repository("web"));

        Found("OC4012", "applications/shop/release.yaml", 12, 9,
            "HelmRelease 'kube-system/web': spec.chart.spec.sourceRef names source.toolkit.fluxcd.io/v1/HelmRepository/shop/web, which is not in this cluster. There is one in the namespace 'kube-system'.");
    }

    [Fact]
    public void D05_A_kustomization_that_moves_a_source_away_from_the_release_that_names_it()
    {
        _cluster.Service("alpha")
            .File("applications/shop/kustomization.yaml", $"{Own}resources: [release.yaml, source]\n")
            .File("applications/shop/release.yaml", Release("web", "", "flux-system"))
            .File("applications/shop/source/kustomization.yaml", $"{Own}namespace: shop\nresources: [source.yaml]\n")
            .File("applications/shop/source/source.yaml", Repository("web", "flux-system"));

        Found("OC4012", "applications/shop/release.yaml", 12, 9, "HelmRepository/flux-system/web, which is not in this cluster. There is one in the namespace 'shop'.");
    }

    [Fact]
    public void D06_A_health_check_of_a_release_that_nothing_makes()
    {
        _cluster.Service("alpha").File("applications/shop/all.yaml",
            Kustomization("edge", $"  healthChecks:\n  - {{apiVersion: {Helm}, kind: HelmRelease, name: alhpa, namespace: alpha}}\n"));

        Found("OC4012", "applications/shop/all.yaml", 12, 5, "Kustomization 'shop/edge': spec.healthChecks[] names helm.toolkit.fluxcd.io/v2/HelmRelease/alpha/alhpa", "Did you mean 'alpha'?");
    }

    [Fact]
    public void D07_Rules_in_one_Kustomization_with_the_engine_that_brings_their_kind()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "creates: [example.com/Rule]"), files: ("manifests/rule.yaml", TestCluster.Manifest("Rule", "all", "alpha", "example.com/v1")));

        Found("OC4023", "manifests/rule.yaml", 1, 1, "Rule 'alpha/all' is applied by 'alpha', which does not wait for what brings the kind example.com/Rule: alpha.");
    }

    /// <summary>Flux tree: "One folder holds all of a component and builds with kustomize build alone".</summary>
    [Fact]
    public void D07_A_folder_of_the_tree_without_a_kustomization_can_not_be_expressed()
    {
        _cluster.Service("alpha").File("resources/alpha/deep/down/x.yaml", TestCluster.Manifest("Service", "y"))
            .File("applications/shop/x.yaml", TestCluster.Manifest("Service", "x"));
        _cluster.Build();

        Assert.All(Directory.EnumerateDirectories(Path.Combine(_cluster.TreePath, "components")).Where(folder => Path.GetFileName(folder) != "namespaces"),
            folder => Assert.True(File.Exists(Path.Combine(folder, "kustomization.yaml")), folder));
    }

    [Fact]
    public void D08_One_source_that_three_services_have()
    {
        foreach (var service in (string[])["alpha", "beta", "gamma"])
        {
            _cluster.Service(service, files: ("manifests/source.yaml", Repository("charts", "shared")));
        }

        _cluster.Item("ClusterExternal", "v1/Namespace//shared");
        var found = _cluster.Build().Diagnostics.Where(diagnostic => diagnostic.Code == "OC4004").ToArray();

        Assert.Equal(["beta", "gamma"], found.Select(diagnostic => diagnostic.Place!.Value.File.Split("Test.")[1].Split('/')[0]).Order());
        Assert.All(found, diagnostic => Assert.Contains("HelmRepository 'shared/charts' stands twice; the other is at ", diagnostic.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void D09_Address_pools_before_the_service_that_brings_their_kind()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "creates: [example.com/Pool]"))
            .File("prerequisites/alpha/pool.yaml", TestCluster.Manifest("Pool", "public", "alpha", "example.com/v1"));

        Found("OC4023", "prerequisites/alpha/pool.yaml", 1, 1, "Pool 'alpha/public' is applied by 'alpha-prerequisites', which does not wait for what brings the kind example.com/Pool: alpha.");
    }

    [Fact]
    public void D10_A_passphrase_in_clear_that_all_clusters_share()
    {
        _cluster.Service("alpha", files: ("manifests/crypto.yaml", TestCluster.Manifest("Secret", "crypto", "alpha", rest: "stringData:\n  CRYPTO_KEY_VALUE: CHANGEME\n")));

        Found("OC5020", "manifests/crypto.yaml", 7, 21, "'stringData.CRYPTO_KEY_VALUE' of this Secret is in clear.");
    }

    [Theory]
    [InlineData("version: v0.0.0-latest")]
    [InlineData("version: 1.x")]
    [InlineData("version: \">=1.0.0\"")]
    public void D11_A_chart_that_is_another_one_tomorrow(string version)
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha").Replace("    chart: alpha\n", $"    chart: alpha\n    {version}\n", StringComparison.Ordinal));

        Found("OC1010", "service.yaml", 13, 16, "'spec.components[0].release.version' is '", "it must be one version");
    }

    [Theory]
    [InlineData("GitRepository", "ref: {branch: main}", 6, 8, "spec.ref.tag is missing")]
    [InlineData("GitRepository", "ref: {semver: 1.x}", 6, 8, "spec.ref.tag is missing")]
    [InlineData("GitRepository", "interval: 1h", 1, 1, "spec.ref is missing")]
    [InlineData("OCIRepository", "ref: {tag: latest}", 6, 14, "spec.ref.tag is 'latest'")]
    public void D11_A_package_whose_source_follows_a_branch(string kind, string reference, int line, int column, string text)
    {
        _cluster.Service("alpha", files: ("manifests/source.yaml", TestCluster.Manifest(kind, "sources", apiVersion: Source, rest: $"spec:\n  {reference}\n")));

        Found("OC4028", "manifests/source.yaml", line, column, $"{kind} 'alpha/sources': {text}, so the cluster can change without a change here.");
    }

    [Fact]
    public void D11_A_package_whose_release_takes_any_version()
    {
        _cluster.Service("alpha", files: ("manifests/release.yaml", Release("web", "", ns: "alpha") + "---\n" + Repository("web", "alpha")));

        Found("OC4028", "manifests/release.yaml", 10, 7, "HelmRelease 'alpha/web': spec.chart.spec.version is missing");
    }

    [Fact]
    public void D12_A_folder_that_builds_only_beside_another_one()
    {
        _cluster.Service("alpha").File("applications/shop/kustomization.yaml", $"{Own}resources:\n- ../sources/charts.yaml\n");

        Found("OC4009", "applications/shop/kustomization.yaml", 4, 3, "'../sources/charts.yaml' leads out of this folder.");
    }

    [Fact]
    public void D13_A_folder_that_is_listed_and_missing()
    {
        _cluster.Service("alpha").File("applications/shop/kustomization.yaml", $"{Own}resources:\n- ./flux-system\n");

        Found("OC4010", "applications/shop/kustomization.yaml", 4, 3, "'./flux-system' is not in this folder.");
    }

    [Fact]
    public void D13_A_folder_for_a_service_that_the_cluster_calls_otherwise()
    {
        _cluster.Service("alpha").File("resources/aplha/x.yaml", TestCluster.Manifest("Service", "x"));

        Assert.Contains("Did you mean 'alpha'?", _cluster.Expect("OC2012").Message, StringComparison.Ordinal);
    }

    /// <summary>Cluster project: FluxPath comes "from the enclosing Git repository's root", so no path can name another folder than the one it is in.</summary>
    [Fact]
    public void D13_A_path_to_a_folder_that_is_not_there_can_not_be_expressed()
    {
        _cluster.Service("alpha").File("resources/alpha/x.yaml", TestCluster.Manifest("Service", "x"));
        _cluster.BuildClean();
        var paths = Directory.EnumerateFiles(Path.Combine(_cluster.TreePath, "services")).SelectMany(File.ReadAllLines).Where(line => line.StartsWith("  path: ", StringComparison.Ordinal)).ToArray();

        Assert.Equal(3, paths.Length);
        Assert.All(paths, path => Assert.True(Directory.Exists(path.Replace("  path: ./clusters/test/flux", _cluster.TreePath, StringComparison.Ordinal)), path));
    }

    [Fact]
    public void D14_Two_kustomizations_that_claim_one_folder()
    {
        _cluster.Service("alpha")
            .File("applications/shop/kustomization.yaml", $"{Own}namespace: shop\nresources: [web.yaml]\n")
            .File("applications/shop/kustomization.yml", $"{Own}namespace: shop\nresources: [web.yaml]\n")
            .File("applications/shop/web.yaml", TestCluster.Manifest("Service", "web"));

        Found("OC4029", "applications/shop/kustomization.yml", 0, 0, "This folder has a kustomization.yaml, too, and kustomize takes neither of two.");
    }

    [Fact]
    public void D14_A_template_beside_what_it_makes()
    {
        _cluster.Service("alpha")
            .File("applications/shop/kustomization.yaml", $"{Own}namespace: shop\nresources: [web.yaml]\n")
            .File("applications/shop/kustomization.yaml.tpl", "{{ . }}\n")
            .File("applications/shop/web.yaml", TestCluster.Manifest("Service", "web"));

        Found("OC4027", "applications/shop/kustomization.yaml.tpl", 0, 0, "does not use this file");
    }

    /// <summary>Flux tree: the values Secret "carries the label reconcile.fluxcd.io/watch: Enabled, so that a changed value is reconciled at once".</summary>
    [Theory]
    [InlineData("Merged", 1)]
    [InlineData("Layered", 2)]
    public void D15_A_Secret_of_values_whose_change_waits_for_the_interval_can_not_be_expressed(string mode, int secrets)
    {
        _cluster.Service("alpha", files: ("values/base.yaml", "replicas: 1\n")).File("values/alpha.yaml", "replicas: 2\n").Property("FluxValuesMode", mode);
        _cluster.BuildClean();
        var generated = _cluster.Tree("components/alpha/kustomization.yaml").Split("secretGenerator:")[1];

        Assert.Equal(secrets, generated.Split("- name:").Length - 1);
        Assert.Equal(secrets, generated.Split("reconcile.fluxcd.io/watch: Enabled").Length - 1);
    }

    private void Found(string code, string file, int line, int column, params string[] texts)
    {
        var found = _cluster.Expect(code);

        Assert.All(texts, text => Assert.Contains(text, found.Message, StringComparison.Ordinal));
        Assert.EndsWith(file, found.Place!.Value.File, StringComparison.Ordinal);
        Assert.Equal((line, column), (found.Place.Value.Line, found.Place.Value.Column));
    }

    private static string Kustomization(string name, string more = "") => TestCluster.Manifest("Kustomization", name, "shop", Flux,
        $"spec:\n  interval: 5m\n  path: ./x\n  prune: true\n  sourceRef: {{kind: GitRepository, name: flux-system, namespace: flux-system}}\n{more}");

    private static string Release(string name, string more = "", string? source = null, string ns = "shop") => TestCluster.Manifest("HelmRelease", name, ns, Helm,
        $"spec:\n  interval: 5m\n  chart:\n    spec:\n      chart: {name}\n      sourceRef:\n        kind: HelmRepository\n        name: {name}\n{(source is null ? "" : $"        namespace: {source}\n")}{more}");

    private static string Repository(string name, string ns = "shop") =>
        TestCluster.Manifest("HelmRepository", name, ns, Source, "spec: {interval: 1h, url: \"https://charts.example.com\"}\n");
}
