namespace OpenCenter.Composition.Tests.Catalogue;

public sealed class KindsOfChartsTests
{
    // These charts have them in crds/, where Helm leaves them as they were first.
    [Theory]
    [InlineData("postgres-operator")]
    [InlineData("sealed-secrets")]
    [InlineData("strimzi-kafka-operator")]
    [InlineData("olm")]
    [InlineData("calico")]
    [InlineData("gateway-api")]
    public void Kinds_are_upgraded_with_their_chart(string service)
    {
        using var cluster = PlatformCluster.With("ha", "community", service);
        cluster.BuildClean();

        Assert.Equal("CreateReplace", cluster.Read($"components/{service}/helmrelease.yaml").Text("spec", "upgrade", "crds"));
    }
}
