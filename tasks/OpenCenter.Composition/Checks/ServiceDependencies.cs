using NuGet.Versioning;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;

namespace OpenCenter.Composition.Checks;

/// <summary>A service's package depends on the packages of what it requires, each in the versions it was tried with.</summary>
internal static class ServiceDependencies
{
    public static void Check(ServiceProject project, ClusterInputs inputs, ServiceDescriptor descriptor, DiagnosticBag diagnostics)
    {
        var referenced = inputs.Packages[project.PackageId].Dependencies
            .Select(id => inputs.Packages.GetValueOrDefault(id)?.Name)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        foreach (var requirement in descriptor.Requires.Concat(descriptor.Components.SelectMany(component => component.Requires)))
        {
            if (!requirement.IsCapability && !referenced.Contains(requirement.Name.Value))
            {
                diagnostics.Add(ProjectDiagnostics.NoDependency(requirement.Name.Place, requirement.Name.Value, inputs.Catalogue.PackageOf(requirement.Name.Value)));
            }
        }

        foreach (var item in project.Items.Where(item => item.Type == "PackageReference" && inputs.Packages.ContainsKey(item.Include)))
        {
            if (inputs.Restore.Direct.TryGetValue(item.Include, out VersionRange? range) && !(range.HasLowerBound && range.HasUpperBound))
            {
                diagnostics.Add(ProjectDiagnostics.UnboundedDependency(inputs.Places.Of(item), item.Include, range.OriginalString ?? range.ToNormalizedString()));
            }
        }
    }
}
