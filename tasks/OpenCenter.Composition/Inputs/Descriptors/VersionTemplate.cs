using NuGet.Versioning;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>The version of a chart, or the tag of a Git source, that follows from the package's.</summary>
internal static class VersionTemplate
{
    /// <summary>What stands for it in values and manifests: <c>${cluster.service.version}</c>.</summary>
    public const string Variable = "version";

    /// <summary>Puts the package's version, without its fourth part, in place of <c>{version}</c>.</summary>
    public static string Expand(string template, NuGetVersion package) => template.Replace("{version}", Of(package), StringComparison.Ordinal);

    /// <summary>The package's version without its fourth part.</summary>
    public static string Of(NuGetVersion package) =>
        $"{package.Major}.{package.Minor}.{package.Patch}{(package.IsPrerelease ? "-" + package.Release : "")}";
}
