using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Inputs;

/// <summary>
/// Finds names in a project file that are one of ours but for a slip. MSBuild takes any name, and what nobody reads has no
/// effect.
/// </summary>
internal static class ProjectNames
{
    private static readonly string[] Prefixes = ["Cluster", "Flux"];

    /// <summary>Every public name of the SDK that a project may set.</summary>
    public static readonly string[] Known =
    [
        "ClusterName", "ClusterDomain", "ClusterProvider", "ClusterEdition", "ClusterProfile", "ClusterValuesOrder", "ClusterDate",
        "ClusterKey", "ClusterBuildDependsOn",
        "ClusterService", "ClusterCapability", "ClusterVariable", "ClusterValues", "ClusterExternal", "ClusterRemoval", "ClusterAllow", "ClusterSchemas",
        "FluxValuesMode", "FluxTreePath", "FluxTreeMode", "FluxPath", "FluxNamespace", "FluxSourceKind", "FluxSourceName", "FluxVersion",
        "FluxInterval", "FluxRetryInterval", "FluxTimeout", "FluxDecryptionSecret", "FluxTreeFile",
    ];

    public static void Check(ClusterProject project, ProjectPlaces places, DiagnosticBag diagnostics)
    {
        var text = ProjectPlaces.Text(project.ProjectFile);
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0; at = text.IndexOf('<', at + 1))
        {
            if (Array.Find(Prefixes, prefix => string.Compare(text, at + 1, prefix, 0, prefix.Length, StringComparison.OrdinalIgnoreCase) == 0) is { } prefix)
            {
                Check(NameAt(text, at + 1), prefix);
            }
        }

        void Check(string name, string prefix)
        {
            // The common prefix would make every two names alike.
            var rest = Known.Where(known => known.StartsWith(prefix, StringComparison.Ordinal)).Select(known => known[prefix.Length..]);
            if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase)
                && Nearest.To(name[prefix.Length..], rest) is { } nearest
                && !text.Contains($"({name})", StringComparison.OrdinalIgnoreCase)
                && places.OfElement(name) is { Line: > 0 } place)
            {
                diagnostics.Add(ProjectDiagnostics.NobodyReads(place, name, prefix + nearest));
            }
        }
    }

    private static string NameAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-'))
        {
            end++;
        }

        return text[start..end];
    }
}
