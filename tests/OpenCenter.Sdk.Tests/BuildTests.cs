using System.IO.Compression;
using System.Text.Json.Nodes;

namespace OpenCenter.Sdk.Tests;

/// <summary>How a build behaves: beside others, elsewhere, killed, and with packages that mean no good.</summary>
public sealed class BuildTests(PackedSdk sdk) : IClassFixture<PackedSdk>
{
    [Fact]
    public void Nothing_in_a_package_is_imported()
    {
        var witness = Path.Combine(sdk.Root, "witness");
        var evil = $"<Project><Target Name=\"Evil\" BeforeTargets=\"Restore;Build;ClusterBuild;_BuildFluxTree\"><WriteLinesToFile File=\"{witness}\" Lines=\"x\" /></Target></Project>";
        sdk.Service(
            "evil",
            more: "<PropertyGroup><TargetsForTfmSpecificContentInPackage>$(TargetsForTfmSpecificContentInPackage);_Evil</TargetsForTfmSpecificContentInPackage></PropertyGroup><Target Name=\"_Evil\"><ItemGroup><TfmSpecificPackageFile Include=\"evil.props\" PackagePath=\"build/Acme.Evil.props\" /><TfmSpecificPackageFile Include=\"evil.props\" PackagePath=\"buildTransitive/Acme.Evil.targets\" /></ItemGroup></Target>",
            files: new KeyValuePair<string, string>("evil.props", evil));
        using (var package = ZipFile.OpenRead(Path.Combine(sdk.Root, "feed/Acme.Evil.1.0.0.nupkg")))
        {
            Assert.Contains("build/Acme.Evil.props", package.Entries.Select(entry => entry.FullName));
        }

        var folder = sdk.Cluster("victim", reference: "<PackageReference Include=\"Acme.Evil\" Version=\"1.0.0\" />");
        PackedSdk.Succeed(sdk.Run(folder, "build"));
        PackedSdk.Succeed(sdk.Run(folder, "build", $"-p:CustomAfterMicrosoftCommonTargets={Path.Combine(sdk.Root, "empty.targets")}"));

        Assert.True(Directory.Exists(Path.Combine(folder, "flux")));
        Assert.False(File.Exists(witness));
    }

    [Theory]
    [InlineData("--tl:on")]
    [InlineData("--tl:off")]
    public void Both_loggers_show_what_is_wrong_and_what_was_built(string logger)
    {
        var name = "logger" + logger.Replace(":", "-", StringComparison.Ordinal);
        var folder = sdk.Cluster(name);
        var built = PackedSdk.Plain(PackedSdk.Succeed(sdk.Run(folder, "build", logger)));
        sdk.Write($"{name}/values/alhpa.yaml", "replicas: 2\n");
        var failed = sdk.Run(folder, "build", logger);

        Assert.Contains("flux (1 service, 1 component, 10 files changed)", built, StringComparison.Ordinal);
        Assert.NotEqual(0, failed.ExitCode);
        Assert.Matches(@"values[/\\]alhpa\.yaml.*error OC3006: .*alpha", PackedSdk.Plain(failed.Output).ReplaceLineEndings(" "));
    }

    [Theory]
    [InlineData("-graph")]
    [InlineData("-m")]
    public void Two_clusters_build_at_once(string how)
    {
        var one = sdk.Cluster($"both{how}/one");
        var two = sdk.Cluster($"both{how}/two");
        sdk.Write($"both{how}/all.proj", """
            <Project DefaultTargets="Build">
              <ItemGroup><ProjectReference Include="*/cluster.csproj" /></ItemGroup>
              <ItemDefinitionGroup><ProjectReference><Targets>Build</Targets></ProjectReference></ItemDefinitionGroup>
              <ItemGroup><ProjectReferenceTargets Include="Build" Targets="Build" /></ItemGroup>
              <Target Name="Build"><MSBuild Projects="@(ProjectReference)" Targets="Build" BuildInParallel="true" /></Target>
            </Project>
            """);
        PackedSdk.Succeed(sdk.Run(one, "restore"));
        PackedSdk.Succeed(sdk.Run(two, "restore"));

        PackedSdk.Succeed(sdk.Run(Path.GetDirectoryName(one)!, "msbuild", "all.proj", how));

        Assert.True(File.Exists(Path.Combine(one, "flux/services/alpha.yaml")));
        Assert.True(File.Exists(Path.Combine(two, "flux/services/alpha.yaml")));
    }

