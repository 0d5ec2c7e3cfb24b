using NuGet.Versioning;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>The version of a chart, or the tag of a Git source, that follows from the package's.</summary>
internal static class VersionTemplate
{
    /// <summary>Puts the package's version, without its fourth part, in place of <c>{version}</c>.</summary>
    public static string Expand(string template, NuGetVersion package)
    {
        var version = $"{package.Major}.{package.Minor}.{package.Patch}{(package.IsPrerelease ? "-" + package.Release : "")}";
        return template.Replace("{version}", version, StringComparison.Ordinal);
    }
}
