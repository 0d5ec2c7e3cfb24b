using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Tests;

/// <summary>What a build says of a tree that is not the one it would write, and what it leaves alone.</summary>
public sealed class TreeChangeTests : IDisposable
{
    private readonly TestCluster _cluster = new TestCluster().Service("alpha").Service("beta")
        .File("resources/alpha/one.yaml", TestCluster.Manifest("ConfigMap", "one", "alpha"))
        .File("resources/alpha/two.yaml", TestCluster.Manifest("ConfigMap", "two", "alpha"));

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void Check_says_of_each_file_how_it_differs()
    {
        _cluster.BuildClean();
        File.Delete(Tree("components/alpha/helmrelease.yaml"));
        File.AppendAllText(Tree("components/beta/helmrelease.yaml"), "# mine\n");
        File.Delete(_cluster.PathOf("resources/alpha/one.yaml"));
        _cluster.File("resources/alpha/two.yaml", TestCluster.Manifest("ConfigMap", "two", "alpha", rest: "data: {a: b}\n")).Property("FluxTreeMode", "Check");

        var found = _cluster.Build().Diagnostics.Where(found => found.Code == "OC6004").ToDictionary(found => Path.GetRelativePath(_cluster.TreePath, found.Place!.Value.File), found => found.Message);

        Assert.Equal(Text("components/alpha/helmrelease.yaml", "is missing"), found["components/alpha/helmrelease.yaml"]);
        Assert.Equal(Text("components/beta/helmrelease.yaml", "was edited by hand"), found["components/beta/helmrelease.yaml"]);
        Assert.Equal(Text("components/alpha-resources/one.yaml", "is not part of it any more"), found["components/alpha-resources/one.yaml"]);
        Assert.Equal(Text("components/alpha-resources/two.yaml", "differs"), found["components/alpha-resources/two.yaml"]);
        Assert.Equal(Text(".opencenter/alpha.json", "differs"), found[".opencenter/alpha.json"]);
        Assert.Equal(6, found.Count);

        static string Text(string path, string how) => $"The committed tree is not what the sources make: '{path}' {how}. Run 'dotnet build' and commit the tree.";
    }

    [Theory]
    [InlineData(18, null)]
    [InlineData(19, "1 more files of the committed tree are not what the sources make. Run 'dotnet build' and commit the tree.")]
    [InlineData(21, "3 more files of the committed tree are not what the sources make. Run 'dotnet build' and commit the tree.")]
    public void Check_names_twenty_files_and_counts_the_rest(int added, string? rest)
    {
        _cluster.BuildClean();
        for (var number = 0; number < added; number++)
        {
            _cluster.File($"resources/alpha/x{number:00}.yaml", TestCluster.Manifest("ConfigMap", $"x{number}", "alpha"));
        }

        // The record and the kustomization.yaml differ, too.
        var found = _cluster.Property("FluxTreeMode", "Check").Build().Diagnostics;

        Assert.Equal(20, found.Count(found => found.Code == "OC6004"));
        Assert.Equal(rest is null ? [] : [rest], found.Where(found => found.Code == "OC6005").Select(found => found.Message));
    }

    [Theory]
    [InlineData(20, null)]
    [InlineData(22, "2 more files of this tree were written by no build. Move them out of the tree: everything in it is generated.")]
    public void Twenty_foreign_files_are_named_and_the_rest_counted(int count, string? rest)
    {
        _cluster.BuildClean();
        for (var number = 0; number < count; number++)
        {
            File.WriteAllText(Tree($"{number}.txt"), "mine");
        }

        var found = _cluster.Build().Diagnostics;

        Assert.Equal(20, found.Count(found => found.Code == "OC6002"));
        Assert.Equal(rest is null ? [] : [rest], found.Where(found => found.Code == "OC6018").Select(found => found.Message));
        Assert.All(found, found => Assert.Equal(Severity.Warning, found.Severity));
    }

    [Fact]
    public void A_foreign_link_is_named_and_not_followed()
    {
        _cluster.BuildClean();
        var elsewhere = Directory.CreateDirectory(Path.Combine(_cluster.Root, "elsewhere")).FullName;
        File.WriteAllText(Path.Combine(elsewhere, "a.txt"), "mine");
        Directory.CreateSymbolicLink(Tree("components/link"), elsewhere);

        Assert.Equal(Tree("components/link"), _cluster.Expect("OC6002").Place!.Value.File);
    }