    [Fact]
    public void Another_folder_culture_time_zone_and_home_give_the_same_bytes()
    {
        var here = sdk.Cluster("here");
        PackedSdk.Succeed(sdk.Run(here, "build"));
        var there = sdk.Cluster("elsewhere/İ deep/folder");
        var home = Directory.CreateDirectory(Path.Combine(sdk.Root, "home")).FullName;
        PackedSdk.Succeed(sdk.Run(there, new Dictionary<string, string> { ["LANG"] = "tr_TR.UTF-8", ["LC_ALL"] = "tr_TR.UTF-8", ["TZ"] = "Pacific/Kiritimati", ["HOME"] = home, ["USER"] = "somebody" }, "build", "-p:FluxPath=./flux"));
        PackedSdk.Succeed(sdk.Run(here, "build", "-p:FluxPath=./flux"));

        Assert.Equal(Tree(here), Tree(there));
    }

    [Fact]
    public void A_folder_where_a_file_belongs_is_an_error_and_nothing_is_half_written()
    {
        var folder = sdk.Cluster("obstacle");
        Directory.CreateDirectory(Path.Combine(folder, "flux/services/alpha.yaml/mine"));
        sdk.Write("obstacle/flux/services/alpha.yaml/mine/notes.txt", "keep");

        var result = sdk.Run(folder, "build", "--tl:off");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("error OC6001", result.Output, StringComparison.Ordinal);
        Assert.Equal(["services/alpha.yaml/mine/notes.txt"], Tree(folder).Keys);
    }

