using System.Collections.Immutable;
using System.Globalization;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Output;

namespace OpenCenter.Composition;

/// <summary>What a build found and did.</summary>
/// <param name="Diagnostics">Everything that was found, sorted by place.</param>
/// <param name="Services">What is deployed, in order.</param>
/// <param name="Files">Every file of the tree and what happened to it; nothing where the build failed.</param>
public sealed record ClusterBuildResult(
    ImmutableArray<Diagnostic> Diagnostics,
    ImmutableArray<ResolvedService> Services,
    ImmutableArray<FileChange> Files)
{
    /// <summary><c>24 services, 41 components, 3 files changed</c>.</summary>
    public string Summary
    {
        get
        {
            var changed = Files.Count(file => file.Kind != FileChangeKind.Unchanged);
            return string.Join(", ", Count(Services.Length, "service"), Count(Services.Sum(service => service.Components.Length), "component"), $"{Count(changed, "file")} changed");
        }
    }

    internal static ClusterBuildResult Failed(DiagnosticBag diagnostics) => new(diagnostics.ToSorted(), [], []);

    private static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
