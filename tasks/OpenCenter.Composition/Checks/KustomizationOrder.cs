using OpenCenter.Composition.Planning;

namespace OpenCenter.Composition.Checks;

/// <summary>Which Flux Kustomization waits for which, through others too.</summary>
internal sealed class KustomizationOrder
{
    private readonly Dictionary<string, PlannedKustomization> _planned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _before = new(StringComparer.Ordinal);

    public KustomizationOrder(ClusterPlan plan)
    {
        foreach (var kustomization in plan.Kustomizations)
        {
            _planned[kustomization.Name] = kustomization;
        }
    }

    /// <summary>All that are ready before this one starts.</summary>
    public HashSet<string> Before(string name)
    {
        if (!_before.TryGetValue(name, out var before))
        {
            // Entered first, so that a circle, which planning has reported, ends here.
            _before.Add(name, before = new HashSet<string>(StringComparer.Ordinal));
            if (_planned.TryGetValue(name, out var planned))
            {
                foreach (var dependency in planned.DependsOn)
                {
                    before.Add(dependency);
                    before.UnionWith(Before(dependency));
                }
            }
        }

        return before;
    }
}
