using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;

namespace OpenCenter.Composition.Planning;

/// <summary>Finds what is deployed: every service that is reachable from the project without passing through an external one.</summary>
internal static class DeployedServices
{
    /// <summary>By name, in ordinal order.</summary>
    public static ImmutableSortedDictionary<string, PlannedService> Find(ClusterInputs inputs, DiagnosticBag diagnostics)
    {
        var direct = inputs.Restore.Direct.Keys.Concat(inputs.Restore.DirectProjects).Order(StringComparer.OrdinalIgnoreCase).ToArray();
        var owned = Reach(inputs, direct, throughServices: false, out _);
        var all = Reach(inputs, direct, throughServices: true, out var because);
        var services = ImmutableSortedDictionary.CreateBuilder<string, PlannedService>(StringComparer.Ordinal);
        foreach (var id in all.Order(StringComparer.OrdinalIgnoreCase))
        {
            if (inputs.Packages[id] is not { Descriptor.Kind: DescriptorKind.Service } package)
            {
                continue;
            }

            if (services.TryGetValue(package.Name, out var other))
            {
                diagnostics.Add(ProjectDiagnostics.SameServiceTwice(inputs.PlaceOf(package.Id), package.Name, other.Package.Id, package.Id));
                continue;
            }

            if (!owned.Contains(id))
            {
                diagnostics.Add(ProjectDiagnostics.OnlyTransitive(
                    inputs.PlaceOf(because[id]),
                    package.Name,
                    because[id],
                    $"<PackageReference Include=\"{package.Id}\" Version=\"{package.Version.ToNormalizedString()}\" />"));
            }

            services.Add(package.Name, new PlannedService(package, inputs.Settings.Of(package.Name), inputs.Settings.ProfileOf(package.Name)));
        }

        return services.ToImmutable();
    }

    private static HashSet<string> Reach(ClusterInputs inputs, string[] direct, bool throughServices, out Dictionary<string, string> because)
    {
        var reached = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        because = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var dependencies = inputs.Restore.Packages.ToDictionary(package => package.Id, package => package.Dependencies, StringComparer.OrdinalIgnoreCase);
        var queue = new Queue<string>(direct);
        var seen = new HashSet<string>(direct, StringComparer.OrdinalIgnoreCase);
        while (queue.TryDequeue(out var id))
        {
            var isService = false;
            if (inputs.Packages.TryGetValue(id, out var package))
            {
                isService = package.Descriptor.Kind == DescriptorKind.Service;
                if (isService && inputs.Settings.IsExternal(package.Name))
                {
                    continue;
                }

                reached.Add(package.Id);
            }

            if (isService && !throughServices)
            {
                continue;
            }

            foreach (var dependency in dependencies.GetValueOrDefault(id, []))
            {
                if (seen.Add(dependency))
                {
                    because[dependency] = id;
                    queue.Enqueue(dependency);
                }
            }
        }

        return reached;
    }
}
