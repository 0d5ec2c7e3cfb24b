namespace OpenCenter.Composition.Tests;

/// <summary>A build uses every core, and nobody can tell from what it says and writes.</summary>
public sealed class InParallelTests
{
    [Fact]
    public void Results_keep_the_order_of_the_items()
    {
        var items = Enumerable.Range(0, 1000).ToArray();

        Assert.Equal(items.Select(item => item * 2), InParallel.Select(items, item => item * 2));
    }

    [Fact]
    public void What_one_item_throws_reaches_the_caller_as_it_is()
    {
        var thrown = Assert.Throws<IOException>(() => InParallel.Select([1, 2, 3], item => item == 2 ? throw new IOException("gone") : item));

        Assert.Equal("gone", thrown.Message);
    }

    [Fact]
    public void A_cluster_full_of_mistakes_is_told_the_same_every_time()
    {
        using var cluster = new TestCluster();
        for (var i = 0; i < 20; i++)
        {
            var name = $"service-{i}";
            cluster.Service(name, TestCluster.DefaultSpec(name), files: [("values/base.yaml", "a: 1\na: 2\n"), ("manifests/one.yaml", "kind: ConfigMap\n")])
                .File($"prerequisites/{name}/two.yaml", TestCluster.Manifest("Secret", "login", name, "v1", "stringData: {password: Zq8vT2mK9xL4}\n"));
        }

        var first = cluster.Build().Diagnostics;

        Assert.True(first.Length >= 60, $"{first.Length} findings");
        for (var run = 0; run < 20; run++)
        {
            Assert.Equal(first.AsEnumerable(), cluster.Build().Diagnostics.AsEnumerable());
        }
    }
}
