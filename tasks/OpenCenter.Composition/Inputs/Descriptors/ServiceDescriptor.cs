using System.Collections.Immutable;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>What a package's <c>service.yaml</c> says, read strictly.</summary>
internal sealed record ServiceDescriptor
{
    public required SourceFile Source { get; init; }
    public required DescriptorKind Kind { get; init; }

    /// <summary>DNS-1123 label, unique in a cluster.</summary>
    public required YamlScalar Name { get; init; }

    public string Layer { get; init; } = "";

    /// <summary>The first is the releases' namespace.</summary>
    public ImmutableArray<NamespaceSpec> Namespaces { get; init; } = [];

    /// <summary>Empty: any provider.</summary>
    public ImmutableArray<string> Providers { get; init; } = [];

    public ImmutableArray<string> Provides { get; init; } = [];
    public ImmutableArray<Requirement> Requires { get; init; } = [];

    /// <summary>Services or capabilities: order only, where present.</summary>
    public ImmutableArray<YamlScalar> After { get; init; } = [];

    public ImmutableArray<SettingSpec> Settings { get; init; } = [];

    /// <summary>What a cluster must bring beside settings.</summary>
    public ImmutableArray<SecretSpec> Secrets { get; init; } = [];

    /// <summary>Whether what was applied stays when the service is removed from a cluster.</summary>
    public bool KeepOnRemoval { get; init; }

    /// <summary>What charts and operators will create: <c>group/Kind</c> of a custom resource, or <c>apiVersion/Kind/namespace/name</c>.</summary>
    public ImmutableArray<YamlScalar> Creates { get; init; } = [];

    /// <summary>In order of deployment; never empty for a service.</summary>
    public ImmutableArray<ComponentSpec> Components { get; init; } = [];
}
