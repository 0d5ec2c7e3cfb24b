using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Checks;

/// <summary>No HelmReleases and no Kustomizations of the project's own wait for each other in a circle, which Flux does not notice.</summary>
internal static class CircleCheck
{
    public static void Run(ImmutableArray<TreeObject> objects, DiagnosticBag diagnostics)
    {
        Run(objects, "helm.toolkit.fluxcd.io", "HelmRelease", diagnostics);
        Run(objects, "kustomize.toolkit.fluxcd.io", "Kustomization", diagnostics);
    }

    private static void Run(ImmutableArray<TreeObject> objects, string group, string kind, DiagnosticBag diagnostics)
    {
        var waiting = new Dictionary<string, TreeObject>(StringComparer.Ordinal);
        foreach (var item in objects)
        {
            // Those in services/ were planned, and planning finds its own circles.
            if (item.Owner.Length > 0 && item.Kind == kind && item.Group == group && DependsOn(item) is { Items.IsEmpty: false })
            {
                waiting[NameOf(item)] = item;
            }
        }

        if (waiting.Count == 0)
        {
            return;
        }

        var graph = new DependencyGraph();
        foreach (var name in waiting.Keys)
        {
            graph.AddNode(name);
        }

        foreach (var (name, item) in waiting)
        {
            foreach (var entry in DependsOn(item)!.Items.OfType<YamlMap>())
            {
                var target = $"{entry.Text("namespace") ?? item.Namespace}/{entry.Text("name")}";
                if (target == name)
                {
                    diagnostics.Add(ManifestDiagnostics.Circle(entry.Place, kind, name));
                }
                else if (graph.Contains(target))
                {
                    graph.AddEdge(name, target, $"{name} waits for {target}");
                }
            }
        }

        foreach (var (first, text) in graph.Cycles())
        {
            diagnostics.Add(ManifestDiagnostics.Circle(DependsOn(waiting[first])!.Place, kind, text));
        }
    }

    private static YamlList? DependsOn(TreeObject item) => (item.Node["spec"] as YamlMap)?["dependsOn"] as YamlList;

    private static string NameOf(TreeObject item) => $"{item.Namespace}/{item.Name}";
}
