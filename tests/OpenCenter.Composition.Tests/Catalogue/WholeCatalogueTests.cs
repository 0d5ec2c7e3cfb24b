using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>The catalogue as a whole: whatever a cluster takes of it builds, and kustomize builds what comes out.</summary>
public sealed class WholeCatalogueTests
{
    private static readonly string[] Providers = ["openstack", "vsphere", "baremetal"];

    public static TheoryData<string, string, string> Clusters
    {
        get
        {
            var clusters = new TheoryData<string, string, string>();
            foreach (var provider in Providers)
            {
                foreach (var edition in (string[])["community", "enterprise"])
                {
                    clusters.Add(provider, edition, "ha");
                    clusters.Add(provider, edition, "minimal");
                }
            }

            return clusters;
        }
    }

    public static TheoryData<string> Services => [.. CatalogueService.All.Select(service => service.Name)];

    [Theory]
    [MemberData(nameof(Clusters))]
    public void All_services_of_a_provider_build_in_one_cluster_without_a_warning(string provider, string edition, string profile)
    {
        using var cluster = Cluster(provider, edition, profile, CatalogueService.All.Where(service => service.RunsOn(provider)));

        cluster.BuildClean();
    }

    [SkippableTheory]
    [MemberData(nameof(Clusters))]
    public void Every_component_builds_with_kustomize(string provider, string edition, string profile)
    {
        Needs.Kubectl();
        using var cluster = Cluster(provider, edition, profile, CatalogueService.All.Where(service => service.RunsOn(provider)));
        cluster.BuildClean();
        var folders = Directory.EnumerateDirectories(Path.Combine(cluster.TreePath, "components")).Where(folder => File.Exists(Path.Combine(folder, "kustomization.yaml"))).ToArray();

        Assert.NotEmpty(folders);
        Assert.All(folders, folder => Assert.NotEmpty(Kustomize.Run(folder)));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_builds_with_nothing_but_what_it_requires(string name)
    {
        var service = CatalogueService.Of(name);
        foreach (var provider in Providers.Where(service.RunsOn))
        {
            foreach (var edition in (string[])["community", "enterprise"])
            {
                foreach (var profile in (string[])["ha", "minimal"])
                {
                    var (services, capabilities) = Required(service);
                    using var cluster = Cluster(provider, edition, profile, services);
                    foreach (var capability in capabilities)
                    {
                        cluster.With(capability);
                    }

                    cluster.BuildClean();
                }
            }
        }
    }

    private static TestCluster Cluster(string provider, string edition, string profile, IEnumerable<CatalogueService> services)
    {
        var all = services.ToArray();
        var cluster = ContentCluster.Of(profile, edition, [.. all.Select(service => service.Name)]).Property("ClusterProvider", provider);
        foreach (var service in all)
        {
            foreach (var (setting, example) in service.RequiredSettings)
            {
                cluster.Item("ClusterVariable", $"{service.Name}.{setting}", ("Value", example));
            }

            foreach (var secret in service.Secrets)
            {
                cluster.Item("ClusterExternal", secret);
            }
        }

        // Where several provide one, the cluster says which one is the default.
        foreach (var capability in all.SelectMany(service => service.Provides.Select(capability => (capability, service.Name))).GroupBy(pair => pair.capability, StringComparer.Ordinal))
        {
            if (capability.Count() > 1)
            {
                cluster.Item("ClusterCapability", capability.Key, ("Service", capability.Select(pair => pair.Name).Order(StringComparer.Ordinal).Last()));
            }
        }

        return cluster;
    }

    private static (IReadOnlyCollection<CatalogueService> Services, IReadOnlyCollection<string> Capabilities) Required(CatalogueService service)
    {
        var services = new Dictionary<string, CatalogueService>(StringComparer.Ordinal) { [service.Name] = service };
        var open = new Queue<CatalogueService>([service]);
        while (open.TryDequeue(out var next))
        {
            foreach (var required in next.Requires.Where(required => services.TryAdd(required, CatalogueService.Of(required))))
            {
                open.Enqueue(services[required]);
            }
        }

        var provided = services.Values.SelectMany(each => each.Provides).ToHashSet(StringComparer.Ordinal);
        return (services.Values, [.. services.Values.SelectMany(each => each.RequiredCapabilities).Where(capability => !provided.Contains(capability)).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>What a descriptor in <c>content/</c> says of the clusters that its service can be in.</summary>
    private sealed record CatalogueService(string Name, YamlMap Spec)
    {
        public static IReadOnlyList<CatalogueService> All { get; } =
        [
            .. Directory.EnumerateFiles(Path.Combine(Needs.Repository, "content"), "service.yaml", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => (YamlMap)YamlReader.ReadSingle(new SourceFile(file, File.ReadAllBytes(file)), new DiagnosticBag())!)
                .Where(descriptor => descriptor.Text("kind") == "Service")
                .Select(descriptor => new CatalogueService(descriptor.Text("metadata", "name")!, (YamlMap)descriptor["spec"]!)),
        ];

        public IEnumerable<string> Provides => Texts("provides");

        public IEnumerable<(string Name, string Example)> RequiredSettings =>
            Maps(Spec["settings"]).Where(setting => setting["default"] is null).Select(setting => (setting.Text("name")!, setting.Text("example")!));

        public IEnumerable<string> Secrets =>
            Maps(Spec["secrets"]).Select(secret => $"v1/Secret/{Maps(Spec["namespaces"]).First().Text("name")}/{secret.Text("name")}");

        public IEnumerable<string> Requires => Requirements.Select(required => required.Text("service")).OfType<string>();

        public IEnumerable<string> RequiredCapabilities => Requirements.Select(required => required.Text("capability")).OfType<string>();

        private IEnumerable<YamlMap> Requirements => Maps(Spec["requires"]).Concat(Maps(Spec["components"]).SelectMany(component => Maps(component["requires"])));

        public static CatalogueService Of(string name) => All.Single(service => service.Name == name);

        public bool RunsOn(string provider) => !Texts("providers").Any() || Texts("providers").Contains(provider);

        private IEnumerable<string> Texts(string key) => ((Spec[key] as YamlList)?.Items ?? []).Cast<YamlScalar>().Select(text => text.Value);

        private static IEnumerable<YamlMap> Maps(YamlNode? list) => ((list as YamlList)?.Items ?? []).Cast<YamlMap>();
    }
}
