using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>In the enterprise edition no pod waits for a registry of somebody else. Git sources are public, and say so on their page.</summary>
public sealed class EnterpriseTests
{
    private static readonly string[] HostsOfOthers = ["docker.io", "gcr.io", "ghcr.io", "quay.io", "registry.k8s.io", "public.ecr.aws", "mcr.microsoft.com"];

    public static IEnumerable<object[]> Clusters =>
        CatalogueCluster.Kinds.Where(kind => kind.Edition == "enterprise").Select(kind => (object[])[kind.Provider, kind.Profile]);

    [Theory]
    [MemberData(nameof(Clusters))]
    public void No_value_names_a_public_registry(string provider, string profile)
    {
        using var cluster = Built(provider, profile);

        foreach (var component in cluster.Components())
        {
            Assert.DoesNotContain(cluster.Values(component).Leaves(), IsOfOthers);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Clusters))]
    public void No_object_names_one_and_charts_come_from_the_private_one(string provider, string profile)
    {
        Needs.Kubectl();
        using var cluster = Built(provider, profile);

        var objects = Directory.EnumerateDirectories(Path.Combine(cluster.TreePath, "components")).Where(folder => File.Exists(Path.Combine(folder, "kustomization.yaml")))
            .SelectMany(Kustomize.Run).Where(item => item.Text("kind") != "CustomResourceDefinition").ToArray();

        Assert.All(objects, item => Assert.DoesNotContain(item.Leaves(), IsOfOthers));
        var sources = objects.Where(item => item.Text("kind") is "HelmRepository" or "OCIRepository").ToArray();
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.StartsWith("oci://registry.example.com/charts", source.Text("spec", "url"), StringComparison.Ordinal));
    }

    // What a Git source holds is not in the tree: only what is declared of its images can be renamed.
    [Theory]
    [MemberData(nameof(Clusters))]
    public void A_Git_source_s_images_come_from_the_private_registry(string provider, string profile)
    {
        using var cluster = Built(provider, profile);

        var fetched = cluster.Objects().Select(found => found.Object)
            .Where(item => item.Text("spec", "sourceRef", "kind") == "GitRepository" && item.Text("spec", "sourceRef", "name") == item.Text("metadata", "name"))
            // Kinds, and no pod.
            .Where(item => item.Text("spec", "path") != "./client/config/crd")
            .ToArray();

        Assert.Equal(["external-snapshotter-controller", "keycloak-operator"], fetched.Select(item => item.Text("metadata", "name")).Order(StringComparer.Ordinal));
        Assert.All(fetched, item =>
        {
            var images = ((item["spec"] as YamlMap)?["images"] as YamlList)?.Items ?? [];
            Assert.NotEmpty(images);
            Assert.All(images, image => Assert.StartsWith("registry.example.com/", ((YamlMap)image).Text("newName"), StringComparison.Ordinal));
        });
    }

    private static TestCluster Built(string provider, string profile)
    {
        var cluster = CatalogueCluster.Whole(provider, "enterprise", profile);
        cluster.BuildClean();
        return cluster;
    }

    private static bool IsOfOthers((string Path, string Value) leaf) => HostsOfOthers.Any(host => leaf.Value.Contains(host, StringComparison.Ordinal));
}
