namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>Each <see cref="PlatformCluster"/> built once, for all tests that only read it.</summary>
[CollectionDefinition(Name)]
public sealed class PlatformClusters : ICollectionFixture<PlatformClusters>, IDisposable
{
    public const string Name = "Platform";

    private readonly Dictionary<(string, string, string, string), TestCluster> _built = [];

    public void Dispose()
    {
        foreach (var cluster in _built.Values)
        {
            cluster.Dispose();
        }
    }

    internal TestCluster Of(string provider, string profile = "ha", string edition = "community", string? storage = null)
    {
        storage ??= $"{provider}-csi";
        if (!_built.TryGetValue((provider, profile, edition, storage), out var cluster))
        {
            _built.Add((provider, profile, edition, storage), cluster = PlatformCluster.Of(provider, profile, edition, storage));
            cluster.BuildClean();
        }

        return cluster;
    }
}
