using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;

namespace OpenCenter.Composition.Tests;

/// <summary>What is wrong with a service project of its own: files that no cluster would read, packages that it forgets.</summary>
public sealed class ServiceProjectTests : IDisposable
{
    private const string ManifestsOnly = "namespaces: [{name: own, podSecurity: restricted}]";
    private const string Components = ManifestsOnly + """

        components:
        - name: 00-first
          release:
            name: first
            chart: first
            source: {kind: HelmRepository, url: https://charts.example.com}
        - name: 10-second
        """;

    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("crds/widgets.yaml")]
    [InlineData("values/base.yaml")]
    [InlineData("values/ha.yaml")]
    [InlineData("values/minimal.yaml")]
    [InlineData("values/enterprise.yaml")]
    [InlineData("values/with/beta.yaml")]
    [InlineData("values/provider/openstack.yaml")]
    [InlineData("manifests/it.yaml")]
    public void A_service_of_one_component_has_these_files(string file)
    {
        Own(TestCluster.DefaultSpec("own"), file);

        Assert.Empty(Build());
    }

    [Theory]
    [InlineData("manifest/it.yaml", "it is in no folder that a cluster reads. Did you mean 'manifests'?")]
    [InlineData("value/base.yaml", "it is in no folder that a cluster reads. Did you mean 'values'?")]
    [InlineData("notes/it.yaml", "it is in no folder that a cluster reads.")]
    [InlineData("values/bases.yaml", "values have the tiers base, ha, minimal, enterprise, with/ and provider/. Did you mean 'base.yaml'?")]
    [InlineData("values/wiht/beta.yaml", "values have the tiers base, ha, minimal, enterprise, with/ and provider/. Did you mean 'with'?")]
    [InlineData("values/providers/openstack.yaml", "values have the tiers base, ha, minimal, enterprise, with/ and provider/. Did you mean 'provider'?")]
    [InlineData("values/with/beta/more.yaml", "values have the tiers base, ha, minimal, enterprise, with/ and provider/. Did you mean 'with'?")]
    [InlineData("variants/small/kustomization.yaml", "variants are enterprise, ha, minimal and with/<service or capability>/.")]
    [InlineData("variants/minimum/kustomization.yaml", "variants are enterprise, ha, minimal and with/<service or capability>/. Did you mean 'minimal'?")]
    [InlineData("variants/with/kustomization.yaml", "variants are enterprise, ha, minimal and with/<service or capability>/. Did you mean 'with'?")]
    [InlineData("variants/ha", "variants are enterprise, ha, minimal and with/<service or capability>/. Did you mean 'ha'?")]
    public void A_file_that_no_cluster_reads_is_an_error(string file, string expected)
    {
        Own(TestCluster.DefaultSpec("own"), file);

        Assert.Equal([($"This file matches nothing: {expected}", new Place(_cluster.PathOf(file)))], Found("OC1015"));
    }

    [Theory]
    [InlineData("manifests/a%41.yaml")]
    [InlineData("manifests/a;b/it.yaml")]
    [InlineData("manifests/a:b.yaml")]
    [InlineData("manifests/ä.yaml")]
    [InlineData("manifests/con.yaml")]
    [InlineData("chart/own.NUSPEC")]
    public void A_file_whose_name_a_package_does_not_carry_is_an_error(string file)
    {
        Own(TestCluster.DefaultSpec("own"), file);

        Assert.Equal(new Place(_cluster.PathOf(file)), Assert.Single(Found("OC1053")).Place);
    }

    [Theory]
    [InlineData("values/first/base.yaml")]
    [InlineData("values/first/with/beta.yaml")]
    [InlineData("00-first/it.yaml")]
    [InlineData("10-second/more/it.yaml")]
    public void A_service_of_several_components_has_these_files(string file)
    {
        Own(Components, file);

        Assert.Empty(Found("OC1015"));
    }

    [Theory]
    [InlineData("values/base.yaml", "with several components, values lie in values/<release>/.")]
    [InlineData("values/fisrt/base.yaml", "with several components, values lie in values/<release>/. Did you mean 'first'?")]
    [InlineData("values/first/bases.yaml", "values have the tiers base, ha, minimal, enterprise, with/ and provider/. Did you mean 'base.yaml'?")]
    [InlineData("manifests/it.yaml", "it is in no folder that a cluster reads.")]
    [InlineData("variants/ha/kustomization.yaml", "it is in no folder that a cluster reads.")]
    [InlineData("10-secnd/it.yaml", "it is in no folder that a cluster reads. Did you mean '10-second'?")]
    [InlineData("10-second/variants/huge/kustomization.yaml", "variants are enterprise, ha, minimal and with/<service or capability>/.")]
    public void A_file_that_no_cluster_reads_of_several_components_is_an_error(string file, string expected)
    {
        Own(Components, file);

        Assert.Equal([($"This file matches nothing: {expected}", new Place(_cluster.PathOf(file)))], Found("OC1015"));
    }

    [Fact]
    public void A_component_from_Git_has_no_folder()
    {
        Own(Components + "\n- name: 20-third\n  git: {url: 'https://git.example.com/third', path: deploy, tag: v1.0.0}", "20-third/it.yaml");

        Assert.StartsWith("This file matches nothing: it is in no folder that a cluster reads.", Assert.Single(Found("OC1015")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_the_project_references_no_package_of_is_an_error()
    {
        Own(ManifestsOnly + "\nrequires: [{service: vault}, {capability: storage}]", "manifests/it.yaml");

        Assert.Equal(
            [("The service requires 'vault', but the project references no package of it. Add <PackageReference Include=\"OpenCenter.Services.Vault\" Version=\"[…]\" />, so that a cluster gets both.", new Place(_cluster.PathOf("service.yaml"), 8, 24))],
            Found("OC1025"));
    }

    [Fact]
    public void So_is_one_that_a_component_requires()
    {
        Own(Components + "\n  requires: [{service: vault}]", "10-second/it.yaml");

        Assert.StartsWith("The service requires 'vault', but", Assert.Single(Found("OC1025")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.0.0", "'Test.beta' is referenced as '[1.0.0, )'; a service names the versions it was tried with, such as [1.14.0, 1.15.0).")]
    [InlineData("(, 2.0.0]", "'Test.beta' is referenced as '(, 2.0.0]'; a service names the versions it was tried with, such as [1.14.0, 1.15.0).")]
    [InlineData("[1.0.0, 2.0.0)", null)]
    public void A_service_names_the_versions_it_was_tried_with(string range, string? expected)
    {
        _cluster.Service("beta", isReferenced: false).Item("PackageReference", "Test.beta", ("Version", range)).Item("PackageReference", "Tools", ("Version", "1.0.0"));
        Own(ManifestsOnly + "\nrequires: [{service: beta}]", "manifests/it.yaml");

        Assert.Equal(expected is null ? [] : [(expected, new Place(_cluster.ProjectFile, 3, 5))], Found("OC1026"));
        Assert.Empty(Found("OC1025"));
    }

    private void Own(string spec, string file) =>
        _cluster.File("service.yaml", $"apiVersion: opencenter.io/v1\nkind: Service\nmetadata:\n  name: own\n  layer: platform\nspec:\n{string.Concat(spec.Split('\n').Select(line => $"  {line}\n"))}")
            .File(file, file.StartsWith("values", StringComparison.Ordinal) ? "a: b\n" : TestCluster.Manifest("ConfigMap", "it"));

    private ImmutableArray<Diagnostic> Build()
    {
        var project = _cluster.Evaluate();
        return ServiceBuild.Run(new ServiceProject
        {
            ProjectFile = project.ProjectFile,
            ProjectAssetsFile = project.ProjectAssetsFile,
            CatalogueIndexFile = project.CatalogueIndexFile,
            SdkVersion = project.SdkVersion,
            PackageId = "Test.own",
            PackageVersion = "1.0.0",
            Items = project.Items,
        }).Diagnostics;
    }

    private IEnumerable<(string Message, Place? Place)> Found(string code) => Build().Where(found => found.Code == code).Select(found => (found.Message, found.Place));
}
