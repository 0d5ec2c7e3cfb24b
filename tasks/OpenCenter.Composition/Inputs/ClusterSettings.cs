using System.Collections.Immutable;
using OpenCenter.Composition.Output;

namespace OpenCenter.Composition.Inputs;

/// <summary>What the project's properties and items say, checked.</summary>
internal sealed record ClusterSettings
{
    public static readonly ImmutableArray<string> Providers = ["openstack", "vsphere", "baremetal", "kind"];

    public required string Name { get; init; }
    public string? Domain { get; init; }
    public string? Provider { get; init; }
    public bool IsEnterprise { get; init; }
    public string Edition => IsEnterprise ? "enterprise" : "community";
    public Profile Profile { get; init; }

    /// <summary>Lowest first.</summary>
    public ImmutableArray<ValuesTier> ValuesOrder { get; init; } = [ValuesTier.Base, ValuesTier.Override, ValuesTier.Enterprise];

    public DateOnly Date { get; init; }
    public bool IsLayered { get; init; }
    public FluxTreeMode TreeMode { get; init; }

    /// <summary>The tree's path as Flux sees it, without a slash at the end: <c>./clusters/prod/flux</c>.</summary>
    public required string FluxPath { get; init; }

    public required string FluxNamespace { get; init; }
    public required string SourceKind { get; init; }
    public required string SourceName { get; init; }
    public required Version FluxVersion { get; init; }
    public required string Interval { get; init; }
    public required string RetryInterval { get; init; }
    public required string Timeout { get; init; }
    public required string DecryptionSecret { get; init; }

    /// <summary>By service.</summary>
    public ImmutableDictionary<string, ServiceSettings> Services { get; init; } = ImmutableDictionary<string, ServiceSettings>.Empty;

    /// <summary>By capability.</summary>
    public ImmutableDictionary<string, CapabilitySettings> Capabilities { get; init; } = ImmutableDictionary<string, CapabilitySettings>.Empty;

    /// <summary>ClusterVariable items by name.</summary>
    public ImmutableDictionary<string, ProjectItem> Variables { get; init; } = ImmutableDictionary<string, ProjectItem>.Empty;

    public ImmutableArray<ProjectItem> PackageReferences { get; init; } = [];

    /// <summary>Absolute directories, lowest first; the project's own is not among them.</summary>
    public ImmutableArray<ProjectItem> ValuesDirectories { get; init; } = [];

    public ImmutableArray<ProjectItem> Externals { get; init; } = [];
    public ImmutableArray<ProjectItem> Removals { get; init; } = [];
    public ImmutableArray<ProjectItem> Allows { get; init; } = [];
    public ImmutableArray<ProjectItem> Schemas { get; init; } = [];

    public ServiceSettings Of(string service) => Services.GetValueOrDefault(service, ServiceSettings.None);

    public Profile ProfileOf(string service) => Of(service).Profile ?? Profile;

    public bool IsExternal(string service) => Of(service).ProvidedExternally;
}
