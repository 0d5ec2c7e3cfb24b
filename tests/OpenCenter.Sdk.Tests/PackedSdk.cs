using System.Diagnostics;

namespace OpenCenter.Sdk.Tests;

/// <summary>The packed SDK and two versions of a small service package, in a feed of their own.</summary>
public sealed class PackedSdk : IDisposable
{
    public PackedSdk()
    {
        Directory.CreateDirectory(Path.Combine(Root, "feed"));
        Write("empty.targets", "<Project />");
        Write("global.json", """{"sdk":{"version":"10.0.100","rollForward":"latestFeature"},"msbuild-sdks":{"OpenCenter.Sdk":"0.1.0"}}""");
        Write("nuget.config", "<configuration><packageSources><clear /><add key=\"feed\" value=\"feed\" /></packageSources></configuration>");
        var sdk = Path.Combine(Up(AppContext.BaseDirectory, "OpenCenter.Sdk.sln"), "sdk/OpenCenter.Sdk");
        Succeed(Run(sdk, isPrivate: false, "pack", "--configuration", "Release", "--output", Path.Combine(Root, "feed")));
        foreach (var version in (string[])["1.0.0", "1.1.0"])
        {
            Write("alpha/Acme.Alpha.csproj", $"<Project Sdk=\"OpenCenter.Sdk\"><PropertyGroup><Version>{version}</Version><Description>Alpha</Description></PropertyGroup></Project>");
            Write("alpha/service.yaml", """
                apiVersion: opencenter.io/v1
                kind: Service
                metadata: {name: alpha, layer: platform}
                spec:
                  namespaces: [{name: alpha, podSecurity: restricted}]
                  components:
                  - name: alpha
                    release: {name: alpha, chart: alpha, source: {kind: HelmRepository, url: "https://charts.example.com"}}
                """);
            Write("alpha/values/base.yaml", "replicas: 1\n");
            Succeed(Run(Path.Combine(Root, "alpha"), isPrivate: true, "pack", "--output", Path.Combine(Root, "feed")));
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("sdk-").FullName;

    /// <summary>A new cluster project that references alpha 1.0.0.</summary>
    public string Cluster(string name, string more = "", string reference = "<PackageReference Include=\"Acme.Alpha\" Version=\"1.0.0\" />")
    {
        Write($"{name}/cluster.csproj", $"<Project Sdk=\"OpenCenter.Sdk\">\n  <PropertyGroup><ClusterName>test</ClusterName>{more}</PropertyGroup>\n  <ItemGroup>\n    {reference}\n  </ItemGroup>\n</Project>\n");
        return Path.Combine(Root, name);
    }

    public (int ExitCode, string Output) Run(string folder, params string[] arguments) => Run(folder, isPrivate: true, arguments);

    public static string Succeed((int ExitCode, string Output) result)
    {
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output;
    }

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private (int ExitCode, string Output) Run(string folder, bool isPrivate, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        if (isPrivate)
        {
            start.Environment["NUGET_PACKAGES"] = Path.Combine(Root, "packages");
        }

        foreach (var name in start.Environment.Keys.Where(name => name is "CI" || name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    private static string Up(string folder, string file) =>
        File.Exists(Path.Combine(folder, file)) ? folder : Up(Path.GetDirectoryName(folder.TrimEnd('/'))!, file);
}
