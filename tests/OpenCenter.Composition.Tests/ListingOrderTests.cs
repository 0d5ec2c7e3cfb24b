namespace OpenCenter.Composition.Tests;

/// <summary>A file system lists a folder in any order it likes.</summary>
public sealed class ListingOrderTests
{
    private const string Memory = "/dev/shm";

    [SkippableFact]
    public void A_shuffled_listing_changes_no_byte()
    {
        Skip.IfNot(Directory.Exists(Memory), "no file system here lists files in the order in which they were made");
        using var first = Cluster([0, 1, 2, 3, 4, 5]);
        using var second = Cluster([3, 5, 0, 4, 2, 1]);
        Skip.If(Listing(first).SequenceEqual(Listing(second)), "this file system lists files in an order of its own");

        first.BuildClean();
        second.BuildClean();

        Assert.Equal(Tree(first), Tree(second));
    }

    private static TestCluster Cluster(int[] order)
    {
        var cluster = new TestCluster(Directory.CreateDirectory(Path.Combine(Memory, $"cluster-{Guid.NewGuid():N}")).FullName).Service("app");
        foreach (var number in order)
        {
            cluster.File($"resources/app/r{number}.yaml", TestCluster.Manifest("ConfigMap", $"r{number}", "app"))
                .File($"prerequisites/app/q{number}.yaml", TestCluster.Manifest("ConfigMap", $"q{number}", "app"))
                .File($"applications/a{number}/x.yaml", TestCluster.Manifest("ConfigMap", "x", $"a{number}"))
                .File($"patches/app/p{number}.yaml", $"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: app\n  annotations: {{n: \"{number}\"}}\n");
        }

        return cluster;
    }

    private static IEnumerable<string> Listing(TestCluster cluster) => Directory.EnumerateFiles(cluster.PathOf("resources/app")).Select(file => Path.GetFileName(file));

    private static SortedDictionary<string, string> Tree(TestCluster cluster) => new(
        Directory.EnumerateFiles(cluster.TreePath, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(cluster.TreePath, file), File.ReadAllText),
        StringComparer.Ordinal);
}