    [Fact]
    public void A_killed_build_is_finished_by_the_next_one()
    {
        var whole = sdk.Cluster("whole");
        PackedSdk.Succeed(sdk.Run(whole, "build", "-p:FluxPath=./flux"));
        var folder = sdk.Cluster("killed");
        sdk.Write("killed/notes.txt", "mine");
        PackedSdk.Succeed(sdk.Run(folder, "restore"));
        var random = new Random(7);
        for (var round = 0; round < 6; round++)
        {
            using var process = sdk.Begin(folder, "msbuild", "-p:FluxPath=./flux");
            if (!process.WaitForExit(random.Next(450, 900)))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }

            PackedSdk.Succeed(sdk.Run(folder, "build", "--no-restore", "-p:FluxPath=./flux"));
            Assert.Equal(Tree(whole), Tree(folder));
            Assert.Equal("mine", File.ReadAllText(Path.Combine(folder, "notes.txt")));
            Directory.Delete(Path.Combine(folder, "flux"), recursive: true);
        }
    }

    [Fact]
    public void What_a_file_says_or_is_called_means_nothing_to_MSBuild()
    {
        const string Text = "100%41 $(MSBuildProjectFile) @(PackageReference) %(Identity); it's";
        var folder = sdk.Cluster("odd");
        sdk.Write("odd/values/alpha.yaml", $"a: \"{Text}\"\n");
        sdk.Write("odd/resources/alpha/a %41.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: odd\n");
        sdk.Write("odd/show.targets", "<Project><Target Name=\"Show\" DependsOnTargets=\"ClusterBuild\" Returns=\"@(FluxTreeFile)\" /></Project>");

        var shown = JsonNode.Parse(PackedSdk.Succeed(sdk.Run(folder, "build", "-t:Show", $"-p:CustomAfterOpenCenterTargets={Path.Combine(folder, "show.targets")}", "-getTargetResult:Show")))!;
        var explained = JsonNode.Parse(PackedSdk.Succeed(sdk.Run(folder, "build", "-t:ClusterExplain", "-p:ClusterKey=alpha:a", "-getTargetResult:ClusterExplain")))!;

        Assert.Contains(Path.Combine(folder, "flux/components/alpha-resources/a %41.yaml"), shown["TargetResults"]!["Show"]!["Items"]!.AsArray().Select(item => item!["Identity"]!.GetValue<string>()));
        Assert.Equal($"\"{Text}\"", explained["TargetResults"]!["ClusterExplain"]!["Items"]!.AsArray()[^1]!["Value"]!.GetValue<string>());
        Assert.Contains(Text, PackedSdk.Succeed(sdk.Run(folder, "build", "-t:ClusterExplain", "-p:ClusterKey=alpha:a", "--tl:off")), StringComparison.Ordinal);
        Assert.Contains(Text, File.ReadAllText(Path.Combine(folder, "obj/ClusterExplain.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Builds_of_one_cluster_at_once_give_one_tree()
    {
        var whole = sdk.Cluster("alone");
        PackedSdk.Succeed(sdk.Run(whole, "build", "-p:FluxPath=./flux"));
        var folder = sdk.Cluster("at-once");
        PackedSdk.Succeed(sdk.Run(folder, "restore"));

        Parallel.For(0, 3, _ => PackedSdk.Succeed(sdk.Run(folder, "build", "--no-restore", "-p:FluxPath=./flux")));

        Assert.Equal(Tree(whole), Tree(folder));
    }

    [Fact]
    public void Packed_again_the_bytes_are_the_same_and_the_SDKs_in_another_folder_too()
    {
        var first = File.ReadAllBytes(Path.Combine(sdk.Root, "feed/Acme.Alpha.1.1.0.nupkg"));
        var sdkBytes = File.ReadAllBytes(Path.Combine(sdk.Root, "feed/OpenCenter.Sdk.0.1.0.nupkg"));
        var again = Path.Combine(sdk.Root, "again");
        PackedSdk.Succeed(sdk.Run(Path.Combine(sdk.Root, "alpha"), "pack", "--output", again));
        sdk.PackSdk("0.1.0", again, sdk.CloneRepository("clone"));

        Assert.Equal(first, File.ReadAllBytes(Path.Combine(again, "Acme.Alpha.1.1.0.nupkg")));
        Assert.Equal(sdkBytes, File.ReadAllBytes(Path.Combine(again, "OpenCenter.Sdk.0.1.0.nupkg")));
    }

    [Fact]
    public void The_packages_hold_what_they_should_and_nothing_else()
    {
        Assert.Equal(
            ["OpenCenter.Sdk.nuspec", "README.md", "Sdk/Sdk.props", "Sdk/Sdk.targets", "bom.json", "catalogue.json", "service.schema.json",
             "targets/OpenCenter.Cluster.props", "targets/OpenCenter.Cluster.targets", "targets/OpenCenter.Framework.targets", "targets/OpenCenter.Full.targets",
             "targets/OpenCenter.Light.props", "targets/OpenCenter.Light.targets", "targets/OpenCenter.Service.targets", "targets/OpenCenter.Version.props",
             .. Tools(""), .. Tools("linux-x64/")],
            Entries("OpenCenter.Sdk.0.1.0"));
        Assert.Equal(["Acme.Alpha.nuspec", "bom.json", "service.yaml", "values/base.yaml"], Entries("Acme.Alpha.1.0.0"));

        static IEnumerable<string> Tools(string platform) =>
            ((string[])["NuGet.Versioning.dll", "OpenCenter.Composition.dll", "OpenCenter.Sdk.Tasks.deps.json", "OpenCenter.Sdk.Tasks.dll", "YamlDotNet.dll"]).Select(file => $"tools/net10.0/{platform}{file}");
    }

    [Fact]
    public void A_file_of_a_service_is_packed_where_it_lies()
    {
        string[] files = ["chart/LICENSE", "chart/a $(b) @(c).txt", "chart/.helmignore"];
        sdk.Service("named", files: [.. files.Select(file => KeyValuePair.Create(file, file))]);

        Assert.Equal(["Acme.Named.nuspec", "bom.json", .. files.Append("service.yaml").Append("values/base.yaml").Order(StringComparer.Ordinal)], Entries("Acme.Named.1.0.0"));
    }

    [Fact]
    public void MSBuilds_own_checks_find_nothing()
    {
        var output = PackedSdk.Succeed(sdk.Run(sdk.Cluster("checked"), "build", "-check", "--tl:off"));

        Assert.DoesNotContain("BC0", output, StringComparison.Ordinal);
        Assert.Contains("0 Warning(s)", output, StringComparison.Ordinal);
    }

    private IEnumerable<string> Entries(string package)
    {
        using var zip = ZipFile.OpenRead(Path.Combine(sdk.Root, $"feed/{package}.nupkg"));
        return [.. zip.Entries.Select(entry => entry.FullName).Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml").Order(StringComparer.Ordinal)];
    }

    private static SortedDictionary<string, string> Tree(string folder)
    {
        var root = Path.Combine(folder, "flux");
        return new(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(root, file), file => Convert.ToHexString(File.ReadAllBytes(file))), StringComparer.Ordinal);
    }
}
