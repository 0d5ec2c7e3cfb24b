namespace OpenCenter.Sdk.Tests;

/// <summary>Versions, wherever they stand, and the commands with which people look at them.</summary>
public sealed class UpgradeTests(PackedSdk sdk) : IClassFixture<PackedSdk>
{
    private const string Central = "<ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>";

    [Fact]
    public void A_version_raised_in_Directory_Packages_props_takes_effect()
    {
        var folder = sdk.Cluster("central-upgrade", Central, "<PackageReference Include=\"Acme.Alpha\" />");
        sdk.Write("central-upgrade/Directory.Packages.props", "<Project><ItemGroup><PackageVersion Include=\"Acme.Alpha\" Version=\"1.0.0\" /></ItemGroup></Project>");
        PackedSdk.Succeed(sdk.Run(folder, "build"));

        sdk.Write("central-upgrade/Directory.Packages.props", "<Project><ItemGroup><PackageVersion Include=\"Acme.Alpha\" Version=\"1.1.0\" /></ItemGroup></Project>");
        PackedSdk.Succeed(sdk.Run(folder, "build"));

        Assert.Contains("version: \"1.1.0\"", File.ReadAllText(Path.Combine(folder, "flux/components/alpha/helmrelease.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_of_the_SDK_raised_in_global_json_takes_effect()
    {
        sdk.PackSdk("0.1.1-next.1");
        var folder = sdk.Cluster("sdk-upgrade");
        sdk.Write("sdk-upgrade/global.json", """{"msbuild-sdks":{"OpenCenter.Sdk":"0.1.0"}}""");
        PackedSdk.Succeed(sdk.Run(folder, "build"));

        sdk.Write("sdk-upgrade/global.json", """{"msbuild-sdks":{"OpenCenter.Sdk":"0.1.1-next.1"}}""");
        PackedSdk.Succeed(sdk.Run(folder, "build"));

        Assert.Contains("\"sdk\": \"0.1.1-next.1\"", File.ReadAllText(Path.Combine(folder, "flux/.opencenter/cluster.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void NuGets_own_commands_know_the_packages()
    {
        var folder = sdk.Cluster("commands");
        PackedSdk.Succeed(sdk.Run(folder, "restore"));

        Assert.Matches(@"Acme\.Alpha\s+1\.0\.0\s+1\.0\.0\s+1\.1\.0", PackedSdk.Succeed(sdk.Run(folder, "list", "package", "--outdated")));
        Assert.Contains("Acme.Alpha (v1.0.0)", PackedSdk.Succeed(sdk.Run(folder, "nuget", "why", "cluster.csproj", "Acme.Alpha")), StringComparison.Ordinal);
    }

    [Fact]
    public void Locked_mode_refuses_what_is_not_in_the_lock_file()
    {
        const string Locked = "<RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>";
        var folder = sdk.Cluster("lock", Locked);
        PackedSdk.Succeed(sdk.Run(folder, "build"));
        PackedSdk.Succeed(sdk.Run(folder, "restore", "--locked-mode", "--force"));

        sdk.Cluster("lock", Locked, "<PackageReference Include=\"Acme.Alpha\" Version=\"1.1.0\" />");
        var result = sdk.Run(folder, "restore", "--locked-mode", "--tl:off");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("error NU1004", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_outside_a_services_range_is_an_error()
    {
        sdk.Service("beta", dependency: "<PackageReference Include=\"Acme.Alpha\" Version=\"[1.0,1.1)\" />");
        var folder = sdk.Cluster("range", reference: "<PackageReference Include=\"Acme.Alpha\" Version=\"1.1.0\" /><PackageReference Include=\"Acme.Beta\" Version=\"1.0.0\" />");

        var result = sdk.Run(folder, "build", "--tl:off");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("error NU1608", result.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "flux")));
    }

    [Fact]
    public void Two_branches_that_each_add_a_service_merge_without_a_conflict()
    {
        sdk.Service("gamma");
        sdk.Service("delta");
        var folder = sdk.Cluster("branches");
        sdk.Write("branches/.gitignore", "obj/\n");
        Build("<PackageReference Include=\"Acme.Alpha\" Version=\"1.0.0\" />");
        Git("init", "--quiet", "--initial-branch=main");
        Git("config", "user.email", "test@example.com");
        Git("config", "user.name", "test");
        Commit("start");
        foreach (var (branch, id) in (KeyValuePair<string, string>[])[new("one", "Acme.Delta"), new("two", "Acme.Gamma")])
        {
            Git("checkout", "--quiet", "-b", branch, "main");
            var alpha = branch == "two" ? "1.1.0" : "1.0.0";
            File.WriteAllText(Path.Combine(folder, branch + ".props"), $"<Project><ItemGroup><PackageReference Include=\"{id}\" Version=\"1.0.0\" /></ItemGroup></Project>");
            Build($"<PackageReference Include=\"Acme.Alpha\" Version=\"{alpha}\" />");
            Commit(branch);
        }

        Git("checkout", "--quiet", "main");
        Git("merge", "--quiet", "--no-edit", "one");
        Git("merge", "--quiet", "--no-edit", "two");

        PackedSdk.Succeed(sdk.Run(folder, "build", "-p:FluxTreeMode=Check"));
        Assert.True(File.Exists(Path.Combine(folder, "flux/services/delta.yaml")) && File.Exists(Path.Combine(folder, "flux/services/gamma.yaml")));

        void Build(string reference)
        {
            sdk.Cluster("branches", reference: reference + "</ItemGroup><Import Project=\"one.props\" Condition=\"Exists('one.props')\" /><Import Project=\"two.props\" Condition=\"Exists('two.props')\" /><ItemGroup>");
            PackedSdk.Succeed(sdk.Run(folder, "build"));
        }

        void Commit(string message)
        {
            Git("add", "--all");
            Git("commit", "--quiet", "-m", message);
        }

        void Git(params string[] arguments) => PackedSdk.Succeed(PackedSdk.Start("git", folder, arguments));
    }
}
