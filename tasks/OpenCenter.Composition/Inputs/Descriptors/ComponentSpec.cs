using System.Collections.Immutable;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>One step of a service: a Helm release, manifests from a pinned Git source, or a folder of plain manifests.</summary>
internal sealed record ComponentSpec
{
    /// <summary>As written: <c>20-keycloak</c>; the name of the component's folder in the package.</summary>
    public required YamlScalar Name { get; init; }

    /// <summary>Without its number: <c>keycloak</c>.</summary>
    public required string ShortName { get; init; }

    public ImmutableArray<Requirement> Requires { get; init; } = [];

    /// <summary>Entries of <c>healthCheckExprs</c> of the Flux Kustomization.</summary>
    public ImmutableArray<YamlMap> Health { get; init; } = [];

    public ReleaseSpec? Release { get; init; }
    public GitSpec? Git { get; init; }
}
