using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Checks;

/// <summary>
/// What a package deploys is what was tried: its Flux objects name one version, tag or commit. Where a team's own
/// applications follow a branch, that is theirs to say.
/// </summary>
internal static class PinCheck
{
    private static readonly KeyPath Chart = KeyPath.Root.Add("chart").Add("spec");

    public static void Run(ClusterPlan plan, BuiltTree built, DiagnosticBag diagnostics)
    {
        HashSet<string>? components = null;
        foreach (var item in built.Objects)
        {
            // What the engine makes is pinned by the descriptor.
            if (item.Node.Source is null || !item.Group.EndsWith(".toolkit.fluxcd.io", StringComparison.Ordinal) || item.Node["spec"] is not YamlMap spec)
            {
                continue;
            }

            components ??= plan.Kustomizations.Where(planned => planned.Component is not null).Select(planned => planned.Name).ToHashSet(StringComparer.Ordinal);
            if (components.Contains(item.Owner))
            {
                Check(item, spec, diagnostics);
            }
        }
    }

    private static void Check(TreeObject item, YamlMap spec, DiagnosticBag diagnostics)
    {
        switch (item.Kind)
        {
            // A chart of a Git source has the source's version.
            case "HelmRelease" when spec.At(Chart) is YamlMap chart && chart.Text("sourceRef", "kind") == "HelmRepository":
                Require(item, "spec.chart.spec.version", chart, "version", "Write one version of the chart", diagnostics);
                break;
            case "GitRepository" or "OCIRepository" when spec["ref"] is YamlMap reference:
                var exact = item.Kind == "GitRepository" ? "commit" : "digest";
                if (reference[exact] is null)
                {
                    Require(item, "spec.ref.tag", reference, "tag", $"Write a tag, or a {exact}", diagnostics);
                }

                break;
            case "GitRepository" or "OCIRepository":
                diagnostics.Add(ManifestDiagnostics.Unpinned(item.Place, item.ToString(), "spec.ref", "is missing", "Write a tag"));
                break;
            default:
                break;
        }
    }

    private static void Require(TreeObject item, string field, YamlMap map, string key, string fix, DiagnosticBag diagnostics)
    {
        if (map[key] is not YamlScalar version)
        {
            diagnostics.Add(ManifestDiagnostics.Unpinned(map.Place, item.ToString(), field, "is missing", fix));
        }
        else if (!PinnedVersion.Is(version.Value))
        {
            diagnostics.Add(ManifestDiagnostics.Unpinned(version.Place, item.ToString(), field, $"is '{version.Value}'", fix));
        }
    }
}
