using OpenCenter.Composition.Output;

namespace OpenCenter.Composition.Tests;

public sealed class OutputTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public OutputTests() => _cluster.Service("alpha").Service("beta");

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_second_build_writes_nothing()
    {
        _cluster.BuildClean();
        var times = Directory.EnumerateFiles(_cluster.TreePath, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.GetLastWriteTimeUtc);

        var second = _cluster.BuildClean();

        Assert.All(second.Files, file => Assert.Equal(FileChangeKind.Unchanged, file.Kind));
        Assert.All(times, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
        Assert.Equal(times.Count, Directory.EnumerateFiles(_cluster.TreePath, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public void An_edited_file_is_an_error_that_Overwrite_drops()
    {
        _cluster.BuildClean();
        var file = Path.Combine(_cluster.TreePath, "components/alpha/helmrelease.yaml");
        var text = File.ReadAllText(file);
        File.AppendAllText(file, "# mine\n");

        Assert.Equal(file, _cluster.Expect("OC6003").Place!.Value.File);
        Assert.EndsWith("# mine\n", File.ReadAllText(file), StringComparison.Ordinal);

        _cluster.Property("FluxTreeMode", "Overwrite").BuildClean();
        Assert.Equal(text, File.ReadAllText(file));
    }

    [Fact]
    public void A_file_that_no_build_wrote_is_never_touched()
    {
        _cluster.BuildClean();
        var file = Path.Combine(_cluster.TreePath, "components/alpha/mine.yaml");
        File.WriteAllText(file, "mine");

        Assert.Equal(file, _cluster.Expect("OC6002").Place!.Value.File);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void A_file_in_the_way_is_an_error_and_nothing_is_written()
    {
        var file = Path.Combine(_cluster.TreePath, "services/alpha.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "mine");

        Assert.Equal(file, _cluster.Expect("OC6001").Place!.Value.File);
        Assert.Equal([file], Directory.EnumerateFiles(_cluster.TreePath, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Check_writes_nothing_and_names_what_differs()
    {
        _cluster.Property("FluxTreeMode", "Check");

        Assert.All(_cluster.Build().Diagnostics, found => Assert.True(found.Code is "OC6004" or "OC6005"));
        Assert.False(Directory.Exists(_cluster.TreePath));
    }

    [Fact]
    public void Bootstraps_own_folder_is_left_alone()
    {
        var file = Path.Combine(_cluster.TreePath, "services/flux-system/gotk-sync.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "bootstrap");

        _cluster.BuildClean();

        Assert.Equal("bootstrap", File.ReadAllText(file));
    }

    [Fact]
    public void A_removed_service_is_an_error_until_the_project_says_that_it_is_meant()
    {
        _cluster.BuildClean();
        using var smaller = new TestCluster(_cluster.Root);
        smaller.Service("alpha");

        Assert.Contains("HelmRelease/beta/beta, Kustomization/flux-system/beta", smaller.Expect("OC6006").Message, StringComparison.Ordinal);

        smaller.Item("ClusterRemoval", "beta").BuildClean();
        Assert.False(Directory.Exists(Path.Combine(_cluster.TreePath, "components/beta")));
    }

    [Fact]
    public void A_build_that_was_killed_at_any_step_is_finished_by_the_next_one()
    {
        var root = Path.Combine(_cluster.Root, "tree");
        TreeChange[] changes = [Add("a/new.yaml", "new"), Change("b.yaml", "after"), new("c/old.yaml", FileChangeKind.Removed, default)];
        for (var killedAt = 0; ; killedAt++)
        {
            Reset(root);
            var step = 0;
            var wasKilled = false;
            try
            {
                new TreeJournal(root, _ => wasKilled = step++ == killedAt ? throw new OperationCanceledException() : false).Apply([.. changes]);
            }
            catch (OperationCanceledException)
            {
                wasKilled = true;
            }

            var journal = new TreeJournal(root);
            if (journal.Exists)
            {
                Assert.True(journal.Recover(new Diagnostics.DiagnosticBag()));
            }

            var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => $"{Path.GetRelativePath(root, file)}={File.ReadAllText(file)}").Order(StringComparer.Ordinal).ToArray();
            string[] old = ["b.yaml=before", "c/old.yaml=old", "mine.txt=mine"];
            string[] done = ["a/new.yaml=new", "b.yaml=after", "mine.txt=mine"];
            Assert.True(files.SequenceEqual(old) || files.SequenceEqual(done), $"step {killedAt}: {string.Join(' ', files)}");
            if (!wasKilled)
            {
                Assert.Equal(done, files);
                Assert.True(killedAt > 8);
                return;
            }
        }
    }

    [Fact]
    public void Check_refuses_a_tree_with_an_unfinished_build()
    {
        _cluster.BuildClean();
        Directory.CreateDirectory(Path.Combine(_cluster.TreePath, TreeJournal.Folder));

        _cluster.Property("FluxTreeMode", "Check").Expect("OC6010");

        _cluster.Property("FluxTreeMode", "Write").BuildClean();
        Assert.False(Directory.Exists(Path.Combine(_cluster.TreePath, TreeJournal.Folder)));
    }

    [Fact]
    public void Conflict_markers_in_a_record_are_an_error_at_their_line()
    {
        _cluster.BuildClean();
        var file = Path.Combine(_cluster.TreePath, ".opencenter/alpha.json");
        File.WriteAllText(file, "<<<<<<< ours\n" + File.ReadAllText(file));

        Assert.Contains("conflict markers of Git", _cluster.Expect("OC6009").Message, StringComparison.Ordinal);
    }

    private static TreeChange Add(string path, string text) => new(path, FileChangeKind.Added, System.Text.Encoding.UTF8.GetBytes(text));

    private static TreeChange Change(string path, string text) => Add(path, text) with { Kind = FileChangeKind.Changed };

    private static void Reset(string root)
    {
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }

        Directory.CreateDirectory(Path.Combine(root, "c"));
        File.WriteAllText(Path.Combine(root, "b.yaml"), "before");
        File.WriteAllText(Path.Combine(root, "c/old.yaml"), "old");
        File.WriteAllText(Path.Combine(root, "mine.txt"), "mine");
    }

    [Fact]
    public void The_lock_of_a_killed_build_goes_with_the_next_one()
    {
        _cluster.Service("alpha").BuildClean();
        var file = Path.Combine(_cluster.TreePath, ".opencenter/.lock");
        File.WriteAllText(file, "");

        _cluster.BuildClean();

        Assert.False(File.Exists(file));
    }
}