    [Theory]
    [InlineData("components", false)]
    [InlineData("components/alpha", false)]
    [InlineData("components/alpha/helmrelease.yaml", false)]
    [InlineData("components/alpha/helmrelease.yaml", true)]
    public void Something_in_the_way_of_a_file_stops_the_build(string path, bool isFolder)
    {
        var inTheWay = Tree(path);
        Directory.CreateDirectory(isFolder ? inTheWay : Path.GetDirectoryName(inTheWay)!);
        if (!isFolder)
        {
            File.WriteAllText(inTheWay, "mine");
        }

        var found = _cluster.Build().Diagnostics.Where(found => found.Severity == Severity.Error).ToArray();

        Assert.NotEmpty(found);
        Assert.All(found, found => Assert.Equal(("OC6001", inTheWay), (found.Code, found.Place!.Value.File)));
        Assert.Equal(isFolder ? 0 : 1, Directory.EnumerateFiles(_cluster.TreePath, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public void A_folder_with_a_persons_file_is_in_the_way_and_stays()
    {
        _cluster.BuildClean();
        File.Delete(Tree("components/alpha/helmrelease.yaml"));
        Directory.CreateDirectory(Tree("components/alpha/helmrelease.yaml"));
        File.WriteAllText(Tree("components/alpha/helmrelease.yaml/mine.txt"), "mine");

        Assert.Equal(Tree("components/alpha/helmrelease.yaml"), _cluster.Expect("OC6001").Place!.Value.File);
        Assert.Equal("mine", File.ReadAllText(Tree("components/alpha/helmrelease.yaml/mine.txt")));
    }

    [Fact]
    public void A_generated_file_may_become_a_folder_and_a_file_again()
    {
        Data("x");
        _cluster.BuildClean();
        File.Delete(_cluster.PathOf("applications/shop/x"));
        Data("x/y/z");
        _cluster.BuildClean();
        Assert.Equal("text", _cluster.Tree("components/application-shop/x/y/z"));

        Directory.Delete(_cluster.PathOf("applications/shop/x"), recursive: true);
        Data("x");
        _cluster.BuildClean();
        Assert.Equal("text", _cluster.Tree("components/application-shop/x"));

        void Data(string path) => _cluster.File($"applications/shop/{path}", "text")
            .File("applications/shop/kustomization.yaml", $"kind: Kustomization\nnamespace: shop\nconfigMapGenerator: [{{name: x, files: [y={path}]}}]\n");
    }

    [Fact]
    public void A_folder_that_keeps_a_persons_file_does_not_become_a_file()
    {
        _cluster.File("applications/shop/x/y", "text").File("applications/shop/kustomization.yaml", "kind: Kustomization\nnamespace: shop\nconfigMapGenerator: [{name: x, files: [y=x/y]}]\n").BuildClean();
        File.WriteAllText(Tree("components/application-shop/x/mine"), "mine");
        Directory.Delete(_cluster.PathOf("applications/shop/x"), recursive: true);
        _cluster.File("applications/shop/x", "text").File("applications/shop/kustomization.yaml", "kind: Kustomization\nnamespace: shop\nconfigMapGenerator: [{name: x, files: [y=x]}]\n");

        Assert.Equal(Tree("components/application-shop/x"), _cluster.Expect("OC6001").Place!.Value.File);
        Assert.Equal("text", _cluster.Tree("components/application-shop/x/y"));
    }

    [Fact]
    public void A_folder_goes_with_its_last_file_and_one_that_keeps_another_stays()
    {
        _cluster.File("resources/beta/one.yaml", TestCluster.Manifest("ConfigMap", "one", "beta")).BuildClean();
        File.WriteAllText(Tree("components/alpha-resources/mine.txt"), "mine");
        Directory.Delete(_cluster.PathOf("resources"), recursive: true);
        _cluster.Item("ClusterRemoval", "alpha").Item("ClusterRemoval", "beta").Build();

        Assert.False(Directory.Exists(Tree("components/beta-resources")));
        Assert.Equal([Tree("components/alpha-resources/mine.txt")], Directory.EnumerateFiles(Tree("components/alpha-resources")));
    }

    [Theory]
    [InlineData("components/alpha-prerequisites/x.yaml", "move it to prerequisites/alpha/,")]
    [InlineData("components/application-shop/x.yaml", "move it to applications/shop/,")]
    public void An_edited_file_says_where_the_edit_belongs(string path, string text)
    {
        _cluster.File("prerequisites/alpha/x.yaml", TestCluster.Manifest("ConfigMap", "x", "alpha")).File("applications/shop/x.yaml", TestCluster.Manifest("ConfigMap", "x", "shop")).BuildClean();
        File.AppendAllText(Tree(path), "# mine\n");

        Assert.Contains(text, _cluster.Expect("OC6003").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generated_file_that_was_edited_is_not_removed_unseen()
    {
        _cluster.BuildClean();
        File.AppendAllText(Tree("components/alpha-resources/one.yaml"), "# mine\n");
        File.Delete(_cluster.PathOf("resources/alpha/one.yaml"));

        Assert.Equal(Tree("components/alpha-resources/one.yaml"), _cluster.Expect("OC6003").Place!.Value.File);
        Assert.EndsWith("# mine\n", _cluster.Tree("components/alpha-resources/one.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_application_that_goes_is_an_error_until_the_project_says_that_it_is_meant()
    {
        _cluster.File("applications/shop/x.yaml", TestCluster.Manifest("ConfigMap", "x", "shop")).BuildClean();
        Directory.Delete(_cluster.PathOf("applications"), recursive: true);

        Assert.Equal(
            "'shop' is in the committed tree, but not in this build: the cluster would delete Kustomization/flux-system/application-shop and all that they applied. If that is meant, add <ClusterRemoval Include=\"shop\" />.",
            _cluster.Expect("OC6006").Message);

        _cluster.Item("ClusterRemoval", "application-shop").BuildClean();
        var found = _cluster.Expect("OC6007");
        Assert.Equal(("ClusterRemoval 'application-shop' removes nothing any more; it can go.", new Place(_cluster.ProjectFile, 5, 5)), (found.Message, found.Place!.Value));
    }

    [Fact]
    public void An_application_may_be_named_as_its_folder()
    {
        _cluster.File("applications/shop/x.yaml", TestCluster.Manifest("ConfigMap", "x", "shop")).BuildClean();
        Directory.Delete(_cluster.PathOf("applications"), recursive: true);

        Assert.Empty(_cluster.Item("ClusterRemoval", "shop").BuildClean().Diagnostics);
    }

    [Fact]
    public void A_service_that_only_loses_its_resources_is_not_said_to_go()
    {
        _cluster.File("resources/alpha/x.yaml", TestCluster.Manifest("ConfigMap", "x", "alpha")).BuildClean();
        Directory.Delete(_cluster.PathOf("resources"), recursive: true);

        Assert.Equal(
            "'alpha' (Test.alpha/1.0.0) has more in the committed tree than in this build: the cluster would delete Kustomization/flux-system/alpha-resources and all that they applied. "
                + "If that is meant, add <ClusterRemoval Include=\"alpha\" />.",
            _cluster.Expect("OC6006").Message);
    }

    [Fact]
    public void A_removed_service_names_its_package_and_its_removal_may_be_said_before()
    {
        Assert.Empty(_cluster.BuildClean().Diagnostics);
        Assert.Empty(_cluster.Item("ClusterRemoval", "beta").BuildClean().Diagnostics);

        using var smaller = new TestCluster(_cluster.Root).Service("alpha");
        Assert.StartsWith("'beta' (Test.beta/1.0.0) is in the committed tree", smaller.Expect("OC6006").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_does_not_take_the_record_of_the_cluster()
    {
        _cluster.Service("cluster");

        Assert.Contains("'.opencenter/cluster.json', a name that not every system can have, or that the tree keeps for itself.", _cluster.Expect("OC6015").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_and_a_folder_that_differ_in_case_only_are_an_error()
    {
        _cluster.File("applications/shop/A", "x").File("applications/shop/a/b", "x")
            .File("applications/shop/kustomization.yaml", "kind: Kustomization\nnamespace: shop\nconfigMapGenerator: [{name: x, files: [one=A, two=a/b]}]\n");

        Assert.Equal(
            "'components/application-shop/A' and 'components/application-shop/a/b' can't both be in the tree: they differ in case only, or one is a folder of the other. Rename one.",
            _cluster.Expect("OC6014").Message);
    }

    [Fact]
    public void A_schema_that_can_not_be_written_is_an_error()
    {
        _cluster.Service("gamma", files: ("chart/gamma.shape.json", """{"format": 1, "chart": "gamma", "version": "1.0.0", "values": {"a": "string"}}"""));
        Directory.CreateDirectory(Path.Combine(_cluster.Root, "obj"));
        File.WriteAllText(Path.Combine(_cluster.Root, "obj/schemas"), "in the way");

        Assert.StartsWith("This file can't be written: ", _cluster.Expect("OC6017").Message, StringComparison.Ordinal);
    }

    private string Tree(string path) => Path.Combine(_cluster.TreePath, path);
}
