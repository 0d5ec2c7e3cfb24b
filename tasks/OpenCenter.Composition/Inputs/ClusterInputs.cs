using System.Collections.Immutable;
using NuGet.Versioning;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Inputs;

/// <summary>Everything that a build reads but the old tree.</summary>
internal sealed record ClusterInputs
{
    public required ClusterProject Project { get; init; }
    public required ProjectPlaces Places { get; init; }
    public required ClusterSettings Settings { get; init; }
    public required RestoreResult Restore { get; init; }
    public required CatalogueIndex Catalogue { get; init; }

    /// <summary>Packages with a descriptor by id, in ordinal order.</summary>
    public required ImmutableSortedDictionary<string, ServicePackage> Packages { get; init; }

    public required ProjectFiles Files { get; init; }

    /// <summary>Null where planning makes no sense: without a restore result.</summary>
    public static ClusterInputs? Read(ClusterProject project, DiagnosticBag diagnostics)
    {
        var places = new ProjectPlaces(project.ProjectFile);
        var settings = SettingsReader.Read(project, places, diagnostics);
        if (RestoreResult.Read(project.ProjectAssetsFile, places.Project, diagnostics) is not { } restore)
        {
            return null;
        }

        ReferenceCheck.Check(project, restore, places, diagnostics);
        ImmutableSortedDictionary<string, ServicePackage>? packages = null;
        ProjectFiles? files = null;
        InParallel.Run(
            () => packages = ReadPackages(project, restore, places, diagnostics),
            () => files = ProjectFiles.Read(project, settings, places, diagnostics));
        return new ClusterInputs
        {
            Project = project,
            Places = places,
            Settings = settings,
            Restore = restore,
            Catalogue = CatalogueIndex.Read(project.CatalogueIndexFile, diagnostics),
            Packages = packages!,
            Files = files!,
        };
    }

    /// <summary>Where the project references a package, or the first of its references that brings it.</summary>
    public Place PlaceOf(string packageId)
    {
        var references = Project.Items.Where(item => IdOf(item) is not null).ToArray();
        var item = references.FirstOrDefault(item => string.Equals(IdOf(item), packageId, StringComparison.OrdinalIgnoreCase))
            ?? references.FirstOrDefault(item => Brings(IdOf(item)!, packageId, new HashSet<string>(StringComparer.OrdinalIgnoreCase)));
        return item is null ? Places.Project : Places.Of(item);
    }

    private static string? IdOf(ProjectItem item) => item.Type switch
    {
        "PackageReference" => item.Include,
        "ProjectReference" => Path.GetFileNameWithoutExtension(item.Include),
        _ => null,
    };

    private bool Brings(string id, string wanted, HashSet<string> seen) =>
        seen.Add(id)
        && Restore.Packages.FirstOrDefault(package => string.Equals(package.Id, id, StringComparison.OrdinalIgnoreCase)) is { } package
        && package.Dependencies.Any(dependency => string.Equals(dependency, wanted, StringComparison.OrdinalIgnoreCase) || Brings(dependency, wanted, seen));

    private static ImmutableSortedDictionary<string, ServicePackage> ReadPackages(
        ClusterProject project, RestoreResult restore, ProjectPlaces places, DiagnosticBag diagnostics)
    {
        var sdkVersion = NuGetVersion.Parse(project.SdkVersion);
        var packages = ImmutableSortedDictionary.CreateBuilder<string, ServicePackage>(StringComparer.OrdinalIgnoreCase);
        var services = InParallel.Select(restore.Packages, package => ServicePackage.Read(package, sdkVersion, diagnostics));
        for (var i = 0; i < services.Length; i++)
        {
            var package = restore.Packages[i];
            if (services[i] is { } service)
            {
                packages.Add(package.Id, service);
            }
            else if (!ServicePackage.HasDescriptor(package) && project.Items.FirstOrDefault(item => item.Type == "PackageReference" && IsPlainReference(item, package.Id)) is { } reference)
            {
                diagnostics.Add(ProjectDiagnostics.NotAService(places.Of(reference), package.Id));
            }
        }

        return packages.ToImmutable();
    }

    // A reference for the build alone (PrivateAssets, an analyzer) is not meant to deploy anything.
    private static bool IsPlainReference(ProjectItem item, string id) =>
        string.Equals(item.Include, id, StringComparison.OrdinalIgnoreCase)
        && !item["PrivateAssets"].Equals("all", StringComparison.OrdinalIgnoreCase)
        && !item["IsImplicitlyDefined"].Equals("true", StringComparison.OrdinalIgnoreCase);
}
