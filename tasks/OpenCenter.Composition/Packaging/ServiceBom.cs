using System.Collections.Immutable;
using NuGet.Versioning;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;

namespace OpenCenter.Composition.Packaging;

/// <summary>What a service package brings with it: the charts and Git sources that Flux fetches, and the packages that it depends on.</summary>
internal static class ServiceBom
{
    public static ImmutableArray<BomComponent> PartsOf(ServiceDescriptor descriptor, NuGetVersion version, IEnumerable<ServicePackage> dependencies)
    {
        var parts = ImmutableArray.CreateBuilder<BomComponent>();
        foreach (var component in descriptor.Components)
        {
            if (component.Release is { } release)
            {
                parts.Add(Chart(release, VersionTemplate.Expand(release.Version, version)));
            }
            else if (component.Git is { } git)
            {
                var tag = VersionTemplate.Expand(git.Tag, version);
                parts.Add(Repository(git.Url.Value, tag, git.Commit ?? tag));
            }
        }

        parts.AddRange(dependencies.Select(package => BomComponent.Package(package.Id, package.Version.ToNormalizedString())));
        return parts.DrainToImmutable();
    }

    private static BomComponent Chart(ReleaseSpec release, string version)
    {
        var url = release.SourceUrl.Value;
        if (release.SourceKind == "GitRepository")
        {
            return Repository(url, version, version);
        }

        // An OCI address names the chart itself.
        var name = release.Chart ?? LastPart(url);
        var purl = $"pkg:helm/{Encode(name)}@{Encode(version)}";
        return IsKnown(url)
            ? new BomComponent("application", name, version, $"{purl}?repository_url={Encode(url)}", url)
            : new BomComponent("application", name, version, purl);
    }

    private static BomComponent Repository(string url, string tag, string commit)
    {
        var name = LastPart(url);
        var purl = $"pkg:generic/{Encode(name)}@{Encode(tag)}";
        return IsKnown(url)
            ? new BomComponent("application", name, tag, $"{purl}?vcs_url={Encode($"git+{url}@{commit}")}", url)
            : new BomComponent("application", name, tag, purl);
    }

    // With a variable in it, it is another one in each cluster.
    private static bool IsKnown(string url) => !url.Contains("${", StringComparison.Ordinal);

    private static string LastPart(string url)
    {
        var name = url.TrimEnd('/')[(url.TrimEnd('/').LastIndexOf('/') + 1)..];
        return name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;
    }

    // A colon stands as it is in a package URL.
    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%3A", ":", StringComparison.Ordinal);
}
