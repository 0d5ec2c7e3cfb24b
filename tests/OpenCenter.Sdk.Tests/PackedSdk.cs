using System.Diagnostics;
using System.Text.RegularExpressions;

namespace OpenCenter.Sdk.Tests;

/// <summary>The packed SDK and two versions of a small service package, in a feed of their own.</summary>
public sealed class PackedSdk : IDisposable
{
    private static readonly Dictionary<string, string> NoMore = [];

    // Test classes run at once, and their packs would share one obj folder: one would ship what another is still writing.
    private static readonly Lock Packing = new();

    private readonly string _repository = Up(AppContext.BaseDirectory, "OpenCenter.Sdk.sln");

    public PackedSdk()
    {
        Directory.CreateDirectory(Path.Combine(Root, "feed"));
        Write("empty.targets", "<Project />");
        Write("global.json", """{"sdk":{"version":"10.0.100","rollForward":"latestFeature"},"msbuild-sdks":{"OpenCenter.Sdk":"0.1.0"}}""");
        Write("nuget.config", "<configuration><packageSources><clear /><add key=\"feed\" value=\"feed\" /></packageSources></configuration>");
        PackSdk("0.1.0");
        Service("alpha", "1.0.0");
        Service("alpha", "1.1.0");
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("sdk-").FullName;

    /// <summary>A file of this repository.</summary>
    public string InRepository(string path) => Path.Combine(_repository, path);

    /// <summary>Packs the SDK of this repository, or of a copy, into the feed if nothing else is said.</summary>
    public void PackSdk(string version, string? output = null, string? repository = null)
    {
        lock (Packing)
        {
            Succeed(Start("dotnet", Path.Combine(repository ?? _repository, "sdk/OpenCenter.Sdk"), ["pack", "--configuration", "Release", $"-p:PackageVersion={version}", "--output", output ?? Path.Combine(Root, "feed")]));
        }
    }

    /// <summary>The sources of the SDK as a clone in another folder, never built, at the same commit and with the same edits.</summary>
    public string CloneRepository(string name)
    {
        var clone = Path.Combine(Root, name);
        Succeed(Start("git", _repository, ["clone", "--quiet", "--shared", "--no-checkout", _repository, clone]));
        Succeed(Start("git", clone, ["remote", "remove", "origin"]));
        var sources = Succeed(Start("git", _repository, ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "sdk", "tasks", "Directory.*", "*.json", "nuget.config", ".editorconfig", ".gitignore"]));
        foreach (var file in sources.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(_repository, file))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(clone, file))!);
            File.Copy(Path.Combine(_repository, file), Path.Combine(clone, file));
        }

        return clone;
    }

    /// <summary>Packs a service of one release as <c>Acme.&lt;Name&gt;</c> into the feed.</summary>
    public void Service(string name, string version = "1.0.0", string dependency = "", string more = "", params KeyValuePair<string, string>[] files)
    {
        var id = $"Acme.{char.ToUpperInvariant(name[0])}{name[1..]}";
        Write($"{name}/{id}.csproj", $"<Project Sdk=\"OpenCenter.Sdk\"><PropertyGroup><Version>{version}</Version><Description>{name}</Description></PropertyGroup><ItemGroup>{dependency}</ItemGroup>{more}</Project>");
        Write($"{name}/service.yaml", $$$"""
            apiVersion: opencenter.io/v1
            kind: Service
            metadata: {name: {{{name}}}, layer: platform}
            spec:
              namespaces: [{name: {{{name}}}, podSecurity: restricted}]
              components:
              - name: {{{name}}}
                release: {name: {{{name}}}, chart: {{{name}}}, source: {kind: HelmRepository, url: "https://charts.example.com"}}
            """);
        Write($"{name}/values/base.yaml", "replicas: 1\n");
        foreach (var (path, text) in files)
        {
            Write($"{name}/{path}", text);
        }

        Succeed(Run(Path.Combine(Root, name), "pack", "--output", Path.Combine(Root, "feed")));
    }

    /// <summary>A new cluster project that references alpha 1.0.0.</summary>
    public string Cluster(string name, string more = "", string reference = "<PackageReference Include=\"Acme.Alpha\" Version=\"1.0.0\" />")
    {
        Write($"{name}/cluster.csproj", $"<Project Sdk=\"OpenCenter.Sdk\">\n  <PropertyGroup><ClusterName>test</ClusterName>{more}</PropertyGroup>\n  <ItemGroup>\n    {reference}\n  </ItemGroup>\n</Project>\n");
        return Path.Combine(Root, name);
    }

    /// <summary>Runs <c>dotnet</c> with a package folder of this fixture's own.</summary>
    public (int ExitCode, string Output) Run(string folder, params string[] arguments) => Run(folder, NoMore, arguments);

    public (int ExitCode, string Output) Run(string folder, Dictionary<string, string> environment, params string[] arguments)
    {
        using var process = Begin(folder, environment, arguments);
        return Finish(process);
    }

    public Process Begin(string folder, params string[] arguments) => Begin(folder, NoMore, arguments);

    public static (int ExitCode, string Output) Start(string file, string folder, string[] arguments)
    {
        using var process = Begin(file, folder, NoMore, arguments);
        return Finish(process);
    }

    public static string Succeed((int ExitCode, string Output) result)
    {
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output;
    }

    /// <summary>What a terminal shows: without colours, cursor moves and links.</summary>
    public static string Plain(string output) => Regex.Replace(output, @"\x1b\][^\x1b\a]*(\x1b\\|\a)|\x1b\[[0-9;?]*[A-Za-z]", "");

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private Process Begin(string folder, Dictionary<string, string> environment, string[] arguments) =>
        Begin("dotnet", folder, environment.ContainsKey("NUGET_PACKAGES") ? environment : new(environment) { ["NUGET_PACKAGES"] = Path.Combine(Root, "packages") }, arguments);

    private static Process Begin(string file, string folder, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name is "CI" || name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static (int ExitCode, string Output) Finish(Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    private static string Up(string folder, string file) =>
        File.Exists(Path.Combine(folder, file)) ? folder : Up(Path.GetDirectoryName(folder.TrimEnd('/'))!, file);
}
