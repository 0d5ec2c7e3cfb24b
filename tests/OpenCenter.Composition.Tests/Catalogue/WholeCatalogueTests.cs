namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>The catalogue as a whole: whatever a cluster takes of it builds, and Flux can apply what comes out.</summary>
public sealed class WholeCatalogueTests
{
    public static IEnumerable<object[]> Clusters => CatalogueCluster.Kinds.Select(kind => (object[])[kind.Provider, kind.Edition, kind.Profile]);

    public static TheoryData<string> Services => [.. CatalogueService.All.Select(service => service.Name)];

    // A value that its chart does not know would be a warning.
    [Theory]
    [MemberData(nameof(Clusters))]
    public void All_services_of_a_provider_build_in_one_cluster_without_a_warning(string provider, string edition, string profile)
    {
        using var cluster = CatalogueCluster.Whole(provider, edition, profile);

        cluster.BuildClean();
    }

    [SkippableTheory]
    [MemberData(nameof(Clusters))]
    public void Every_component_builds_with_kustomize(string provider, string edition, string profile)
    {
        Needs.Kubectl();
        using var cluster = CatalogueCluster.Whole(provider, edition, profile);
        cluster.BuildClean();

        Assert.NotEmpty(Folders(cluster));
        Assert.All(Folders(cluster), folder => Assert.NotEmpty(Kustomize.Run(folder)));
    }

    [SkippableTheory]
    [MemberData(nameof(Clusters))]
    public void Every_object_with_a_schema_passes_it(string provider, string edition, string profile)
    {
        Needs.Kubectl();
        Needs.SharedData();
        using var cluster = CatalogueCluster.Whole(provider, edition, profile);
        cluster.BuildClean();
        var schemas = new PublishedSchemas();

        schemas.Check(Folders(cluster).SelectMany(Kustomize.Run));
        schemas.Check(((string[])["services", "components/namespaces"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(cluster.TreePath, folder)))
            .SelectMany(file => cluster.ReadAll(Path.GetRelativePath(cluster.TreePath, file))));

        Assert.True(schemas.Problems.Count == 0, string.Join('\n', schemas.Problems));
        Assert.True(schemas.Checked > 100, $"only {schemas.Checked} objects have a schema");
        // These publish none beside the others.
        Assert.Equal(["gateway.envoyproxy.io/v1alpha1 EnvoyProxy", "snapshot.storage.k8s.io/v1 VolumeSnapshotClass"], schemas.Unknown);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_builds_with_nothing_but_what_it_requires(string name)
    {
        var service = CatalogueService.Of(name);
        var (services, capabilities) = Required(service);
        foreach (var (provider, edition, profile) in CatalogueCluster.Kinds.Where(kind => service.RunsOn(kind.Provider)))
        {
            using var cluster = CatalogueCluster.Of(provider, edition, profile, services);
            foreach (var capability in capabilities)
            {
                cluster.With(capability);
            }

            cluster.BuildClean();
        }
    }

    private static string[] Folders(TestCluster cluster) =>
        [.. Directory.EnumerateDirectories(Path.Combine(cluster.TreePath, "components")).Where(folder => File.Exists(Path.Combine(folder, "kustomization.yaml")))];

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
}
