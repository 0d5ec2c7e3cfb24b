using System.Collections.Immutable;
using NuGet.Versioning;
using OpenCenter.Composition.Checks;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Packaging;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Values;

namespace OpenCenter.Composition;

/// <summary>
/// Checks a service project by building clusters of it in memory, one for each edition and profile, and keeping what they
/// say about its own files.
/// </summary>
public static class ServiceBuild
{
    public static ServiceBuildResult Run(ServiceProject project)
    {
        var diagnostics = new DiagnosticBag();
        if (!NuGetVersion.TryParse(project.PackageVersion, out var version))
        {
            diagnostics.Add(ProjectDiagnostics.BadProperty(new Place(project.ProjectFile), "Version", project.PackageVersion, "a version such as 1.18.2"));
            return new ServiceBuildResult(diagnostics.ToSorted(), [], []);
        }

        var files = ServiceFiles.In(project.Directory, diagnostics);
        var places = new ProjectPlaces(project.ProjectFile);
        var restore = RestoreResult.Read(project.ProjectAssetsFile, places.Project, diagnostics);
        var package = new RestoredPackage(
            project.PackageId, version, project.Directory, files, [.. restore?.Direct.Keys.Concat(restore.DirectProjects) ?? []]);
        ImmutableArray<BomComponent> parts = [];
        if (restore is not null && ServicePackage.Read(package, NuGetVersion.Parse(project.SdkVersion), diagnostics) is { } service)
        {
            var descriptor = service.Descriptor;
            var inputs = TrialCluster.Of(project, package, service, restore, places, diagnostics);
            parts = ServiceBom.PartsOf(descriptor, version, inputs.Packages.Values.Where(other => other.Id != package.Id));
            ServiceDependencies.Check(project, inputs, descriptor, diagnostics);
            ServiceLayout.Check(project.Directory, files, descriptor, diagnostics);
            if (descriptor.Kind == DescriptorKind.Service && !diagnostics.HasErrors)
            {
                foreach (var settings in TrialCluster.Variations(inputs.Settings))
                {
                    Try(inputs with { Settings = settings }, project.Directory, diagnostics);
                }
            }
        }

        return new ServiceBuildResult(diagnostics.ToSorted(), files, parts);
    }

    private static void Try(ClusterInputs inputs, string directory, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var plan = ClusterPlanner.Plan(inputs, found);
        var exceptions = new ClusterExceptions(inputs, found);
        var values = ValuesComposer.Compose(plan, exceptions, found);
        TreeChecks.Run(plan, values, TreeBuilder.Build(plan, values, found), exceptions, found);
        var own = directory + Path.DirectorySeparatorChar;
        foreach (var diagnostic in found.ToSorted())
        {
            if (diagnostic.Place is { } place && place.File.StartsWith(own, StringComparison.Ordinal) && diagnostic.Severity != Severity.Information)
            {
                diagnostics.Add(diagnostic);
            }
        }
    }
}
