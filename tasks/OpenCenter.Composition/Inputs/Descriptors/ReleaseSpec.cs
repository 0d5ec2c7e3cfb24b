using System.Collections.Immutable;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>A Helm release.</summary>
internal sealed record ReleaseSpec
{
    /// <summary>DNS-1123 label of at most 53 characters, unique in a cluster; the stem of its values files.</summary>
    public required YamlScalar Name { get; init; }

    /// <summary>The chart's name, or its folder in a Git repository; an OCI source names it itself.</summary>
    public string? Chart { get; init; }

    /// <summary>A version, or a template with <c>{version}</c>; of a Git repository the tag.</summary>
    public string Version { get; init; } = "{version}";

    /// <summary><c>HelmRepository</c>, <c>OCIRepository</c> or <c>GitRepository</c>.</summary>
    public required string SourceKind { get; init; }

    public required YamlScalar SourceUrl { get; init; }
    public YamlMap? SourceVerify { get; init; }
    public string Crds { get; init; } = "CreateReplace";

    /// <summary>Merged into the HelmRelease's spec.</summary>
    public YamlMap? Spec { get; init; }

    /// <summary>The stem of the values Secrets' names in Layered mode; null: <c>release-values</c>.</summary>
    public string? LayeredSecret { get; init; }

    /// <summary>The keys of the values Secrets in Layered mode, by tier.</summary>
    public ImmutableDictionary<string, string> LayeredKeys { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Paths below which the chart knows no keys of its own.</summary>
    public ImmutableArray<KeyPath> Free { get; init; } = [];

    public ImmutableArray<LockedValue> Locked { get; init; } = [];
    public ImmutableArray<ListRule> Lists { get; init; } = [];
}
