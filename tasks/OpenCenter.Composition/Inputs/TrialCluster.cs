using System.Collections.Immutable;
using NuGet.Versioning;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs.Descriptors;

namespace OpenCenter.Composition.Inputs;

/// <summary>
/// The inputs of a cluster that deploys one service, for its author: settings have their examples, capabilities and
/// Secrets come from elsewhere, a variable that only a cluster can know has its own name as value.
/// </summary>
internal static class TrialCluster
{
    public static ClusterInputs Of(
        ServiceProject project,
        RestoredPackage package,
        ServicePackage service,
        RestoreResult restore,
        ProjectPlaces places,
        DiagnosticBag diagnostics)
    {
        var packages = ImmutableSortedDictionary.CreateBuilder<string, ServicePackage>(StringComparer.OrdinalIgnoreCase);
        packages.Add(package.Id, service);
        foreach (var dependency in restore.Packages)
        {
            if (ServicePackage.Read(dependency, NuGetVersion.Parse(project.SdkVersion), diagnostics) is { } other)
            {
                packages.TryAdd(dependency.Id, other);
            }
        }

        return new ClusterInputs
        {
            Project = new ClusterProject
            {
                ProjectFile = project.ProjectFile,
                ProjectAssetsFile = project.ProjectAssetsFile,
                CatalogueIndexFile = project.CatalogueIndexFile,
                SdkVersion = project.SdkVersion,
                FluxTreePath = "",
                Items = project.Items,
            },
            Places = places,
            Settings = Settings(service.Descriptor, packages.Values.Select(other => other.Descriptor)),
            Restore = restore with
            {
                Packages = [.. restore.Packages, package],
                Direct = restore.Direct.SetItem(package.Id, VersionRange.All),
            },
            Catalogue = CatalogueIndex.Read(project.CatalogueIndexFile, diagnostics),
            Packages = packages.ToImmutable(),
            Files = new ProjectFiles { Values = [[]], EncryptedValues = [], Patches = [], Prerequisites = [], Resources = [], Applications = [], Crds = [] },
        };
    }

    /// <summary>Each edition with each profile: every tier and variant is read by one of them.</summary>
    public static IEnumerable<ClusterSettings> Variations(ClusterSettings settings) =>
        from isEnterprise in (bool[])[false, true]
        from profile in (Profile[])[Profile.Ha, Profile.Minimal]
        select settings with { IsEnterprise = isEnterprise, Profile = profile };

    private static ClusterSettings Settings(ServiceDescriptor own, IEnumerable<ServiceDescriptor> all)
    {
        var descriptors = all.ToArray();
        var capabilities = descriptors
            .SelectMany(descriptor => descriptor.Requires.Concat(descriptor.Components.SelectMany(component => component.Requires)))
            .Where(requirement => requirement.IsCapability)
            .Select(requirement => requirement.Name.Value)
            .Distinct();
        return new ClusterSettings
        {
            Name = "cluster",
            Domain = "cluster.example.com",
            Provider = own.Providers.Length > 0 ? own.Providers[0] : ClusterSettings.Providers[0],
            FluxPath = "./flux",
            FluxNamespace = "flux-system",
            SourceKind = "GitRepository",
            SourceName = "flux-system",
            FluxVersion = new Version(2, 9),
            Interval = "5m",
            RetryInterval = "1m",
            Timeout = "10m",
            DecryptionSecret = "sops-age",
            Capabilities = capabilities.ToImmutableDictionary(
                name => name,
                name => new CapabilitySettings(Item("ClusterCapability", name, ""), null, true)),
            Externals = [.. descriptors.SelectMany(descriptor => descriptor.Secrets.Select(secret => Item("ClusterExternal", $"v1/Secret/{descriptor.Namespaces[0].Name}/{secret.Name.Value}", "")))],
            Variables = descriptors
                .SelectMany(descriptor => descriptor.Settings.Where(setting => setting.Default is null).Select(setting => (Name: $"{descriptor.Name.Value}.{setting.Name.Value}", setting.Example)))
                .Append((Name: "registry", Example: "registry.example.com"))
                .ToImmutableDictionary(variable => variable.Name, variable => Item("ClusterVariable", variable.Name, variable.Example)),
        };
    }

    private static ProjectItem Item(string type, string include, string value) =>
        new(type, include, ImmutableDictionary<string, string>.Empty.Add("Value", value), "");
}
