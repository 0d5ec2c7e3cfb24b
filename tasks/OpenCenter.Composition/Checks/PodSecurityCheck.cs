using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;

namespace OpenCenter.Composition.Checks;

/// <summary>Every namespace says which Pod Security level holds in it.</summary>
internal static class PodSecurityCheck
{
    public static void Run(ImmutableArray<TreeObject> objects, DiagnosticBag diagnostics)
    {
        foreach (var item in objects)
        {
            if (item is { Kind: "Namespace", Group: "" }
                && item.Node.Text("metadata", "labels", NamespaceObjects.EnforceLabel) is not ("restricted" or "baseline" or "privileged"))
            {
                diagnostics.Add(ManifestDiagnostics.NamespaceWithoutPodSecurity(item.Place, item.Name));
            }
        }
    }
}
