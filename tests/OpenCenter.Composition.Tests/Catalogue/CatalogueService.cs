using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>What a descriptor in <c>content/</c> says.</summary>
internal sealed record CatalogueService(string Name, YamlMap Spec)
{
    public static IReadOnlyList<CatalogueService> All { get; } =
    [
        .. Directory.EnumerateDirectories(Path.Combine(Needs.Repository, "content")).Select(folder => Path.Combine(folder, "service.yaml")).Where(File.Exists)
            .Order(StringComparer.Ordinal)
            .Select(file => (YamlMap)YamlReader.ReadSingle(new SourceFile(file, File.ReadAllBytes(file)), new DiagnosticBag())!)
            .Where(descriptor => descriptor.Text("kind") == "Service")
            .Select(descriptor => new CatalogueService(descriptor.Text("metadata", "name")!, (YamlMap)descriptor["spec"]!)),
    ];

    public IEnumerable<string> Provides => Texts("provides");

    public IEnumerable<(string Name, string Example)> RequiredSettings =>
        Maps(Spec["settings"]).Where(setting => setting["default"] is null).Select(setting => (setting.Text("name")!, setting.Text("example")!));

    public IEnumerable<string> Secrets =>
        Maps(Spec["secrets"]).Select(secret => $"v1/Secret/{Namespaces.First().Text("name")}/{secret.Text("name")}");

    public IEnumerable<string> Requires => Requirements.Select(required => required.Text("service")).OfType<string>();

    public IEnumerable<string> RequiredCapabilities => Requirements.Select(required => required.Text("capability")).OfType<string>();

    public IEnumerable<YamlMap> Namespaces => Maps(Spec["namespaces"]);

    public IEnumerable<YamlMap> Releases => Maps(Spec["components"]).Select(component => component["release"]).OfType<YamlMap>();

    private IEnumerable<YamlMap> Requirements => Maps(Spec["requires"]).Concat(Maps(Spec["components"]).SelectMany(component => Maps(component["requires"])));

    public static CatalogueService Of(string name) => All.Single(service => service.Name == name);

    public bool RunsOn(string provider) => !Texts("providers").Any() || Texts("providers").Contains(provider);

    private IEnumerable<string> Texts(string key) => ((Spec[key] as YamlList)?.Items ?? []).Cast<YamlScalar>().Select(text => text.Value);

    private static IEnumerable<YamlMap> Maps(YamlNode? list) => ((list as YamlList)?.Items ?? []).Cast<YamlMap>();
}
