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
    private const string Application = "application-";

    public static void Run(TreeOnDisk disk, FluxTree tree, ImmutableArray<ProjectItem> removals, ProjectPlaces places, DiagnosticBag diagnostics)
    {
        var kept = tree.Services.SelectMany(service => service.Objects).Concat(tree.ClusterObjects).ToHashSet(StringComparer.Ordinal);
        var allowed = removals.Select(item => item.Include).ToHashSet(StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in disk.Records.Concat(disk.Salvaged))
        {
            if (!record.IsCluster)
            {
                known.Add(record.Name);
            }

            // A service's objects go with it; the cluster's go one by one.
            foreach (var lost in record.Objects.Where(item => !kept.Contains(item)).GroupBy(item => record.IsCluster ? NameOf(item) : record.Name, StringComparer.Ordinal))
            {
                var name = record.IsCluster ? Short(lost.Key) : lost.Key;
                known.Add(lost.Key);
                known.Add(name);
                if (!allowed.Contains(name) && !allowed.Contains(lost.Key))
                {
                    diagnostics.Add(OutputDiagnostics.Removed(
                        places.Project, name, record.IsCluster ? "" : record.Package, tree.Services.Any(service => service.Name == name), [.. lost]));
                }
            }
        }

        foreach (var item in removals.Where(item => !known.Contains(item.Include)))
        {
            diagnostics.Add(OutputDiagnostics.NothingToRemove(places.Of(item), item.Include));
        }
    }

    private static string NameOf(string item) => item[(item.LastIndexOf('/') + 1)..];

    // 'shop' for application-shop, as its folder is named.
    private static string Short(string name) => name.StartsWith(Application, StringComparison.Ordinal) ? name[Application.Length..] : name;
}
