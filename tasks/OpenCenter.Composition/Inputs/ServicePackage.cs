using System.Collections.Immutable;
using NuGet.Versioning;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs;

/// <summary>A restored package with a descriptor, and its files, read when they are needed.</summary>
internal sealed class ServicePackage(RestoredPackage package, ServiceDescriptor descriptor)
{
    private readonly HashSet<string> _files = new(package.Files, StringComparer.Ordinal);

    public const string DescriptorFile = "service.yaml";

    public string Id => package.Id;

    public NuGetVersion Version => package.Version;

    public string Directory => package.Directory;

    /// <summary>Whether it is a project's folder, whose files change while its version stays.</summary>
    public bool IsProject => package.Archive is null;

    public ImmutableArray<string> Dependencies => package.Dependencies;

    public ServiceDescriptor Descriptor { get; } = descriptor;

    public string Name => Descriptor.Name.Value;

    /// <summary>Files below a folder of the package, relative to the package, in ordinal order.</summary>
    public IEnumerable<string> FilesBelow(string folder)
    {
        var prefix = folder + "/";
        return package.Files.Where(file => file.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>A file of the package, or null where it has none of that name or it can't be read (then reported).</summary>
    public SourceFile? Read(string file, DiagnosticBag diagnostics) =>
        _files.Contains(file) ? ReadFrom(package, file, diagnostics) : null;

    /// <summary>A file's path in the package, with <c>/</c>.</summary>
    public string RelativePath(string file) => Path.GetRelativePath(package.Directory, file).Replace('\\', '/');

    public static bool HasDescriptor(RestoredPackage package) => package.Files.Contains(DescriptorFile, StringComparer.Ordinal);

    /// <summary>Null where the package has no descriptor, or none that can be read, which has then been reported.</summary>
    public static ServicePackage? Read(RestoredPackage package, NuGetVersion sdkVersion, DiagnosticBag diagnostics) =>
        HasDescriptor(package)
            && ReadFrom(package, DescriptorFile, diagnostics) is { } source
            && DescriptorReader.Read(source, sdkVersion, diagnostics) is { } descriptor
            ? new ServicePackage(package, descriptor) : null;

    private static SourceFile? ReadFrom(RestoredPackage package, string file, DiagnosticBag diagnostics)
    {
        // The list of files is the package's own claim: a name that leads out of its folder is refused.
        if (file.Split('/').Contains("..", StringComparer.Ordinal) || Path.IsPathRooted(file))
        {
            diagnostics.Add(ProjectDiagnostics.Unreadable(Path.Combine(package.Directory, DescriptorFile), $"'{package.Id}' names a file outside its folder"));
            return null;
        }

        var source = FileReader.Read(Path.Combine(package.Directory, file.Replace('/', Path.DirectorySeparatorChar)), diagnostics);
        return source is null || package.Archive?.Holds(file, source, diagnostics) == false ? null : source;
    }
}
