using System.Text.Json;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>The committed trees of the samples, as kustomize and the API server would read them.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Trees => [.. Directory.EnumerateDirectories(Path.Combine(Needs.Repository, "samples"), "flux", SearchOption.AllDirectories).Select(tree => Path.GetRelativePath(Needs.Repository, tree)).Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [MemberData(nameof(Trees))]
    public void Every_component_and_the_entry_build_with_kustomize_alone(string tree)
    {
        Needs.Kubectl();
        var root = Path.Combine(Needs.Repository, tree);

        Assert.NotEmpty(Components(root));
        Assert.All(Components(root), folder => Assert.NotEmpty(Kustomize.Run(folder)));
        Assert.NotEmpty(Kustomize.RunAsFluxWould(Path.Combine(root, "services")));
        Assert.NotEmpty(Kustomize.RunAsFluxWould(
            Path.Combine(root, "services"),
            ("flux-system/gotk-sync.yaml", TestCluster.Manifest("ConfigMap", "sync", "flux-system")),
            ("flux-system/kustomization.yaml", "resources: [gotk-sync.yaml]\n")));
        Assert.NotEmpty(Kustomize.RunAsFluxWould(Path.Combine(root, "components/namespaces")));
    }

    [SkippableTheory]
    [MemberData(nameof(Trees))]
    public void Every_object_with_a_schema_passes_it(string tree)
    {
        Needs.Kubectl();
        Needs.SharedData();
        var root = Path.Combine(Needs.Repository, tree);
        var schemas = new PublishedSchemas();

        schemas.Check(Components(root).SelectMany(Kustomize.Run));
        schemas.Check(Kustomize.RunAsFluxWould(Path.Combine(root, "services")));
        schemas.Check(Kustomize.RunAsFluxWould(Path.Combine(root, "components/namespaces")));

        // The gate prints them.
        File.WriteAllLines(Path.Combine(Needs.Repository, "artifacts", $"no-schema-{Path.GetFileName(Path.GetDirectoryName(root))}.txt"), schemas.Unknown);
        Assert.True(schemas.Checked > 30, $"only {schemas.Checked} objects have a schema");
        Assert.Empty(schemas.Problems);
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void Every_dependency_leads_to_a_Flux_Kustomization_and_every_path_to_a_folder(string tree)
    {
        var root = Path.Combine(Needs.Repository, tree);
        var documents = Directory.EnumerateFiles(Path.Combine(root, "services"), "*.yaml").SelectMany(file => Documents(File.ReadAllText(file))).ToArray();
        var kustomizations = documents.Where(map => map.Text("kind") == "Kustomization").ToDictionary(map => map.Text("metadata", "name")!);

        Assert.All(kustomizations.Values, map =>
        {
            Assert.All(((map["spec"] as YamlMap)?["dependsOn"] as YamlList)?.Items ?? [], dependency => Assert.Contains(((YamlMap)dependency).Text("name")!, kustomizations.Keys));
            if (map.Text("spec", "sourceRef", "name") == "flux-system")
            {
                Assert.True(Directory.Exists(Path.Combine(Needs.Repository, map.Text("spec", "path")!)), map.Text("spec", "path"));
            }
        });
    }

    [Fact]
    public void The_index_of_the_catalogue_names_every_service_package()
    {
        using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Needs.Repository, "sdk/OpenCenter.Sdk/catalogue.json")));
        var services = index.RootElement.GetProperty("services").EnumerateObject().ToDictionary(service => service.Name, service => service.Value);

        foreach (var file in Directory.EnumerateDirectories(Path.Combine(Needs.Repository, "content")).Select(folder => Path.Combine(folder, "service.yaml")).Where(File.Exists))
        {
            var map = Documents(File.ReadAllText(file)).Single();
            if (map.Text("kind") == "Platform")
            {
                continue;
            }

            var spec = (YamlMap)map["spec"]!;
            var service = services[map.Text("metadata", "name")!];
            var releases = ((spec["components"] as YamlList)?.Items ?? []).Cast<YamlMap>().Select(component => component.Text("release", "name")).OfType<string>();
            Assert.Equal(Path.GetFileNameWithoutExtension(Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "*.csproj").Single()), service.GetProperty("package").GetString());
            Assert.Equal(((spec["provides"] as YamlList)?.Items ?? []).Cast<YamlScalar>().Select(text => text.Value), service.GetProperty("provides").EnumerateArray().Select(text => text.GetString()));
            Assert.Equal(releases, service.GetProperty("releases").EnumerateArray().Select(text => text.GetString()));
            services.Remove(map.Text("metadata", "name")!);
        }

        Assert.Empty(services);
    }

    private static string[] Components(string root) =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(root, "components")).Where(folder => File.Exists(Path.Combine(folder, "kustomization.yaml"))).Order(StringComparer.Ordinal),
    ];

    private static YamlMap[] Documents(string text)
    {
        var diagnostics = new DiagnosticBag();
        var documents = YamlReader.Read(new SourceFile("text", Utf8.Strict.GetBytes(text)), diagnostics);
        Assert.Empty(diagnostics.ToSorted());
        return [.. documents!.Value.Cast<YamlMap>()];
    }
}
