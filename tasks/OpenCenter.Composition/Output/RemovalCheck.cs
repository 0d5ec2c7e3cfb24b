using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Inputs;

namespace OpenCenter.Composition.Output;

/// <summary>
/// A Flux Kustomization or HelmRelease that disappears from the tree deletes all that it applied. So the project has to say
/// that this is meant.
/// </summary>
internal static class RemovalCheck
{
    public static void Run(TreeOnDisk disk, FluxTree tree, ImmutableArray<ProjectItem> removals, ProjectPlaces places, DiagnosticBag diagnostics)
    {
        var kept = tree.Services.SelectMany(service => service.Objects).Concat(tree.ClusterObjects).ToHashSet(StringComparer.Ordinal);
        var allowed = removals.Select(item => item.Include).ToHashSet(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in disk.Records)
        {
            foreach (var lost in record.Objects.Where(item => !kept.Contains(item)).GroupBy(item => NameOf(record, item), StringComparer.Ordinal))
            {
                if (allowed.Contains(lost.Key))
                {
                    used.Add(lost.Key);
                }
                else
                {
                    diagnostics.Add(OutputDiagnostics.Removed(places.Project, lost.Key, record.Project is null ? record.Package : null, [.. lost]));
                }
            }
        }

        foreach (var item in removals.Where(item => !used.Contains(item.Include)))
        {
            diagnostics.Add(OutputDiagnostics.NothingToRemove(places.Of(item), item.Include));
        }
    }

    // A service's objects go with it; the cluster's go one by one: 'shop' for application-shop.
    private static string NameOf(TreeRecord record, string item)
    {
        var name = item[(item.LastIndexOf('/') + 1)..];
        return record.Project is null ? record.Name
            : name.StartsWith("application-", StringComparison.Ordinal) ? name["application-".Length..]
            : name;
    }
}
