using System.Collections.Immutable;
using System.Text.Json;
using NuGet.Versioning;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Inputs;

/// <summary>What NuGet resolved: <c>project.assets.json</c>.</summary>
/// <param name="Packages">All packages and referenced projects, in ordinal order of their ids.</param>
/// <param name="Direct">What the project references itself: id and version range.</param>
/// <param name="DirectProjects">The ids of the projects that it references.</param>
internal sealed record RestoreResult(
    ImmutableArray<RestoredPackage> Packages,
    ImmutableSortedDictionary<string, VersionRange> Direct,
    ImmutableArray<string> DirectProjects)
{
    private const int SupportedVersion = 4;

    /// <summary>Null where there is no usable result, which has then been reported.</summary>
    public static RestoreResult? Read(string assetsFile, Place project, DiagnosticBag diagnostics)
    {
        if (!File.Exists(assetsFile))
        {
            diagnostics.Add(ProjectDiagnostics.NotRestored(project));
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
            return Read(document.RootElement, Path.GetDirectoryName(project.File)!, assetsFile, diagnostics);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            diagnostics.Add(ProjectDiagnostics.UnreadableRestore(assetsFile, exception.Message.TrimEnd('.')));
            return null;
        }
    }

    private static RestoreResult? Read(JsonElement root, string projectDirectory, string assetsFile, DiagnosticBag diagnostics)
    {
        if (root.GetProperty("version").GetInt32() > SupportedVersion)
        {
            diagnostics.Add(ProjectDiagnostics.UnreadableRestore(assetsFile, "it has a newer format than this SDK knows"));
            return null;
        }

        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToArray();
        var libraries = root.GetProperty("libraries");
        var packages = ImmutableArray.CreateBuilder<RestoredPackage>();
        foreach (var library in root.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject())
        {
            var (id, version) = Split(library.Name);
            var isProject = library.Value.GetProperty("type").GetString() == "project";
            var details = libraries.GetProperty(library.Name);
            var directory = isProject
                ? Path.GetDirectoryName(Path.GetFullPath(Text(details, "msbuildProject") ?? Text(details, "path")!, projectDirectory))!
                : PackageDirectory(folders, Text(details.GetProperty("path")));
            if (directory is null)
            {
                diagnostics.Add(ProjectDiagnostics.UnreadableRestore(assetsFile, $"the folder of '{library.Name}' is gone"));
                return null;
            }

            packages.Add(new RestoredPackage(
                id,
                NuGetVersion.Parse(version),
                directory,
                isProject ? ServiceFiles.In(directory, diagnostics) : Files(details),
                Names(library.Value, "dependencies"),
                isProject ? null : Archive(library.Name, directory, details)));
        }

        packages.Sort((left, right) => string.CompareOrdinal(left.Id, right.Id));
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var package in packages)
        {
            if (!seen.Add(package.Id))
            {
                diagnostics.Add(ProjectDiagnostics.UnreadableRestore(assetsFile, $"it has '{package.Id}' twice"));
                return null;
            }
        }

        var framework = root.GetProperty("project").GetProperty("frameworks").EnumerateObject().First().Value;
        return new RestoreResult(packages.DrainToImmutable(), ReadDirect(framework), ReadDirectProjects(root));
    }

    private static ImmutableSortedDictionary<string, VersionRange> ReadDirect(JsonElement framework)
    {
        var direct = ImmutableSortedDictionary.CreateBuilder<string, VersionRange>(StringComparer.OrdinalIgnoreCase);
        if (framework.TryGetProperty("dependencies", out var dependencies))
        {
            foreach (var dependency in dependencies.EnumerateObject())
            {
                // The SDK's own references (NETStandard.Library and the like) are nobody's to check.
                if (!dependency.Value.TryGetProperty("autoReferenced", out var auto) || !auto.GetBoolean())
                {
                    direct[dependency.Name] = VersionRange.Parse(Text(dependency.Value, "version") ?? "*");
                }
            }
        }

        return direct.ToImmutable();
    }

    // projectFileDependencyGroups names everything that the project references; what is no package is a project.
    private static ImmutableArray<string> ReadDirectProjects(JsonElement root)
    {
        var libraries = root.GetProperty("libraries");
        var projects = libraries.EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "project")
            .Select(library => Split(library.Name).Id)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. root.GetProperty("projectFileDependencyGroups").EnumerateObject().First().Value.EnumerateArray()
                .Select(entry => Text(entry).Split(' ')[0])
                .Where(projects.Contains)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static (string Id, string Version) Split(string library)
    {
        var slash = library.IndexOf('/', StringComparison.Ordinal);
        return (library[..slash], library[(slash + 1)..]);
    }

    private static string? PackageDirectory(string[] folders, string path) =>
        folders.Select(folder => Path.Combine(folder, path)).FirstOrDefault(Directory.Exists);

    private static ImmutableArray<string> Files(JsonElement library) =>
        [.. library.GetProperty("files").EnumerateArray().Select(Text).Order(StringComparer.Ordinal)];

    // Of a package's files, NuGet names the archive's hash, not the archive.
    private static PackageArchive Archive(string package, string directory, JsonElement details)
    {
        var (id, version) = Split(package);
        return new PackageArchive(package, Path.Combine(directory, $"{id}.{version}.nupkg".ToLowerInvariant()), Text(details.GetProperty("sha512")));
    }

    private static ImmutableArray<string> Names(JsonElement element, string property) =>
        element.TryGetProperty(property, out var names)
            ? [.. names.EnumerateObject().Select(name => name.Name).Order(StringComparer.Ordinal)]
            : [];

    private static string Text(JsonElement element) => element.GetString() ?? throw new JsonException("null stands where a text belongs");

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.GetString() : null;
}
