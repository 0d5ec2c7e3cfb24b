using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;

namespace OpenCenter.Composition.Tests;

/// <summary>A cluster project and its packages in a folder of their own, restored by hand, so that a build takes milliseconds.</summary>
internal sealed class TestCluster : IDisposable
{
    private readonly List<ProjectItem> _items = [];
    private readonly Dictionary<string, string> _properties = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (string Version, Dictionary<string, string> Dependencies)> _packages = new(StringComparer.Ordinal);
    private readonly List<string> _lines = [];

    public TestCluster(string? root = null, string name = "test")
    {
        Root = root ?? Directory.CreateTempSubdirectory("cluster-").FullName;
        Directory.CreateDirectory(ProjectDirectory);
        ProjectFile = Path.Combine(ProjectDirectory, $"{name}.csproj");
    }

    public string Root { get; }

    /// <summary>Whether the restore result stays as it is, whatever becomes of the packages.</summary>
    public bool Restored { get; set; }

    /// <summary>The index of the catalogue; null: a small one.</summary>
    public string? CatalogueIndexFile { get; init; }

    /// <summary>The services that are referenced as projects, not as packages.</summary>
    public List<string> Projects { get; } = [];

    /// <summary>What every package claims to hold besides its files.</summary>
    public List<string> Listed { get; } = [];

    public string ProjectDirectory => Path.Combine(Root, "project");

    public string ProjectFile { get; }

    public string TreePath => Path.Combine(ProjectDirectory, "flux");

    /// <summary>A package of one service; its files by path. A reference to it is added unless it is only a dependency.</summary>
    public TestCluster Service(
        string name,
        string? spec = null,
        string version = "1.0.0",
        bool isReferenced = true,
        string[]? dependsOn = null,
        params (string Path, string Text)[] files)
    {
        var id = $"Test.{name}";
        var descriptor = $"apiVersion: opencenter.io/v1\nkind: Service\nmetadata:\n  name: {name}\n  layer: platform\nspec:\n{Indent(spec ?? DefaultSpec(name))}";
        return Package(id, version, isReferenced, dependsOn ?? [], [("service.yaml", descriptor), .. files]);
    }

    public TestCluster Package(string id, string version, bool isReferenced, string[] dependsOn, params (string Path, string Text)[] files)
    {
        var folder = Path.Combine(Root, "packages", id, version);
        Directory.CreateDirectory(folder);
        foreach (var (path, text) in files)
        {
            Write(Path.Combine(folder, path), text);
        }

        Archive(id, version);
        _packages[id] = (version, dependsOn.ToDictionary(name => $"Test.{name}", _ => "1.0.0"));
        return isReferenced ? Item("PackageReference", id, ("Version", version)) : this;
    }

