using System.Collections.Immutable;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>Manifests from a pinned public Git source.</summary>
internal sealed record GitSpec
{
    public required YamlScalar Url { get; init; }

    /// <summary>A tag, or a template with <c>{version}</c>.</summary>
    public required string Tag { get; init; }

    public string? Commit { get; init; }
    public string Path { get; init; } = ".";
    public string? TargetNamespace { get; init; }

    /// <summary>Entries of <c>patches</c> of the Flux Kustomization.</summary>
    public ImmutableArray<YamlMap> Patches { get; init; } = [];

    /// <summary>What its manifests' images are called in the cluster.</summary>
    public ImmutableArray<ImageSpec> Images { get; init; } = [];
}
