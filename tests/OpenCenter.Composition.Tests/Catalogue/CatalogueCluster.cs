namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>The clusters that the catalogue can be in: every provider, edition and profile.</summary>
internal static class CatalogueCluster
{
    public static readonly IReadOnlyList<(string Provider, string Edition, string Profile)> Kinds =
    [
        .. from provider in (string[])["openstack", "vsphere", "baremetal", "kind"]
           from edition in (string[])["community", "enterprise"]
           from profile in (string[])["ha", "minimal"]
           select (provider, edition, profile),
    ];

    /// <summary>One with every service that runs on its provider.</summary>
    public static TestCluster Whole(string provider, string edition, string profile) =>
        Of(provider, edition, profile, CatalogueService.All.Where(service => service.RunsOn(provider)));

    public static TestCluster Of(string provider, string edition, string profile, IEnumerable<CatalogueService> services)
    {
        var all = services.ToArray();
        var cluster = ContentCluster.Of(profile, edition, [.. all.Select(service => service.Name)]).Property("ClusterProvider", provider);
        foreach (var service in all)
        {
            cluster.WithNeedsOf(service);
        }

        // Where several provide one, the cluster says which one is the default.
        foreach (var capability in all.SelectMany(service => service.Provides.Select(capability => (capability, service.Name))).GroupBy(pair => pair.capability, StringComparer.Ordinal))
        {
            if (capability.Count() > 1)
            {
                cluster.Item("ClusterCapability", capability.Key, ("Service", capability.Select(pair => pair.Name).Order(StringComparer.Ordinal).Last()));
            }
        }

        return cluster;
    }

    /// <summary>With what a cluster of this service must set and bring.</summary>
    public static TestCluster WithNeedsOf(this TestCluster cluster, CatalogueService service)
    {
        foreach (var (setting, example) in service.RequiredSettings)
        {
            cluster.Item("ClusterVariable", $"{service.Name}.{setting}", ("Value", example));
        }

        foreach (var secret in service.Secrets)
        {
            cluster.Item("ClusterExternal", secret);
        }

        return cluster;
    }
}
