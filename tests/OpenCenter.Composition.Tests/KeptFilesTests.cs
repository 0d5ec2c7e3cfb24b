using System.Collections.Concurrent;
using OpenCenter.Composition.Output;

namespace OpenCenter.Composition.Tests;

/// <summary>What a build must not take from anybody: files, edits, and the tree that somebody reads meanwhile.</summary>
public sealed class KeptFilesTests : IDisposable
{
    private readonly TestCluster _cluster = new TestCluster().Service("alpha").Service("beta");

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_build_that_fails_leaves_the_tree_as_it_was()
    {
        _cluster.BuildClean();
        var before = Tree();

        _cluster.File("values/alpha.yaml", "replicas: 2\n").File("values/bata.yaml", "replicas: 2\n").Expect("OC3006");

        Assert.Equal(before, Tree());
    }

    [Fact]
    public void A_persons_file_stays_where_its_service_goes()
    {
        _cluster.BuildClean();
        var mine = Path.Combine(_cluster.TreePath, "components/beta/notes/mine.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(mine)!);
        File.WriteAllText(mine, "mine");

        using var smaller = WithoutBeta();
        smaller.Build();

        Assert.Equal("mine", File.ReadAllText(mine));
        Assert.Equal(["notes"], Directory.EnumerateFileSystemEntries(Path.Combine(_cluster.TreePath, "components/beta")).Select(Path.GetFileName));
    }

    [Fact]
    public void An_edited_file_of_a_service_that_goes_is_an_error_that_Overwrite_drops()
    {
        _cluster.BuildClean();
        var file = Path.Combine(_cluster.TreePath, "components/beta/helmrelease.yaml");
        File.AppendAllText(file, "# mine\n");
        using var smaller = WithoutBeta();

        Assert.Equal(file, smaller.Expect("OC6003").Place!.Value.File);
        Assert.EndsWith("# mine\n", File.ReadAllText(file), StringComparison.Ordinal);

        smaller.Property("FluxTreeMode", "Overwrite").BuildClean();
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Whoever_reads_a_file_while_it_is_replaced_sees_the_old_or_the_new_one()
    {
        string[] texts = [new('a', 100_000), new('b', 300_000)];
        var root = Path.Combine(_cluster.Root, "tree");
        var file = Path.Combine(root, "large.yaml");
        Directory.CreateDirectory(root);
        File.WriteAllText(file, texts[0]);
        var seen = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                seen.TryAdd(File.ReadAllText(file), true);
            }
        });

        for (var round = 1; round <= 100 || (seen.Count < 2 && round < 100_000); round++)
        {
            new TreeJournal(root).Apply([new TreeChange("large.yaml", FileChangeKind.Changed, System.Text.Encoding.UTF8.GetBytes(texts[round % 2]))]);
        }

        await stop.CancelAsync();
        await reading;
        Assert.Equal(texts, seen.Keys.Order(StringComparer.Ordinal));
    }

    private TestCluster WithoutBeta() => new TestCluster(_cluster.Root).Service("alpha").Item("ClusterRemoval", "beta");

    private SortedDictionary<string, (DateTime, string)> Tree() => new(
        Directory.EnumerateFiles(_cluster.TreePath, "*", SearchOption.AllDirectories).ToDictionary(file => file, file => (File.GetLastWriteTimeUtc(file), File.ReadAllText(file))),
        StringComparer.Ordinal);
}
