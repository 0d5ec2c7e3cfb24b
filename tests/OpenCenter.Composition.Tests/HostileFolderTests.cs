using System.Diagnostics;

namespace OpenCenter.Composition.Tests;

/// <summary>What a pull request, or a mistake, can put into a project's folders.</summary>
public sealed class HostileFolderTests : IDisposable
{
    private readonly TestCluster _cluster = new TestCluster().Service("app");

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("resources/app/x.yaml")]
    [InlineData("applications/shop")]
    [InlineData("values")]
    [InlineData("values/app.yaml")]
    public void A_link_is_an_error_and_is_not_followed(string path)
    {
        var secret = Directory.CreateDirectory(Path.Combine(_cluster.Root, "elsewhere")).FullName;
        File.WriteAllText(Path.Combine(secret, "app.yaml"), "token: hunter2\n");
        Directory.CreateDirectory(Path.GetDirectoryName(_cluster.PathOf(path))!);
        File.CreateSymbolicLink(_cluster.PathOf(path), path.EndsWith(".yaml", StringComparison.Ordinal) ? Path.Combine(secret, "app.yaml") : secret);

        Assert.Equal(_cluster.PathOf(path), _cluster.Expect("OC1043").Place!.Value.File);
        Assert.False(Directory.Exists(_cluster.TreePath));
    }

    [Fact]
    public void A_link_to_the_folder_above_is_no_endless_listing()
    {
        _cluster.File("applications/shop/x.yaml", TestCluster.Manifest("ConfigMap", "x", "shop"));
        Directory.CreateSymbolicLink(_cluster.PathOf("applications/shop/loop"), _cluster.PathOf("applications"));

        Assert.Equal(_cluster.PathOf("applications/shop/loop"), _cluster.Expect("OC1043").Place!.Value.File);
    }

    [Fact]
    public void A_folder_of_too_many_files_is_an_error()
    {
        var folder = Directory.CreateDirectory(_cluster.PathOf("applications/shop")).FullName;
        for (var number = 0; number <= 10_000; number++)
        {
            File.Create(Path.Combine(folder, $"{number}.yaml")).Dispose();
        }

        Assert.Equal(_cluster.PathOf("applications"), _cluster.Expect("OC1044").Place!.Value.File);
    }

    [Fact]
    public void A_folder_of_too_many_bytes_is_an_error()
    {
        for (var number = 0; number < 20; number++)
        {
            _cluster.File($"applications/shop/{number:00}.bin", "");
            using var file = File.OpenWrite(_cluster.PathOf($"applications/shop/{number:00}.bin"));
            file.SetLength(15 * 1024 * 1024);
        }

        _cluster.Expect("OC1044");
    }

    [Fact]
    public void A_file_of_one_gibibyte_is_not_read()
    {
        _cluster.File("values/app.yaml", "");
        using (var file = File.OpenWrite(_cluster.PathOf("values/app.yaml")))
        {
            file.SetLength(1L << 30);
        }

        var before = GC.GetTotalAllocatedBytes();

        Assert.Contains("larger than 16 MiB", _cluster.Expect("OC1014").Message, StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 50_000_000);
    }

    [SkippableFact]
    public void A_pipe_is_not_waited_for()
    {
        _cluster.File("values/x", "");
        File.Delete(_cluster.PathOf("values/x"));
        Skip.If(OperatingSystem.IsWindows(), "no pipes in folders here");
        Process.Start("mkfifo", _cluster.PathOf("values/app.yaml")).WaitForExit();

        _cluster.BuildClean();
    }

    [Theory]
    [InlineData("CON.yaml")]
    [InlineData("nul")]
    [InlineData("com1.json")]
    [InlineData("lpt9.tar.gz")]
    [InlineData("a:b")]
    [InlineData("dot.")]
    [InlineData("space ")]
    [InlineData("back\\slash")]
    [InlineData("line\nbreak")]
    [InlineData("gr\u00f6\u00dfe")]
    [InlineData("gro\u0308\u00dfe")]
    [InlineData("\u202etxt.exe")]
    public void A_name_that_not_every_system_can_have_is_an_error(string name)
    {
        _cluster.File("applications/shop/kustomization.yaml", $"namespace: shop\nconfigMapGenerator: [{{name: x, files: ['y=./{name.Replace("\n", "\\n", StringComparison.Ordinal)}']}}]\n")
            .File($"applications/shop/{name}", "x");

        Assert.Contains(_cluster.Build().Diagnostics, found => found.Code is "OC6015" or "OC4009");
        Assert.False(Directory.Exists(_cluster.TreePath));
    }

    [Fact]
    public void Names_that_differ_in_case_only_are_an_error()
    {
        _cluster.File("resources/app/one.yaml", TestCluster.Manifest("ConfigMap", "one", "app")).File("resources/app/ONE.yaml", TestCluster.Manifest("ConfigMap", "two", "app"));

        _cluster.Expect("OC6014");
    }

    [Theory]
    [InlineData("::set-output name=x::y\n::error::gotcha")]
    [InlineData("\u001b[2J\u001b]0;owned\a")]
    [InlineData("abc\u202etxt\u2066")]
    [InlineData("x ##vso[task.setvariable variable=x]y")]
    [InlineData("cr\r\u0085\u2028")]
    public void Nothing_of_a_file_acts_in_a_log(string key)
    {
        var quoted = System.Text.Json.JsonSerializer.Serialize(key);
        _cluster.File("values/app.yaml", $"{quoted}: 1\n{quoted}: 2\n").File("resources/app/x.yaml", $"apiVersion: v1\nkind: {quoted}\nmetadata: {{name: {quoted}}}\n");

        var found = _cluster.Build().Diagnostics;

        Assert.NotEmpty(found);
        Assert.All(found, diagnostic => Assert.DoesNotContain(diagnostic.ToString(), character => char.IsControl(character) || character is '\u2028' or '\u202e' or '\u2066'));
        Assert.All(found, diagnostic => Assert.DoesNotContain("##", diagnostic.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_has_a_bounded_length()
    {
        var key = new string('k', 1_000_000);
        _cluster.File("values/app.yaml", $"{key}: 1\n{key}: 2\n");

        Assert.All(_cluster.Build().Diagnostics, found => Assert.True(found.Message.Length < 10_000));
    }
}
