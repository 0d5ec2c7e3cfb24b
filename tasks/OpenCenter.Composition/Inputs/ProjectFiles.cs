using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs;

/// <summary>Everything in a cluster project's conventional folders, read once, in ordinal order of path.</summary>
internal sealed record ProjectFiles
{
    private static readonly ImmutableArray<string> Folders = ["values", "patches", "prerequisites", "resources", "applications", "crds"];

    // All that a cluster says of itself: far more than any does, far less than a machine has.
    private const long MaxBytes = 256 * 1024 * 1024;

    /// <summary>One list a directory, lowest first; the project's own <c>values/</c> is the last. Without encrypted files.</summary>
    public required ImmutableArray<ImmutableArray<ProjectFile>> Values { get; init; }

    /// <summary><c>values/&lt;release&gt;.sops.yaml</c> of the project.</summary>
    public required ImmutableArray<ProjectFile> EncryptedValues { get; init; }

    public required ImmutableArray<ProjectFile> Patches { get; init; }
    public required ImmutableArray<ProjectFile> Prerequisites { get; init; }
    public required ImmutableArray<ProjectFile> Resources { get; init; }
    public required ImmutableArray<ProjectFile> Applications { get; init; }

    /// <summary>Custom resource definitions that the project carries: <c>crds/*.yaml</c>.</summary>
    public required ImmutableArray<ProjectFile> Crds { get; init; }

    /// <summary>The nearest <c>.sops.yaml</c> between the project's folder and the root of its Git repository.</summary>
    public SourceFile? SopsConfiguration { get; init; }

    /// <summary>A <c>.sops.yml</c> on that way, which SOPS does not read.</summary>
    public string? IgnoredSopsConfiguration { get; init; }

    /// <summary>Every file but SOPS's configuration.</summary>
    public IEnumerable<ProjectFile> All =>
        Values.SelectMany(directory => directory).Concat(EncryptedValues).Concat(Patches).Concat(Prerequisites).Concat(Resources).Concat(Applications).Concat(Crds);

    public static ProjectFiles Read(ClusterProject project, ClusterSettings settings, ProjectPlaces places, DiagnosticBag diagnostics)
    {
        foreach (var name in Folders)
        {
            if (new DirectoryInfo(Path.Combine(project.Directory, name)).LinkTarget is not null)
            {
                diagnostics.Add(ProjectDiagnostics.Link(Path.Combine(project.Directory, name)));
            }
        }

        var shared = settings.ValuesDirectories.Select(item => ReadShared(project.Directory, item, places, diagnostics));
        var own = ReadFlat(Path.Combine(project.Directory, "values"), diagnostics);
        var sops = FoldersOfRepository(project.Directory);
        return new ProjectFiles
        {
            Values = [.. shared, [.. own.Where(file => !IsEncrypted(file))]],
            EncryptedValues = [.. own.Where(IsEncrypted).Select(file => file with { Folder = file.Folder[..^".sops".Length] })],
            Patches = ReadGrouped(project.Directory, "patches", "<component>", diagnostics),
            Prerequisites = ReadGrouped(project.Directory, "prerequisites", "<service>", diagnostics),
            Resources = ReadGrouped(project.Directory, "resources", "<service>", diagnostics),
            Applications = ReadGrouped(project.Directory, "applications", "<name>", diagnostics),
            Crds = ReadFlat(Path.Combine(project.Directory, "crds"), diagnostics),
            SopsConfiguration = FirstOf(sops, ".sops.yaml") is { } configuration ? FileReader.Read(configuration, diagnostics) : null,
            IgnoredSopsConfiguration = FirstOf(sops, ".sops.yml"),
        };
    }

    // Outside Git the project's folder is the root: what lies above it is another machine's matter.
    private static List<string> FoldersOfRepository(string directory)
    {
        var folders = new List<string>();
        for (var folder = directory; folder is { Length: > 0 }; folder = Path.GetDirectoryName(folder))
        {
            folders.Add(folder);
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                return folders;
            }
        }

        return [directory];
    }

    private static string? FirstOf(List<string> folders, string name) =>
        folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static bool IsEncrypted(ProjectFile file) => file.Folder.EndsWith(".sops", StringComparison.Ordinal);

    private static ImmutableArray<ProjectFile> ReadShared(string directory, ProjectItem item, ProjectPlaces places, DiagnosticBag diagnostics)
    {
        var folder = Path.GetFullPath(item.Include, directory);
        if (Directory.Exists(folder))
        {
            return ReadFlat(folder, diagnostics);
        }

        diagnostics.Add(ProjectDiagnostics.BadItem(places.Of(item), item.Type, item.Include, "there is no such directory"));
        return [];
    }

    // values/: one file a release, no folders below.
    private static ImmutableArray<ProjectFile> ReadFlat(string root, DiagnosticBag diagnostics) =>
        Read(root, isGrouped: false, "this folder holds one <name>.yaml a release", diagnostics);

    private static ImmutableArray<ProjectFile> ReadGrouped(string directory, string name, string group, DiagnosticBag diagnostics) =>
        Read(Path.Combine(directory, name), isGrouped: true, $"files here lie in {name}/{group}/", diagnostics);

    private static ImmutableArray<ProjectFile> Read(string root, bool isGrouped, string expected, DiagnosticBag diagnostics)
    {
        var files = ImmutableArray.CreateBuilder<ProjectFile>();
        var left = MaxBytes;
        foreach (var path in FolderListing.Read(root, IsWanted, diagnostics))
        {
            var slash = path.IndexOf('/', StringComparison.Ordinal);
            if (isGrouped ? slash < 0 : slash >= 0 || !IsYaml(path))
            {
                diagnostics.Add(ProjectDiagnostics.MatchesNothing(Path.Combine(root, path), expected, ""));
            }
            else if (FileReader.Read(Path.Combine(root, path), diagnostics) is { } source)
            {
                files.Add(isGrouped
                    ? new ProjectFile(path[..slash], path[(slash + 1)..], source)
                    : new ProjectFile(Path.GetFileNameWithoutExtension(path), path, source));
                left -= source.Bytes.Length;
                if (left < 0)
                {
                    diagnostics.Add(ProjectDiagnostics.TooMuch(root));
                    break;
                }
            }
        }

        return files.DrainToImmutable();
    }

    private static bool IsYaml(string path) => path.EndsWith(".yaml", StringComparison.Ordinal);

    // What people and tools leave beside manifests and no build means.
    private static bool IsWanted(string path)
    {
        var name = Path.GetFileName(path);
        return name[0] != '.' && !name.Equals("README.md", StringComparison.OrdinalIgnoreCase);
    }
}
