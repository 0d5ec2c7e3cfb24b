using System.IO.Compression;
using OpenCenter.Composition.Inputs;

namespace OpenCenter.Composition.Tests;

/// <summary>A package may have been made, or changed, by anybody.</summary>
public sealed class HostilePackageTests : IDisposable
{
    private readonly TestCluster _cluster = new TestCluster().Service("app", files: ("values/base.yaml", "replicas: 1\n"));

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_file_that_was_changed_after_the_restore_is_an_error_and_nothing_is_written()
    {
        File.WriteAllText(_cluster.PackageFile("app", "values/base.yaml"), "replicas: 2\n");

        Assert.Equal(_cluster.PackageFile("app", "values/base.yaml"), _cluster.Expect("OC1040").Place!.Value.File);
        Assert.False(Directory.Exists(_cluster.TreePath));
    }

    [Fact]
    public void A_file_that_the_archive_does_not_have_is_an_error()
    {
        File.WriteAllText(_cluster.PackageFile("app", "values/ha.yaml"), "replicas: 3\n");

        Assert.Equal(_cluster.PackageFile("app", "values/ha.yaml"), _cluster.Expect("OC1040").Place!.Value.File);
    }

    [Fact]
    public void An_archive_that_is_gone_is_an_error()
    {
        _cluster.BuildClean();
        _cluster.Restored = true;
        File.Delete(_cluster.ArchiveOf("Test.app", "1.0.0"));

        Assert.Equal(_cluster.ArchiveOf("Test.app", "1.0.0"), _cluster.Expect("OC1041").Place!.Value.File);
    }

    [Fact]
    public void An_archive_that_was_exchanged_with_its_files_is_an_error()
    {
        _cluster.BuildClean();
        _cluster.Restored = true;
        File.WriteAllText(_cluster.PackageFile("app", "values/base.yaml"), "replicas: 2\n");
        Pack(_cluster.ArchiveOf("Test.app", "1.0.0"), ("service.yaml", File.ReadAllBytes(_cluster.PackageFile("app", "service.yaml"))), ("values/base.yaml", "replicas: 2\n"u8.ToArray()));

        Assert.Contains("does not have the hash that was restored", _cluster.Expect("OC1041").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_of_a_hundred_thousand_files_is_an_error()
    {
        var descriptor = File.ReadAllBytes(_cluster.PackageFile("app", "service.yaml"));
        Pack(_cluster.ArchiveOf("Test.app", "1.0.0"), [("service.yaml", descriptor), .. Enumerable.Range(0, 100_000).Select(number => ($"manifests/{number}.yaml", Array.Empty<byte>()))]);

        _cluster.Expect("OC1042");
    }

    [Fact]
    public void An_archive_that_unpacks_to_a_gibibyte_is_an_error_before_it_is_unpacked()
    {
        using (var zip = ZipFile.Open(_cluster.ArchiveOf("Test.app", "1.0.0"), ZipArchiveMode.Update))
        {
            using var bomb = zip.CreateEntry("manifests/bomb.yaml").Open();
            var zeros = new byte[1024 * 1024];
            for (var written = 0; written < 1024; written++)
            {
                bomb.Write(zeros);
            }
        }

        var before = GC.GetTotalAllocatedBytes();

        _cluster.Expect("OC1042");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 50_000_000);
    }

    [Theory]
    [InlineData("manifests/../../../../../etc/hostname")]
    [InlineData("/etc/hostname")]
    public void A_listed_file_that_leads_out_of_the_package_is_not_read(string path)
    {
        _cluster.Listed.Add(path);
        _cluster.Listed.Add("manifests" + path[path.IndexOf('/', StringComparison.Ordinal)..]);

        var found = _cluster.Build().Diagnostics;

        Assert.All(found, diagnostic => Assert.True(diagnostic.Code is "OC1014", diagnostic.ToString()));
        Assert.NotEmpty(found);
        Assert.False(Directory.Exists(_cluster.TreePath));
    }

    [Theory]
    [InlineData("manifests/CON.yaml")]
    [InlineData("manifests/aux/x.yaml")]
    [InlineData("manifests/a:b.yaml")]
    [InlineData("manifests/gr\u00f6\u00dfe.yaml")]
    [InlineData("manifests/gro\u0308\u00dfe.yaml")]
    public void A_name_that_not_every_system_can_have_is_an_error_and_nothing_is_written(string path)
    {
        using var cluster = new TestCluster().Service("app", files: (path, TestCluster.Manifest("Service", "x")));

        cluster.Expect("OC6015");
        Assert.False(Directory.Exists(cluster.TreePath));
    }

    [Fact]
    public void Names_that_differ_in_case_only_are_an_error_and_nothing_is_written()
    {
        using var cluster = new TestCluster().Service("app", files:
        [
            ("manifests/one.yaml", TestCluster.Manifest("Service", "x")),
            ("manifests/ONE.yaml", TestCluster.Manifest("Service", "y")),
        ]);

        cluster.Expect("OC6014");
        Assert.False(Directory.Exists(cluster.TreePath));
    }

    [Fact]
    public void A_link_in_a_package_is_not_followed()
    {
        var file = _cluster.PackageFile("app", "values/base.yaml");
        File.Delete(file);
        File.CreateSymbolicLink(file, "/dev/zero");

        Assert.Equal(file, _cluster.Expect("OC1043").Place!.Value.File);
    }

    /// <summary>Ours are not signed, but those of NuGet.org that this build itself restored are.</summary>
    [SkippableFact]
    public void A_signed_package_has_its_content_hash()
    {
        var folder = Directory.Exists(Packages) ? Directory.EnumerateDirectories(Packages) : [];
        var checkedOnes = 0;
        foreach (var archive in folder.SelectMany(package => Directory.EnumerateFiles(package, "*.nupkg", SearchOption.AllDirectories)).Where(IsSigned).Order(StringComparer.Ordinal).Take(20))
        {
            var metadata = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(archive)!, ".nupkg.metadata")))!;
            var bytes = File.ReadAllBytes(archive);

            Assert.True(PackageHash.Matches(bytes, metadata["contentHash"]!.GetValue<string>()), archive);
            bytes[100] ^= 1;
            Assert.False(PackageHash.Matches(bytes, metadata["contentHash"]!.GetValue<string>()), archive);
            checkedOnes++;
        }

        Skip.If(checkedOnes == 0, "no signed package here");
    }

    private static string Packages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");

    private static bool IsSigned(string archive)
    {
        if (new FileInfo(archive).Length > 2_000_000)
        {
            return false;
        }

        using var zip = ZipFile.OpenRead(archive);
        return zip.GetEntry(".signature.p7s") is not null;
    }

    private static void Pack(string archive, params (string Path, byte[] Content)[] files)
    {
        File.Delete(archive);
        using var zip = ZipFile.Open(archive, ZipArchiveMode.Create);
        foreach (var (path, content) in files)
        {
            using var entry = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
            entry.Write(content);
        }
    }
}
