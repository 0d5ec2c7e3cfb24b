using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using NuGet.Versioning;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Packaging;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>What a package says that it brings with it.</summary>
public sealed class BomTests
{
    [Theory]
    [InlineData("release: {name: app, chart: loki, version: \"v{version}\", source: {kind: HelmRepository, url: https://charts.example.com/a}}", "pkg:helm/loki@v1.2.3?repository_url=https:%2F%2Fcharts.example.com%2Fa", "https://charts.example.com/a")]
    [InlineData("release: {name: app, version: 4.5.6, source: {kind: OCIRepository, url: \"oci://registry.example.com/charts/loki\"}}", "pkg:helm/loki@4.5.6?repository_url=oci:%2F%2Fregistry.example.com%2Fcharts%2Floki", "oci://registry.example.com/charts/loki")]
    [InlineData("release: {name: app, version: \"v{version}\", chart: deploy/chart, source: {kind: GitRepository, url: https://git.example.com/olm.git}}", "pkg:generic/olm@v1.2.3?vcs_url=git%2Bhttps:%2F%2Fgit.example.com%2Folm.git%40v1.2.3", "https://git.example.com/olm.git")]
    [InlineData("git: {url: https://git.example.com/crds, tag: v8, commit: a123456789012345678901234567890123456789}", "pkg:generic/crds@v8?vcs_url=git%2Bhttps:%2F%2Fgit.example.com%2Fcrds%40a123456789012345678901234567890123456789", "https://git.example.com/crds")]
    [InlineData("release: {name: app, chart: loki, source: {kind: OCIRepository, url: \"oci://${cluster.registry}/charts/loki\"}}", "pkg:helm/loki@1.2.3", "")]
    public void What_Flux_fetches_is_named_with_its_version_and_its_source(string component, string purl, string url)
    {
        var part = Assert.Single(PartsOf($"namespaces: [{{name: app, podSecurity: restricted}}]\n  components:\n  - name: app\n    {component}\n"));

        Assert.Equal((purl, url), (part.Purl, part.Url));
    }

    [Fact]
    public void A_chart_that_two_releases_install_stands_once_and_the_order_is_that_of_the_names()
    {
        BomComponent[] parts = [Chart("b"), Chart("a"), Chart("b")];

        var bom = JsonNode.Parse(BomWriter.Write(BomComponent.Package("Acme.App", "1.0.0"), [.. parts]))!;

        Assert.Equal(["pkg:helm/a@1", "pkg:helm/b@1"], Refs(bom));
        Assert.Equal(BomWriter.Write(BomComponent.Package("Acme.App", "1.0.0"), [.. parts]), BomWriter.Write(BomComponent.Package("Acme.App", "1.0.0"), [.. parts.Reverse()]));

        static BomComponent Chart(string name) => new("application", name, "1", $"pkg:helm/{name}@1");
    }

    [SkippableFact]
    public void Every_package_of_the_catalogue_names_all_that_it_brings()
    {
        Needs.Packages();
        // The templates bring nothing: a project made from them names what it takes.
        var archives = Directory.GetFiles(Path.Combine(Needs.Repository, "artifacts/packages"), "OpenCenter.*.nupkg").Where(file => !Path.GetFileName(file).StartsWith("OpenCenter.Templates.", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(archives);
        foreach (var archive in archives)
        {
            using var zip = ZipFile.OpenRead(archive);
            var bom = JsonNode.Parse(Read(zip, "bom.json"))!;
            var nuspec = System.Xml.Linq.XDocument.Parse(Read(zip, Path.GetFileName(archive)[..Path.GetFileName(archive).IndexOfAny("0123456789".ToCharArray())] + "nuspec"));
            var dependencies = nuspec.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value);

            Assert.Equal(("CycloneDX", "1.6"), (bom["bomFormat"]!.GetValue<string>(), bom["specVersion"]!.GetValue<string>()));
            Assert.Equal(Path.GetFileNameWithoutExtension(archive), $"{bom["metadata"]!["component"]!["name"]}.{bom["metadata"]!["component"]!["version"]}");
            Assert.Equal("Apache-2.0", bom["metadata"]!["component"]!["licenses"]![0]!["expression"]!.GetValue<string>());
            Assert.Equal(Refs(bom), bom["dependencies"]![0]!["dependsOn"]!.AsArray().Select(item => item!.GetValue<string>()));
            Assert.Empty(dependencies.Except(bom["components"]!.AsArray().Select(item => item!["name"]!.GetValue<string>())));
            Assert.All(Refs(bom), purl => Assert.Matches(@"^pkg:(nuget|helm|generic)/[A-Za-z0-9._~-]+@[A-Za-z0-9._~%-]+(\?(repository_url|vcs_url)=[A-Za-z0-9._~:%-]+)?$", purl));
            if (zip.GetEntry("service.yaml") is { } descriptor)
            {
                var fetched = Read(zip, descriptor.FullName).Split('\n').Count(line => line.TrimStart().StartsWith("git:", StringComparison.Ordinal) || line.TrimStart().StartsWith("release:", StringComparison.Ordinal));
                Assert.Equal(fetched > 0, Refs(bom).Any(purl => !purl.StartsWith("pkg:nuget/", StringComparison.Ordinal)));
            }
        }
    }

    private static ImmutableArray<BomComponent> PartsOf(string spec)
    {
        var diagnostics = new DiagnosticBag();
        var text = $"apiVersion: opencenter.io/v1\nkind: Service\nmetadata: {{name: app, layer: platform}}\nspec:\n  {spec}";
        var descriptor = DescriptorReader.Read(new SourceFile("/service.yaml", Encoding.UTF8.GetBytes(text)), NuGetVersion.Parse("0.1.0"), diagnostics);
        Assert.Empty(diagnostics.ToSorted());
        return ServiceBom.PartsOf(descriptor!, NuGetVersion.Parse("1.2.3.4"), []);
    }

    private static IEnumerable<string> Refs(JsonNode bom) => bom["components"]!.AsArray().Select(item => item!["bom-ref"]!.GetValue<string>());

    private static string Read(ZipArchive zip, string path)
    {
        using var reader = new StreamReader(zip.GetEntry(path)!.Open());
        return reader.ReadToEnd();
    }
}
