using System.Xml.Linq;
using NuGet.Versioning;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Catalogue;

/// <summary>A service package of the catalogue.</summary>
/// <param name="Folder">Its folder in <c>content/</c>.</param>
/// <param name="Package">The package's id.</param>
/// <param name="Version">Its version, as its project says it.</param>
/// <param name="Descriptor">Its <c>service.yaml</c>.</param>
internal sealed record CatalogueEntry(string Folder, string Package, string Version, ServiceDescriptor Descriptor)
{
    public IEnumerable<ReleaseSpec> Releases => Descriptor.Components.Select(component => component.Release).OfType<ReleaseSpec>();

    /// <summary>All services, by name. Platforms, which deploy nothing themselves, are not among them.</summary>
    /// <exception cref="InvalidOperationException">A descriptor is wrong: building its project says where.</exception>
    public static IReadOnlyList<CatalogueEntry> ReadAll(string content) =>
    [
        .. Directory.EnumerateDirectories(content).Select(folder => Path.Combine(folder, "service.yaml")).Where(File.Exists)
            .Select(Read)
            .Where(entry => entry.Descriptor.Kind == DescriptorKind.Service)
            .OrderBy(entry => entry.Descriptor.Name.Value, StringComparer.Ordinal),
    ];

    private static CatalogueEntry Read(string file)
    {
        var diagnostics = new DiagnosticBag();
        var folder = Path.GetDirectoryName(file)!;
        var project = Directory.EnumerateFiles(folder, "*.csproj").Single();
        var descriptor = DescriptorReader.Read(new SourceFile(file, File.ReadAllBytes(file)), new NuGetVersion(int.MaxValue, 0, 0), diagnostics)
            ?? throw new InvalidOperationException(string.Join('\n', diagnostics.ToSorted()));
        return new CatalogueEntry(Path.GetFileName(folder), Path.GetFileNameWithoutExtension(project), XDocument.Load(project).Descendants("Version").Single().Value, descriptor);
    }
}
