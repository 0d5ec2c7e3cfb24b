using NuGet.Versioning;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Inputs;

/// <summary>Holds the project's references against the last restore: a cluster gets the versions that stand in its project, or none.</summary>
internal static class ReferenceCheck
{
    public static void Check(ClusterProject project, RestoreResult restore, ProjectPlaces places, DiagnosticBag diagnostics)
    {
        var central = project.Items.Where(item => item.Type == "PackageVersion")
            .GroupBy(item => item.Include, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Last(), StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in project.Items.Where(item => item.Type == "PackageReference"))
        {
            seen.Add(item.Include);
            var written = VersionOf(item, central.GetValueOrDefault(item.Include), out var definedBy);
            if (written.Contains('*', StringComparison.Ordinal))
            {
                diagnostics.Add(ProjectDiagnostics.FloatingVersion(places.Of(definedBy), item.Include, written));
            }

            if (!VersionRange.TryParse(written, out var wanted))
            {
                continue;
            }

            if (!restore.Direct.TryGetValue(item.Include, out var restored))
            {
                if (!item["IsImplicitlyDefined"].Equals("true", StringComparison.OrdinalIgnoreCase))
                {
                    diagnostics.Add(ProjectDiagnostics.StaleRestore(places.Of(item), item.Include, Pretty(wanted), "absent"));
                }
            }
            else if (!restored.Equals(wanted))
            {
                diagnostics.Add(ProjectDiagnostics.StaleRestore(places.Of(definedBy), item.Include, Pretty(wanted), Pretty(restored)));
            }
        }

        foreach (var (id, range) in restore.Direct)
        {
            if (!seen.Contains(id))
            {
                diagnostics.Add(ProjectDiagnostics.StaleRestore(places.Project, id, "absent", Pretty(range)));
            }
        }
    }

    private static string VersionOf(ProjectItem item, ProjectItem? central, out ProjectItem definedBy)
    {
        definedBy = item;
        if (item["VersionOverride"] is { Length: > 0 } overridden)
        {
            return overridden;
        }

        if (item["Version"] is { Length: > 0 } version)
        {
            return version;
        }

        definedBy = central ?? item;
        return central?["Version"] ?? "";
    }

    private static string Pretty(VersionRange range) =>
        range is { HasLowerBound: true, HasUpperBound: false, IsMinInclusive: true } ? range.MinVersion!.ToNormalizedString() : range.ToNormalizedString();
}
