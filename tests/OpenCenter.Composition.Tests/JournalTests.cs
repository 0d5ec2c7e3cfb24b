using System.Text;
using OpenCenter.Composition.Output;

namespace OpenCenter.Composition.Tests;

/// <summary>What happens to the tree between the comparing and the writing, or after a build that was killed.</summary>
public sealed class JournalTests : IDisposable
{
    private const string Staged = "new text";

    private readonly TestCluster _cluster = new TestCluster().Service("alpha").File("resources/alpha/one.yaml", TestCluster.Manifest("ConfigMap", "one", "alpha"))
        .File("resources/alpha/two.yaml", TestCluster.Manifest("ConfigMap", "two", "alpha"));

    private string Journal => Path.Combine(_cluster.TreePath, TreeJournal.Folder);

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("components/alpha-resources/one.yaml")]
    [InlineData("components/alpha-resources/two.yaml")]
    [InlineData("components/alpha-resources/three.yaml")]
    public void A_file_that_a_person_changes_while_a_build_runs_stays_and_so_does_the_rest(string path)
    {
        _cluster.BuildClean();
        // One goes, one changes, one comes.
        File.Delete(_cluster.PathOf("resources/alpha/one.yaml"));
        _cluster.File("resources/alpha/two.yaml", TestCluster.Manifest("ConfigMap", "two", "alpha", rest: "data: {a: b}\n"))
            .File("resources/alpha/three.yaml", TestCluster.Manifest("ConfigMap", "three", "alpha"));
        var old = Tree();

        var found = ClusterBuild.Run(_cluster.Evaluate(), step =>
        {
            if (step == "create")
            {
                File.WriteAllText(Path.Combine(_cluster.TreePath, path), "mine");
            }
        });

        Assert.Equal(("OC6011", Path.Combine(_cluster.TreePath, path)), Assert.Single(found.Diagnostics.Select(found => (found.Code, found.Place!.Value.File))));
        Assert.Empty(found.Files);
        old[path] = "mine";
        Assert.Equal(old, Tree());
    }

    [Fact]
    public void A_folder_that_becomes_a_link_while_a_build_runs_is_not_written_through()
    {
        _cluster.BuildClean();
        _cluster.File("resources/alpha/one.yaml", TestCluster.Manifest("ConfigMap", "one", "alpha", rest: "data: {a: b}\n"));
        var (folder, moved) = (Path.Combine(_cluster.TreePath, "components/alpha-resources"), Path.Combine(_cluster.Root, "moved"));

        var found = ClusterBuild.Run(_cluster.Evaluate(), step =>
        {
            if (step == "create")
            {
                Directory.Move(folder, moved);
                Directory.CreateSymbolicLink(folder, moved);
            }
        });

        Assert.Equal(("OC6001", folder), Assert.Single(found.Diagnostics.Select(found => (found.Code, found.Place!.Value.File))));
        Assert.DoesNotContain("a: b", File.ReadAllText(Path.Combine(moved, "one.yaml")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("[{\"path\": \"services/alpha.yaml\"}]")]
    [InlineData("[{\"path\": null, \"old\": \"\", \"new\": \"\"}]")]
    [InlineData("[{\"path\": \"../x\", \"old\": \"\", \"new\": \"\"}]")]
    public void What_an_interrupted_build_left_is_used_only_as_it_was_written(string commit)
    {
        _cluster.BuildClean();
        var old = Tree();
        Commit(commit);

        var found = _cluster.Expect("OC6016");

        Assert.Equal("What an interrupted build left here is damaged, so that build can't be finished. Restore the tree from Git, delete this folder, then build again.", found.Message);
        Assert.Equal(Journal, found.Place!.Value.File);
        Directory.Delete(Journal, recursive: true);
        Assert.Equal(old, Tree());
    }

    [Fact]
    public void What_was_only_staged_is_forgotten()
    {
        _cluster.BuildClean();
        var old = Tree();
        Directory.CreateDirectory(Journal);
        File.WriteAllText(Path.Combine(Journal, "0"), Staged);

        _cluster.BuildClean();

        Assert.Equal(old, Tree());
    }

    [Fact]
    public void An_interrupted_build_whose_tree_was_taken_back_from_Git_is_forgotten()
    {
        _cluster.BuildClean();
        var old = Tree();
        Commit(Entry("services/alpha.yaml", HashOf("services/alpha.yaml"), Hash(Staged)));

        _cluster.BuildClean();

        Assert.Equal(old, Tree());
    }

    [Fact]
    public void An_interrupted_build_of_which_a_part_is_lost_is_not_finished()
    {
        _cluster.BuildClean();
        Commit($"{Entry("services/alpha.yaml", HashOf("services/alpha.yaml"), Hash(Staged))[..^1]}, {Entry("services/namespaces.yaml", Hash("x"), HashOf("services/namespaces.yaml"))[1..]}");

        _cluster.Expect("OC6016");
    }

    [Fact]
    public void A_file_that_a_person_changed_after_a_build_was_interrupted_stays()
    {
        _cluster.BuildClean();
        Commit(Entry("services/alpha.yaml", Hash("x"), Hash(Staged)));
        File.WriteAllText(Path.Combine(Journal, "0"), Staged);

        Assert.Equal(Path.Combine(_cluster.TreePath, "services/alpha.yaml"), _cluster.Expect("OC6011").Place!.Value.File);
        Assert.True(Directory.Exists(Journal));
    }

    [Fact]
    public void A_lock_is_taken_by_one_and_given_up_on_after_a_while()
    {
        using (var held = TreeLock.Take(_cluster.TreePath, TimeSpan.Zero))
        {
            Assert.NotNull(held);
            Assert.Null(TreeLock.Take(_cluster.TreePath, TimeSpan.FromMilliseconds(150)));
        }

        using var next = TreeLock.Take(_cluster.TreePath, TimeSpan.Zero);
        Assert.NotNull(next);
    }

    private void Commit(string text)
    {
        Directory.CreateDirectory(Journal);
        File.WriteAllText(Path.Combine(Journal, "commit.json"), text);
    }

    private static string Entry(string path, string old, string @new) => $"[{{\"path\": \"{path}\", \"old\": \"{old}\", \"new\": \"{@new}\"}}]";

    private static string Hash(string text) => TreeOnDisk.Hash(Encoding.UTF8.GetBytes(text));

    private string HashOf(string path) => TreeOnDisk.HashOf(Path.Combine(_cluster.TreePath, path));

    private SortedDictionary<string, string> Tree() => new(
        Directory.EnumerateFiles(_cluster.TreePath, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(_cluster.TreePath, file), File.ReadAllText),
        StringComparer.Ordinal);
}
