using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Planning;

namespace OpenCenter.Composition.Checks;

/// <summary>Every custom resource comes after what brings its kind: Flux tries all of a Kustomization before it applies any.</summary>
internal sealed class CustomResourceCheck
{
    private readonly ClusterPlan _plan;
    private readonly KnownObjects _known;
    private readonly KustomizationOrder _order;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, string> _applied = new(StringComparer.Ordinal);

    // A cluster that has a service or a capability from elsewhere has the kinds that go with it, by the catalogue.
    private readonly HashSet<string> _external;

    private CustomResourceCheck(ClusterPlan plan, KnownObjects known, KustomizationOrder order, DiagnosticBag diagnostics)
    {
        _plan = plan;
        _known = known;
        _order = order;
        _diagnostics = diagnostics;
        _external = plan.Settings.Capabilities.Where(capability => capability.Value.ProvidedExternally).Select(capability => capability.Key)
            .Concat(plan.Settings.Services.Where(service => service.Value.ProvidedExternally).Select(service => service.Key))
            .SelectMany(plan.Inputs.Catalogue.GroupsOf)
            .ToHashSet(StringComparer.Ordinal);
    }

    public static void Run(ClusterPlan plan, BuiltTree built, KnownObjects known, KustomizationOrder order, DiagnosticBag diagnostics)
    {
        var check = new CustomResourceCheck(plan, known, order, diagnostics);
        foreach (var item in built.Objects)
        {
            if (item.Kind == "CustomResourceDefinition" && CustomKinds.NameOf(item.Node) is { } kind)
            {
                check._applied[kind] = item.Owner;
            }
        }

        foreach (var item in built.Objects)
        {
            if (!KnownKinds.IsBuiltIn(item.Group))
            {
                check.Check(item, $"{item.Group}/{item.Kind}");
            }
        }
    }

    private void Check(TreeObject item, string kind)
    {
        // What one Kustomization has of definitions, Flux applies first.
        if (_applied.TryGetValue(kind, out var owner))
        {
            Require(item, kind, owner == item.Owner ? [] : [owner]);
        }
        else if (_known.Kinds.TryGetValue(kind, out var service))
        {
            Require(item, kind, BringersOf(service));
        }
        else if (!_external.Contains(item.Group))
        {
            _diagnostics.Add(ManifestDiagnostics.NoSuchKind(item.Place, item.ToString(), kind));
        }
    }

    /// <param name="item">The object.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="bringers">One of these has to come before; none: it is there.</param>
    private void Require(TreeObject item, string kind, List<string> bringers)
    {
        if (bringers.Count > 0 && !bringers.Exists(_order.Before(item.Owner).Contains))
        {
            _diagnostics.Add(ManifestDiagnostics.BeforeItsKind(item.Place, item.ToString(), kind, item.Owner, string.Join(" or ", bringers)));
        }
    }

    // A release, or what a Git source has; without either, its manifests. None where the project says that the kind is there.
    private List<string> BringersOf(PlannedService? service)
    {
        var all = _plan.Kustomizations.Where(planned => planned.Service == service && planned.Component is not null).ToList();
        var fetched = all.FindAll(planned => planned.Component!.Release is not null || planned.Component.Git is not null);
        return [.. (fetched.Count > 0 ? fetched : all).Select(planned => planned.Name)];
    }
}
