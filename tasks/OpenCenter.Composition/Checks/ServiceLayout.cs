using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Output;

namespace OpenCenter.Composition.Checks;

/// <summary>Every file of a service project lies where a cluster would read it, and reaches the cluster under its name.</summary>
internal static class ServiceLayout
{
    private static readonly ImmutableArray<string> Values = ["base.yaml", "ha.yaml", "minimal.yaml", "enterprise.yaml"];
    private static readonly ImmutableArray<string> Variants = ["enterprise", "ha", "minimal"];

    public static void Check(string directory, ImmutableArray<string> files, ServiceDescriptor descriptor, DiagnosticBag diagnostics)
    {
        var isSingle = descriptor.Components.Length <= 1;
        var releases = descriptor.Components.Select(component => component.Release?.Name.Value).OfType<string>().ToArray();
        var folders = isSingle ? ["manifests", "variants"] : descriptor.Components.Where(component => component.Git is null).Select(component => component.Name.Value).ToArray();
        foreach (var file in files)
        {
            if (!KeepsItsName(file))
            {
                diagnostics.Add(ProjectDiagnostics.Unpackable(Path.Combine(directory, file)));
            }

            var parts = file.Split('/');
            var problem = parts[0] switch
            {
                "service.yaml" or "README.md" or "chart" or "crds" => null,
                "values" => CheckValues(parts[1..], isSingle, releases),
                "variants" when isSingle => CheckVariant(parts[1..]),
                _ when folders.Contains(parts[0], StringComparer.Ordinal) => parts.Length > 2 && parts[1] == "variants" ? CheckVariant(parts[2..]) : null,
                _ => ("it is in no folder that a cluster reads", parts[0], folders.Append("values")),
            };
            if (problem is var (expected, word, candidates))
            {
                diagnostics.Add(ProjectDiagnostics.MatchesNothing(Path.Combine(directory, file), expected, Nearest.Hint(word, candidates)));
            }
        }
    }

    // NuGet unpacks %41 as A, takes what ends in .nuspec for a package's own, and ends a path at a semicolon.
    private static bool KeepsItsName(string file) =>
        TreePath.IsSafe(file) && file.IndexOfAny(['%', ';']) < 0 && !file.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase);

    private static (string Expected, string Word, IEnumerable<string> Candidates)? CheckValues(string[] parts, bool isSingle, string[] releases)
    {
        if (!isSingle)
        {
            if (parts.Length < 2 || !releases.Contains(parts[0], StringComparer.Ordinal))
            {
                return ("with several components, values lie in values/<release>/", parts[0], releases);
            }

            parts = parts[1..];
        }

        return parts switch
        {
            [var name] when !Values.Contains(name) => ("values have the tiers base, ha, minimal, enterprise, with/ and provider/", name, Values),
            [_] or ["with" or "provider", _] => null,
            _ => ("values have the tiers base, ha, minimal, enterprise, with/ and provider/", parts[0], ["with", "provider"]),
        };
    }

    private static (string Expected, string Word, IEnumerable<string> Candidates)? CheckVariant(string[] parts) =>
        parts is ["with", _, _, ..] || (parts.Length > 1 && Variants.Contains(parts[0]))
            ? null
            : ("variants are enterprise, ha, minimal and with/<service or capability>/", parts[0], Variants.Add("with"));
}
