using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_domain_that_is_needed_but_not_given_is_shown_where_it_is_used()
    {
        _cluster.Service("alpha", files: ("values/base.yaml", "a: 1\nhost: alpha.${cluster.domain}\n"));

        var found = _cluster.Expect("OC1017");

        Assert.Equal(new Place(_cluster.PackageFile("alpha", "values/base.yaml"), 2, 13), found.Place);
        Assert.Contains("<ClusterDomain>", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_service_names_its_package_and_the_line_that_needs_it()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "requires: [{service: vault}]"));

        var found = _cluster.Expect("OC2001");

        Assert.Equal(new Place(_cluster.ProjectFile, 3, 5), found.Place);
        Assert.Contains("OpenCenter.Services.Vault", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_capability_names_every_package_that_would_provide_it()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "requires: [{capability: secret-store}]"));

        var found = _cluster.Expect("OC2002");

        Assert.Contains("OpenCenter.Services.Openbao, OpenCenter.Services.Vault", found.Message, StringComparison.Ordinal);
        Assert.Equal(3, found.Place!.Value.Line);
    }

    [Fact]
    public void A_service_of_another_provider_is_an_error()
    {
        _cluster.Property("ClusterProvider", "kind").Service("alpha", TestCluster.DefaultSpec("alpha", "providers: [openstack, vsphere]"));

        Assert.Contains("runs on openstack, vsphere only, but ClusterProvider is 'kind'", _cluster.Expect("OC2003").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_is_printed_whole()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "requires: [{service: beta}]"))
            .Service("beta", TestCluster.DefaultSpec("beta", "after: [gamma]"))
            .Service("gamma", TestCluster.DefaultSpec("gamma", "requires: [{service: alpha}]"));

        Assert.Contains("'alpha' requires 'beta', 'beta' comes after 'gamma', 'gamma' requires 'alpha'", _cluster.Expect("OC2005").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_services_with_one_release_name_are_an_error()
    {
        _cluster.Service("alpha").Service("beta", TestCluster.DefaultSpec("alpha").Replace("- name: alpha", "- name: beta", StringComparison.Ordinal));

        Assert.Contains("'alpha' and 'beta' both have a Helm release 'alpha'", _cluster.Expect("OC2006").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_values_file_that_matches_no_release_says_which_was_meant()
    {
        _cluster.Service("cert-manager").File("values/certmanager.yaml", "a: 1\n");

        var found = _cluster.Expect("OC3006");

        Assert.Equal(_cluster.PathOf("values/certmanager.yaml"), found.Place!.Value.File);
        Assert.EndsWith("Did you mean 'cert-manager'?", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: [1\n", "OC3001", 2)]
    [InlineData("a: 1\nb:\n\tc: 2\n", "OC3001", 3)]
    [InlineData("a: 1\nb: 2\na: 3\n", "OC3002", 3)]
    [InlineData("a: 1\n---\nb: 2\n", "OC3004", 3)]
    [InlineData("- a\n", "OC3005", 1)]
    public void Values_that_are_no_map_of_keys_are_refused_at_their_place(string text, string code, int line)
    {
        _cluster.Service("alpha").File("values/alpha.yaml", text);

        var found = _cluster.Expect(code);

        Assert.Equal(_cluster.PathOf("values/alpha.yaml"), found.Place!.Value.File);
        Assert.Equal(line, found.Place.Value.Line);
    }

    [Fact]
    public void A_patch_without_a_target_is_an_error()
    {
        _cluster.Service("alpha").File("patches/alpha/x.yaml", TestCluster.Manifest("HelmRelease", "alpa", apiVersion: "helm.toolkit.fluxcd.io/v2"));

        Assert.Contains("HelmRelease 'alpa', which the component 'alpha' does not have. Did you mean 'alpha'?", _cluster.Expect("OC4005").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_without_a_kind_is_an_error()
    {
        _cluster.Service("alpha").File("resources/alpha/x.yaml", "apiVersion: v1\nmetadata:\n  name: x\n");

        Assert.Equal(new Place(_cluster.PathOf("resources/alpha/x.yaml"), 1, 1), _cluster.Expect("OC4002").Place);
    }

    [Fact]
    public void Two_documents_of_one_name_are_an_error()
    {
        var text = TestCluster.Manifest("ConfigMap", "x");
        _cluster.Service("alpha").File("resources/alpha/x.yaml", $"{text}---\n{text}");

        Assert.Equal(6, _cluster.Expect("OC4004").Place!.Value.Line);
    }

    [Fact]
    public void An_unknown_kind_without_a_namespace_is_an_error()
    {
        _cluster.Service("alpha").File("resources/alpha/x.yaml", TestCluster.Manifest("Widget", "x", apiVersion: "example.com/v1"));

        Assert.Contains("Add metadata.namespace: alpha", _cluster.Expect("OC4003").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_descriptor_from_a_newer_SDK_is_that_error_and_no_other()
    {
        _cluster.Service("alpha", "requiresSdk: \"9.0\"\nfuture: true");

        Assert.Contains("needs OpenCenter.Sdk 9.0 or newer", Assert.Single(_cluster.Build().Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("requirez: []", "OC1006", "Did you mean 'requires'?")]
    [InlineData("provides: x", "OC1007", "'spec.provides' must be a list")]
    [InlineData("provides: [ok, true]", "OC1007", "'spec.provides[]' must be a string; write \"true\" in quotes if that is meant.")]
    [InlineData("after: [1]", "OC1007", "'spec.after[]' must be a string; write \"1\" in quotes if that is meant.")]
    [InlineData("after: [[]]", "OC1007", "'spec.after[]' must be a string.")]
    [InlineData("namespaces: [{name: x}]", "OC1008", "'spec.namespaces[0].podSecurity' is missing")]
    public void A_descriptor_is_read_strictly(string spec, string code, string text)
    {
        _cluster.Service("alpha", spec);

        var found = _cluster.Expect(code);

        Assert.Contains(text, found.Message, StringComparison.Ordinal);
        Assert.Equal(7, found.Place!.Value.Line);
    }

    [Fact]
    public void A_values_Secret_over_one_mebibyte_is_an_error()
    {
        _cluster.Service("alpha").File("values/alpha.yaml", $"a: {new string('x', 1024 * 1024)}\n");

        Assert.Equal(_cluster.PathOf("values/alpha.yaml"), _cluster.Expect("OC3014").Place!.Value.File);
    }

    [Fact]
    public void A_name_that_is_almost_one_of_ours_is_shown_at_its_place()
    {
        _cluster.Service("alpha").Item("ClusterVariables", "registry", ("Value", "registry.example.com")).Item("ClusterOwner", "platform");

        var found = _cluster.Expect("OC1032");

        Assert.Equal("Nothing reads 'ClusterVariables'. Did you mean 'ClusterVariable'?", found.Message);
        Assert.Equal(new Place(_cluster.ProjectFile, 4, 5), found.Place);
    }

    [Fact]
    public void Metadata_that_nothing_reads_is_an_error()
    {
        _cluster.Service("alpha").Item("ClusterService", "alpha", ("Suspnd", "true"));

        Assert.Contains("ClusterService 'alpha': nothing reads 'Suspnd'; it has Interval, Timeout, Suspend,", _cluster.Expect("OC1005").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_public_name_of_the_SDK_is_known()
    {
        var folder = Path.Combine(Needs.Repository, "sdk/OpenCenter.Sdk/targets");
        var text = File.ReadAllText(Path.Combine(folder, "OpenCenter.Cluster.props")) + File.ReadAllText(Path.Combine(folder, "OpenCenter.Cluster.targets"));
        var names = System.Text.RegularExpressions.Regex.Matches(text, @"[$@]\(((Cluster|Flux)\w+)\)").Select(match => match.Groups[1].Value);

        Assert.Empty(names.Distinct().Except([.. Inputs.ProjectNames.Known, "ClusterExplanation"]));
    }

    [Fact]
    public void Every_diagnostic_has_its_page()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Needs.Repository, "tasks/OpenCenter.Composition/Diagnostics"), "*Diagnostics.cs");
        var codes = sources.SelectMany(file => File.ReadAllText(file).Split("new(\"OC")[1..].Select(rest => $"OC{rest[..4]}")).ToArray();

        Assert.True(codes.Length > 80);
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.All(codes, code => Assert.StartsWith($"# {code}: ", File.ReadAllText(Path.Combine(Needs.Repository, "docs/diagnostics", $"{code}.md")), StringComparison.Ordinal));
    }
}
