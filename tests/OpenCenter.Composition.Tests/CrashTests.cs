using System.Diagnostics;
using System.Globalization;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Output;

namespace OpenCenter.Composition.Tests;

/// <summary>Whatever stops a build, or runs beside it: the tree is the old or the new one, and a person's files stay.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TestCluster _cluster = KilledBuild.Cluster(Directory.CreateTempSubdirectory("cluster-").FullName);

    public void Dispose() => _cluster.Dispose();

    /// <summary>The gate kills 200.</summary>
    [Fact]
    public void A_build_killed_at_any_moment_is_seen_by_Check_and_finished_by_the_next_one()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("OPENCENTER_KILLS") ?? "12", CultureInfo.InvariantCulture);
        var random = new Random(20260115);
        KilledBuild.Become(_cluster, 0);
        _cluster.BuildClean();
        var whole = Tree();
        var mine = Path.Combine(_cluster.TreePath, "components/alpha/mine.txt");
        File.WriteAllText(mine, "mine");
        var unfinished = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            Kill(random.Next(0, 100));

            KilledBuild.Become(_cluster, 0);
            var check = _cluster.Property("FluxTreeMode", "Check").Build();
            if (check.Diagnostics.All(found => found.Severity != Severity.Error))
            {
                // Killed before it wrote: only its lock is left.
                Assert.Equal(whole, Tree(mine, Path.Combine(_cluster.TreePath, TreeJournal.LockFile)));
            }

            unfinished += check.Diagnostics.Any(found => found.Code == "OC6010") ? 1 : 0;
            var next = _cluster.Property("FluxTreeMode", "Write").Build();
            Assert.All(next.Diagnostics, found => Assert.Equal("OC6002", found.Code));
            Assert.Equal(whole, Tree(mine));
            Assert.Equal("mine", File.ReadAllText(mine));
        }

        // Of that many, some are killed while they write.
        Assert.True(kills < 100 || unfinished >= 10, $"{unfinished} of {kills}");
    }

    [Fact]
    public void A_step_that_the_system_refuses_leaves_a_tree_that_the_next_build_finishes_or_undoes()
    {
        KilledBuild.Become(_cluster, 0);
        _cluster.BuildClean();
        var old = Tree();
        KilledBuild.Become(_cluster, 1);
        var project = _cluster.Evaluate();
        for (var refused = 0; ; refused++)
        {
            var step = 0;
            var result = ClusterBuild.Run(project, name =>
            {
                if (step++ == refused)
                {
                    throw new IOException($"No space left on device: {name}");
                }
            });
            if (result.Diagnostics.IsEmpty)
            {
                Assert.True(refused > 30);
                return;
            }

            Assert.Equal("OC6008", Assert.Single(result.Diagnostics).Code);
            if (!Directory.Exists(Path.Combine(_cluster.TreePath, TreeJournal.Folder)))
            {
                Assert.Equal(old, Tree());
            }

            KilledBuild.Become(_cluster, 0);
            _cluster.BuildClean();
            Assert.Equal(old, Tree());
            KilledBuild.Become(_cluster, 1);
        }
    }

    [SkippableFact]
    public void A_full_disk_leaves_the_tree_as_it_was()
    {
        Directory.CreateDirectory(_cluster.TreePath);
        using var disk = Mount.At(_cluster.TreePath, "-t", "tmpfs", "-o", "size=400k", "tmpfs");
        Skip.If(disk is null, "only root can make a small disk");
        KilledBuild.Become(_cluster, 0);
        _cluster.BuildClean();
        var old = Tree();
        _cluster.File("resources/alpha/large.yaml", TestCluster.Manifest("ConfigMap", "large", "alpha", rest: $"data: {{large: {new string('x', 500_000)}}}\n"));

        Assert.Contains("No space left", _cluster.Expect("OC6008").Message, StringComparison.Ordinal);
        Assert.Equal(old, Tree());

        File.Delete(_cluster.PathOf("resources/alpha/large.yaml"));
        _cluster.BuildClean();
        Assert.Equal(old, Tree());
    }

    [SkippableFact]
    public void A_file_that_cannot_be_replaced_stops_the_build_and_the_next_one_finishes_it()
    {
        KilledBuild.Become(_cluster, 0);
        _cluster.BuildClean();
        var old = Tree();
        var file = Path.Combine(_cluster.TreePath, "components/beta-resources/x6.yaml");
        KilledBuild.Become(_cluster, 1);
        _cluster.BuildClean();
        using (var pin = Mount.At(file, "--bind", file))
        {
            Skip.If(pin is null, "only root can pin a file");
            KilledBuild.Become(_cluster, 0);
            Assert.Equal(_cluster.TreePath, _cluster.Expect("OC6008").Place!.Value.File);
            _cluster.Property("FluxTreeMode", "Check").Expect("OC6010");
        }

        _cluster.Property("FluxTreeMode", "Write").BuildClean();
        Assert.Equal(old, Tree());
    }

    [Fact]
    public void Builds_at_once_write_one_tree_after_the_other()
    {
        KilledBuild.Become(_cluster, 0);
        var project = _cluster.Evaluate();
        var found = new List<Diagnostic>();
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 6 }, number =>
        {
            var result = ClusterBuild.Run(project with { FluxInterval = $"{1 + (number % 4)}m" });
            lock (found)
            {
                found.AddRange(result.Diagnostics);
            }
        });

        Assert.Empty(found);
        Assert.Single(Enumerable.Range(1, 4), minutes => ClusterBuild.Run(project with { FluxInterval = $"{minutes}m", FluxTreeMode = "Check" }).Diagnostics.IsEmpty);
    }

    [Fact]
    public void Of_two_projects_with_one_tree_the_second_is_an_error()
    {
        using var other = new TestCluster(_cluster.Root, "other").Service("alpha").Service("beta");
        var projects = new[] { _cluster.Evaluate(), other.Evaluate() };

        var results = projects.AsParallel().Select(project => ClusterBuild.Run(project)).ToArray();

        Assert.Equal("OC6013", Assert.Single(results.SelectMany(result => result.Diagnostics)).Code);
    }

    [Fact]
    public void One_build_at_a_time_holds_the_lock()
    {
        var (inside, taken) = (0, 0);
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var held = TreeLock.Take(_cluster.TreePath, TimeSpan.FromSeconds(60));
            Assert.NotNull(held);
            Assert.Equal(1, Interlocked.Increment(ref inside));
            Interlocked.Increment(ref taken);
            Interlocked.Decrement(ref inside);
        });

        Assert.Equal(400, taken);
        Assert.False(TreeLock.IsLeft(_cluster.TreePath));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".opencenter")]
    [InlineData(".opencenter/.journal")]
    [InlineData("components/alpha")]
    public void Nothing_is_written_through_a_link(string path)
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(_cluster.Root, "elsewhere")).FullName;
        var link = Path.Combine(_cluster.TreePath, path).TrimEnd('/');
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        Directory.CreateSymbolicLink(link, elsewhere);

        Assert.Contains(_cluster.Build().Diagnostics, found => found.Code == "OC6001" && found.Place!.Value.File == link);
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere));
    }

    [Fact]
    public void A_link_in_place_of_the_lock_is_not_written_to()
    {
        _cluster.BuildClean();
        var victim = Path.Combine(_cluster.Root, "victim");
        File.WriteAllText(victim, "precious");
        File.CreateSymbolicLink(Path.Combine(_cluster.TreePath, TreeJournal.LockFile), victim);
        _cluster.Property("FluxInterval", "7m").Expect("OC6001");

        Assert.Equal("precious", File.ReadAllText(victim));
    }

    [Theory]
    [InlineData("components/alpha/helmrelease.yaml", "move it to patches/alpha/, as a patch")]
    [InlineData("components/alpha/values.yaml", "move it to values/")]
    [InlineData("components/alpha-resources/x0.yaml", "move it to resources/alpha/")]
    [InlineData("services/alpha.yaml", "move it to the project's settings")]
    public void An_edited_file_says_where_the_edit_belongs(string path, string text)
    {
        KilledBuild.Become(_cluster, 0);
        _cluster.File("values/alpha.yaml", "a: 1\n").BuildClean();
        File.AppendAllText(Path.Combine(_cluster.TreePath, path), "# mine\n");

        Assert.Contains(text, _cluster.Expect("OC6003").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generated_file_that_became_huge_is_not_read_into_memory()
    {
        _cluster.BuildClean();
        using (var file = File.OpenWrite(Path.Combine(_cluster.TreePath, "services/alpha.yaml")))
        {
            file.SetLength(1L << 30);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();

        _cluster.Expect("OC6003");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 50_000_000);
    }

    [Fact]
    public void A_thousand_foreign_files_give_no_thousand_warnings()
    {
        _cluster.BuildClean();
        for (var number = 0; number < 1000; number++)
        {
            File.WriteAllText(Path.Combine(_cluster.TreePath, $"{number}.txt"), "mine");
        }

        Assert.StartsWith("980 more", _cluster.Expect("OC6018").Message, StringComparison.Ordinal);
    }

    private void Kill(int milliseconds)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(KilledBuild).Assembly.Location, _cluster.Root]) { RedirectStandardOutput = true })!;
        Assert.Equal("built", process.StandardOutput.ReadLine());
        Thread.Sleep(milliseconds);
        process.Kill();
        process.WaitForExit();
    }

    private SortedDictionary<string, string> Tree(params string[] but) => new(
        Directory.EnumerateFiles(_cluster.TreePath, "*", SearchOption.AllDirectories).Where(file => !but.Contains(file)).ToDictionary(file => Path.GetRelativePath(_cluster.TreePath, file), File.ReadAllText),
        StringComparer.Ordinal);
}
