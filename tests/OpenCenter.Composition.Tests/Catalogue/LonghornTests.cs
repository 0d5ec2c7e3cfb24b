namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class LonghornTests(PlatformClusters clusters)
{
    [Theory]
    [InlineData("ha", "3")]
    [InlineData("minimal", "1")]
    public void A_volume_has_as_many_copies_as_the_profile_promises(string profile, string copies)
    {
        var cluster = clusters.Of("openstack", profile);

        Assert.Equal(copies, cluster.Value("longhorn", "persistence.defaultClassReplicaCount"));
    }

    // What lies on its volumes outlives a line that somebody deletes.
    [Fact]
    public void Removed_from_the_cluster_its_objects_stay()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("Orphan", cluster.Objects().Single(found => found.File == "services/longhorn.yaml" && found.Object.Text("metadata", "name") == "longhorn").Object.Text("spec", "deletionPolicy"));
    }
}
