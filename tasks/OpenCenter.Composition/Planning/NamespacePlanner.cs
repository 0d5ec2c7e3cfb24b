using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;

namespace OpenCenter.Composition.Planning;

/// <summary>Every namespace that services and applications ask the cluster to create, once.</summary>
internal static class NamespacePlanner
{
    public static ImmutableArray<PlannedNamespace> Plan(ClusterInputs inputs, IEnumerable<PlannedService> services, ImmutableArray<ApplicationNamespace> applications, DiagnosticBag diagnostics)
    {
        var claims = services
            .SelectMany(
                service => service.Descriptor.Namespaces,
                (service, ns) => new Claim(ns.Name, service, service.Settings.PodSecurity ?? ns.PodSecurity, ns.Create))
            .GroupBy(claim => claim.Name, StringComparer.Ordinal);
        var planned = ImmutableArray.CreateBuilder<PlannedNamespace>();
        foreach (var ns in claims.Where(group => group.Any(claim => claim.Create)))
        {
            var level = ns.Max(claim => claim.Level);
            var stricter = ns.Where(claim => claim.Level < level).Select(claim => $"'{claim.Service.Name}'").ToArray();
            if (stricter.Length > 0)
            {
                var by = ns.First(claim => claim.Level == level).Service;
                diagnostics.Add(PlanDiagnostics.PodSecurityRaised(
                    inputs.PlaceOf(by.Package.Id), ns.Key, level.ToString().ToLowerInvariant(), by.Name, string.Join(", ", stricter)));
            }

            planned.Add(new PlannedNamespace(ns.Key, level, [.. ns.Select(claim => claim.Service.Name).Distinct()]));
        }

        foreach (var application in applications)
        {
            if (!application.IsOwn && planned.All(ns => ns.Name != application.Namespace))
            {
                planned.Add(new PlannedNamespace(application.Namespace, PodSecurity.Baseline, []));
            }
        }

        return planned.DrainToImmutable();
    }

    private sealed record Claim(string Name, PlannedService Service, PodSecurity Level, bool Create);
}