    public TestCluster Item(string type, string include, params (string Name, string Value)[] metadata)
    {
        _items.Add(new ProjectItem(
            type,
            include,
            metadata.ToImmutableDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
            ProjectFile));
        _lines.Add($"    <{type} Include=\"{include}\"{string.Concat(metadata.Select(pair => $" {pair.Name}=\"{pair.Value}\""))} />");
        return this;
    }

    public TestCluster Property(string name, string value)
    {
        _properties[name] = value;
        return this;
    }

    public TestCluster File(string path, string text)
    {
        Write(Path.Combine(ProjectDirectory, path), text);
        return this;
    }

    public string PathOf(string path) => Path.Combine(ProjectDirectory, path);

    public string PackageFile(string service, string path) => Path.Combine(Root, "packages", $"Test.{service}", _packages[$"Test.{service}"].Version, path);

    public string Tree(string path) => System.IO.File.ReadAllText(Path.Combine(TreePath, path));

    public ClusterBuildResult Build()
    {
        WriteProject();
        return ClusterBuild.Run(Project());
    }

    /// <summary>The project as MSBuild would give it, for builds at once.</summary>
    public ClusterProject Evaluate()
    {
        WriteProject();
        return Project();
    }

    public ClusterExplainResult Explain(string key)
    {
        WriteProject();
        return ClusterExplain.Run(Project(), key);
    }

    public string ExplainFile => Path.Combine(Root, "obj/ClusterExplain.json");

    // The items begin in line 3.
    private void WriteProject() =>
        System.IO.File.WriteAllLines(ProjectFile, ["<Project>", "  <ItemGroup>", .. _lines, "  </ItemGroup>", "</Project>"]);

    /// <summary>Builds, and fails the test with everything that was found if that was an error.</summary>
    public ClusterBuildResult BuildClean()
    {
        var result = Build();
        Assert.True(result.Diagnostics.All(found => found.Severity == Severity.Information), string.Join('\n', result.Diagnostics));
        return result;
    }

    /// <summary>Builds and gives the one diagnostic with this code.</summary>
    public Diagnostic Expect(string code)
    {
        var found = Build().Diagnostics;
        var matching = found.Where(diagnostic => diagnostic.Code == code).ToArray();
        Assert.True(matching.Length == 1, $"{matching.Length} × {code} in:\n{string.Join('\n', found)}");
        return matching[0];
    }

    public void Dispose()
    {
        // Two clusters can share a folder.
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    public static string Manifest(string kind, string name, string? ns = null, string apiVersion = "v1", string rest = "") =>
        $"apiVersion: {apiVersion}\nkind: {kind}\nmetadata:\n  name: {name}\n{(ns is null ? "" : $"  namespace: {ns}\n")}{rest}";

    /// <summary>A service with one Helm release of its own name.</summary>
    public static string DefaultSpec(string name, string more = "") => $$"""
        namespaces: [{name: {{name}}, podSecurity: restricted}]
        {{more}}
        components:
        - name: {{name}}
          release:
            name: {{name}}
            chart: {{name}}
            source: {kind: HelmRepository, url: https://charts.example.com}
        """;

    private ClusterProject Project() => new()
    {
        ProjectFile = ProjectFile,
        ProjectAssetsFile = WriteAssets(),
        CatalogueIndexFile = CatalogueIndexFile ?? WriteIndex(),
        SdkVersion = "0.1.0",
        FluxTreePath = TreePath,
        ClusterName = Value("ClusterName", Path.GetFileNameWithoutExtension(ProjectFile)),
        ClusterDomain = Value("ClusterDomain"),
        ClusterProvider = Value("ClusterProvider"),
        ClusterEdition = Value("ClusterEdition"),
        ClusterProfile = Value("ClusterProfile"),
        ClusterValuesOrder = Value("ClusterValuesOrder"),
        ClusterDate = Value("ClusterDate", "2026-06-15"),
        FluxValuesMode = Value("FluxValuesMode"),
        FluxTreeMode = Value("FluxTreeMode"),
        FluxPath = Value("FluxPath", "./clusters/test/flux"),
        FluxNamespace = Value("FluxNamespace"),
        FluxSourceKind = Value("FluxSourceKind"),
        FluxSourceName = Value("FluxSourceName"),
        FluxVersion = Value("FluxVersion"),
        FluxInterval = Value("FluxInterval"),
        FluxRetryInterval = Value("FluxRetryInterval"),
        FluxTimeout = Value("FluxTimeout"),
        FluxDecryptionSecret = Value("FluxDecryptionSecret"),
        Items = [.. _items],
    };

    /// <summary>As NuGet leaves it beside the package's files.</summary>
    public string ArchiveOf(string id, string version) => Path.Combine(Root, "packages", id, version, $"{id}.{version}.nupkg".ToLowerInvariant());

    private void Archive(string id, string version)
    {
        var archive = ArchiveOf(id, version);
        System.IO.File.Delete(archive);
        var made = Path.Combine(Root, "archive.nupkg");
        System.IO.File.Delete(made);
        ZipFile.CreateFromDirectory(Path.GetDirectoryName(archive)!, made, CompressionLevel.Fastest, includeBaseDirectory: false);
        System.IO.File.Move(made, archive);
    }

    private string Value(string property, string fallback = "") => _properties.GetValueOrDefault(property, fallback);

    private string WriteIndex()
    {
        var file = Path.Combine(Root, "catalogue.json");
        Write(file, """
            {"services": {
              "vault": {"package": "OpenCenter.Services.Vault", "provides": ["secret-store"], "releases": ["vault"], "groups": ["vault.example.com"]},
              "openbao": {"package": "OpenCenter.Services.Openbao", "provides": ["secret-store"], "releases": ["openbao"]}
            }}
            """);
        return file;
    }

    private string WriteAssets()
    {
        var file = Path.Combine(Root, "obj", "project.assets.json");
        if (Restored)
        {
            return file;
        }

        var (targets, libraries, dependencies) = (new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var (id, (version, needs)) in _packages)
        {
            var folder = Path.Combine(Root, "packages", id, version);
            var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".nupkg", StringComparison.Ordinal)).Select(file => (JsonNode)Path.GetRelativePath(folder, file).Replace('\\', '/'));
            var isProject = Projects.Any(name => $"Test.{name}" == id);
            targets[$"{id}/{version}"] = new JsonObject
            {
                ["type"] = isProject ? "project" : "package",
                ["dependencies"] = new JsonObject(needs.Select(need => KeyValuePair.Create(need.Key, (JsonNode?)need.Value))),
            };
            libraries[$"{id}/{version}"] = isProject ? new JsonObject { ["type"] = "project", ["path"] = folder, ["msbuildProject"] = Path.Combine(folder, "service.csproj") } : new JsonObject { ["type"] = "package", ["path"] = $"{id}/{version}", ["files"] = new JsonArray([.. files, .. Listed.Select(path => (JsonNode)path)]), ["sha512"] = Convert.ToBase64String(SHA512.HashData(System.IO.File.ReadAllBytes(ArchiveOf(id, version)))) };
        }

        foreach (var item in _items.Where(item => item.Type == "PackageReference"))
        {
            // A cluster writes one version; a service, a range.
            dependencies[item.Include] = new JsonObject { ["target"] = "Package", ["version"] = item["Version"].Contains(',', StringComparison.Ordinal) ? item["Version"] : $"[{item["Version"]}, )" };
        }

        var assets = new JsonObject
        {
            ["version"] = 3,
            ["targets"] = new JsonObject { [".NETStandard,Version=v2.0"] = targets },
            ["libraries"] = libraries,
            ["projectFileDependencyGroups"] = new JsonObject { [".NETStandard,Version=v2.0"] = new JsonArray() },
            ["packageFolders"] = new JsonObject { [Path.Combine(Root, "packages") + Path.DirectorySeparatorChar] = new JsonObject() },
            ["project"] = new JsonObject { ["frameworks"] = new JsonObject { ["netstandard2.0"] = new JsonObject { ["dependencies"] = dependencies } } },
        };
        Write(file, assets.ToJsonString());
        return file;
    }

    private static string Indent(string text) => string.Concat(text.Split('\n').Select(line => line.Length == 0 ? "" : $"  {line}\n"));

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
    }
}
