using System.Collections.Immutable;
using System.Text.Json;
using OpenCenter.Composition.Inputs;

namespace OpenCenter.Benchmarks;

/// <summary>A copy of samples/prod-cluster, restored from what <c>dotnet build samples</c> packed, and an empty NoTargets project.</summary>
internal sealed class Sample : IDisposable
{
    private static readonly ImmutableArray<string> ItemTypes =
    [
        "PackageReference", "PackageVersion", "ProjectReference", "ClusterService", "ClusterCapability", "ClusterVariable",
        "ClusterValues", "ClusterExternal", "ClusterRemoval", "ClusterAllow", "ClusterSchemas",
    ];

    private static readonly ImmutableDictionary<string, string> PropertyNames = ImmutableDictionary.CreateRange(new Dictionary<string, string>
    {
        [nameof(ClusterProject.ProjectFile)] = "MSBuildProjectFullPath",
        [nameof(ClusterProject.CatalogueIndexFile)] = "_OpenCenterCatalogueIndex",
        [nameof(ClusterProject.SdkVersion)] = "OpenCenterSdkVersion",
        [nameof(ClusterProject.FluxTreePath)] = "_FluxTreeFullPath",
    });

    // What MSBuild knows of every item by itself; a task gets the others.
    private static readonly ImmutableHashSet<string> WellKnown =
    [
        "Identity", "FullPath", "RootDir", "Filename", "Extension", "RelativeDir", "Directory", "RecursiveDir", "ModifiedTime", "CreatedTime",
        "AccessedTime", "DefiningProjectFullPath", "DefiningProjectDirectory", "DefiningProjectName", "DefiningProjectExtension",
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("opencenter-benchmarks-").FullName;
    private readonly string _repository = Above(AppContext.BaseDirectory);

    public Sample()
    {
        Cluster = Path.Combine(_root, "prod-cluster");
        Empty = Path.Combine(_root, "empty");
        Copy(Path.Combine(_repository, "samples/prod-cluster"), Cluster);
        Write("nuget.config", $"<configuration><config><add key=\"globalPackagesFolder\" value=\"packages\" /></config><packageSources><add key=\"opencenter-local\" value=\"{_repository}/artifacts/packages\" /></packageSources></configuration>");
        Write("global.json", File.ReadAllText(Path.Combine(_repository, "global.json")).Replace("\"msbuild-sdks\": {", "\"msbuild-sdks\": { \"Microsoft.Build.NoTargets\": \"3.7.0\",", StringComparison.Ordinal));
        Write("empty/empty.csproj", "<Project Sdk=\"Microsoft.Build.NoTargets\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        Command.Run(Cluster, "dotnet", "build");
        Command.Run(Empty, "dotnet", "build");
    }

    public string Cluster { get; }

    public string Empty { get; }

    public string Tree => Path.Combine(Cluster, "flux");

    /// <summary>Every folder that a Flux Kustomization of the tree builds.</summary>
    public IReadOnlyList<string> Components =>
        [.. Directory.GetFiles(Path.Combine(Tree, "components"), "kustomization.yaml", SearchOption.AllDirectories)
            .Where(file => !File.ReadAllText(file).Contains("kind: Component", StringComparison.Ordinal))
            .Select(file => Path.GetDirectoryName(file)!)
            .Order(StringComparer.Ordinal)];

    /// <summary>The project as MSBuild evaluates it.</summary>
    public ClusterProject Evaluate()
    {
        var names = typeof(ClusterProject).GetProperties().Where(property => property.PropertyType == typeof(string) && property.CanWrite).Select(property => property.Name).ToArray();
        using var json = JsonDocument.Parse(Command.Run(Cluster, "dotnet", "msbuild",
            $"-getProperty:{string.Join(',', names.Select(name => PropertyNames.GetValueOrDefault(name, name)))}", $"-getItem:{string.Join(',', ItemTypes)}"));
        var project = new ClusterProject
        {
            ProjectFile = "", ProjectAssetsFile = "", CatalogueIndexFile = "", SdkVersion = "", FluxTreePath = "",
            Items = [.. ItemTypes.SelectMany(type => json.RootElement.GetProperty("Items").GetProperty(type).EnumerateArray().Select(item => ToItem(type, item)))],
        };
        foreach (var name in names)
        {
            var value = json.RootElement.GetProperty("Properties").GetProperty(PropertyNames.GetValueOrDefault(name, name)).GetString();
            typeof(ClusterProject).GetProperty(name)!.SetValue(project, value);
        }

        return project;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static ProjectItem ToItem(string type, JsonElement item) => new(
        type,
        item.GetProperty("Identity").GetString()!,
        item.EnumerateObject().Where(metadata => !WellKnown.Contains(metadata.Name)).ToImmutableDictionary(metadata => metadata.Name, metadata => metadata.Value.GetString()!, StringComparer.OrdinalIgnoreCase),
        item.GetProperty("DefiningProjectFullPath").GetString()!);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(from, file);
            if (!path.StartsWith("obj", StringComparison.Ordinal))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, path))!);
                File.Copy(file, Path.Combine(to, path));
            }
        }
    }

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "OpenCenter.Sdk.sln")) ? folder.TrimEnd('/') : Above(Path.GetDirectoryName(folder.TrimEnd('/'))!);
}
