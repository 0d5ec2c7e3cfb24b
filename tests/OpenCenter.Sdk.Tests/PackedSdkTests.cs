using System.Text.Json;

namespace OpenCenter.Sdk.Tests;

public sealed class PackedSdkTests(PackedSdk sdk) : IClassFixture<PackedSdk>
{
    [Fact]
    public void A_build_writes_the_tree_and_an_upgrade_takes_effect()
    {
        var folder = sdk.Cluster("upgrade");

        Assert.Contains("cluster -> flux (1 service, 1 component, 10 files changed)", PackedSdk.Succeed(sdk.Run(folder, "build", "--tl:off")), StringComparison.Ordinal);
        Assert.Contains("0 files changed", PackedSdk.Succeed(sdk.Run(folder, "build", "--tl:off")), StringComparison.Ordinal);

        sdk.Cluster("upgrade", reference: "<PackageReference Include=\"Acme.Alpha\" Version=\"1.1.0\" />");
        var stale = sdk.Run(folder, "build", "--no-restore", "--tl:off");
        Assert.NotEqual(0, stale.ExitCode);
        Assert.Contains("cluster.csproj(4,5): error OC1003: 'Acme.Alpha' is 1.1.0 in the project but 1.0.0 in the last restore.", stale.Output, StringComparison.Ordinal);

        PackedSdk.Succeed(sdk.Run(folder, "build"));
        Assert.Contains("version: \"1.1.0\"", File.ReadAllText(Path.Combine(folder, "flux/components/alpha/helmrelease.yaml")), StringComparison.Ordinal);
        PackedSdk.Succeed(sdk.Run(folder, "build", "-p:FluxTreeMode=Check"));
    }

    [Theory]
    [InlineData("--tl:off")]
    [InlineData("--tl:on", "-v:detailed")]
    public void Explain_says_who_set_a_value_in_either_logger(params string[] arguments)
    {
        var folder = sdk.Cluster("explain");

        Assert.Matches(@"alpha:replicas = 1\s+set by  base        Acme\.Alpha/1\.0\.0 values/base\.yaml\(1,11\)", PackedSdk.Succeed(sdk.Run(folder, ["build", "-t:ClusterExplain", "-p:ClusterKey=alpha:replicas", .. arguments])));
    }

    [Fact]
    public void Explain_is_data_for_programs()
    {
        using var json = JsonDocument.Parse(PackedSdk.Succeed(sdk.Run(sdk.Cluster("explained"), "build", "-t:ClusterExplain", "-p:ClusterKey=alpha:replicas", "-getTargetResult:ClusterExplain")));

        var item = Assert.Single(json.RootElement.GetProperty("TargetResults").GetProperty("ClusterExplain").GetProperty("Items").EnumerateArray());
        Assert.Equal(("alpha:replicas", "1", "base", "true"), (Text("Identity"), Text("Value"), Text("Tier"), Text("Wins")));

        string Text(string name) => item.GetProperty(name).GetString()!;
    }

    [Theory]
    [InlineData("plain", "", "<PackageReference Include=\"Acme.Alpha\" Version=\"1.0.0\" />")]
    [InlineData("central", "<ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>", "<PackageReference Include=\"Acme.Alpha\" />")]
    [InlineData("locked", "<RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>", "<PackageReference Include=\"Acme.Alpha\" Version=\"1.0.0\" />")]
    [InlineData("project", "", "<ProjectReference Include=\"../alpha/Acme.Alpha.csproj\" />")]
    public void Both_imports_restore_the_same_bytes(string name, string more, string reference)
    {
        var folder = sdk.Cluster(name, more, reference);
        if (name == "central")
        {
            sdk.Write("central/Directory.Packages.props", "<Project><ItemGroup><PackageVersion Include=\"Acme.Alpha\" Version=\"1.0.0\" /></ItemGroup></Project>");
        }

        var full = $"-p:CustomAfterMicrosoftCommonTargets={Path.Combine(sdk.Root, "empty.targets")}";
        PackedSdk.Succeed(sdk.Run(folder, "restore"));
        var light = Snapshot(folder);
        Directory.Delete(Path.Combine(folder, "obj"), recursive: true);
        PackedSdk.Succeed(sdk.Run(folder, "restore", full));

        Assert.NotEmpty(light);
        Assert.Equal(light, Snapshot(folder));
        Assert.DoesNotContain("Restored", PackedSdk.Succeed(sdk.Run(folder, "restore")), StringComparison.Ordinal);
        Assert.DoesNotContain("Restored", PackedSdk.Succeed(sdk.Run(folder, "restore", full)), StringComparison.Ordinal);
    }

    [Fact]
    public void Dependabots_way_in_reports_every_package_and_writes_no_tree()
    {
        var folder = sdk.Cluster("dependabot");
        sdk.Write("dependabot.targets", """
            <Project>
              <PropertyGroup><DesignTimeBuild>true</DesignTimeBuild><GenerateDependencyFile>true</GenerateDependencyFile></PropertyGroup>
              <Target Name="Show" AfterTargets="GenerateBuildDependencyFile"><Message Importance="high" Text="found @(_PackageDependenciesDesignTime)" /></Target>
            </Project>
            """);

        var output = PackedSdk.Succeed(sdk.Run(folder, "msbuild", "-t:Restore,ResolveProjectReferences,GenerateBuildDependencyFile", $"-p:CustomAfterMicrosoftCommonTargets={Path.Combine(sdk.Root, "dependabot.targets")}"));

        Assert.Contains("found Acme.Alpha/1.0.0", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "flux")));
    }

    [Fact]
    public void A_build_without_restore_says_what_to_do()
    {
        var result = sdk.Run(sdk.Cluster("unrestored"), "build", "--no-restore", "--tl:off");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("cluster.csproj : error OC1001: The packages of this project are not restored.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_the_feed_lacks_is_an_error()
    {
        var result = sdk.Run(sdk.Cluster("lacking", reference: "<PackageReference Include=\"Acme.Alpha\" Version=\"1.0.5\" />"), "build", "--tl:off");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("error NU1603", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pack")]
    [InlineData("publish")]
    [InlineData("test")]
    [InlineData("clean")]
    public void Other_commands_are_quiet(string command)
    {
        var folder = sdk.Cluster($"quiet-{command}");

        PackedSdk.Succeed(sdk.Run(folder, command));

        Assert.False(Directory.Exists(Path.Combine(folder, "flux")));
    }

    [Fact]
    public void A_path_with_spaces_and_other_letters_builds()
    {
        Assert.Contains("-> flux", PackedSdk.Succeed(sdk.Run(sdk.Cluster("größe é 1"), "build", "--tl:off")), StringComparison.Ordinal);
    }

    private static SortedDictionary<string, string> Snapshot(string folder) => new(
        Directory.EnumerateFiles(Path.Combine(folder, "obj")).Concat(Directory.EnumerateFiles(folder, "packages.lock.json"))
            .ToDictionary(file => Path.GetFileName(file), File.ReadAllText),
        StringComparer.Ordinal);
}
