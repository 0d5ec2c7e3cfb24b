namespace OpenCenter.Composition.Tests;

/// <summary>What a descriptor says of a release, as Flux will read it.</summary>
public sealed class HelmReleaseTests
{
    [Fact]
    public void A_packages_valuesFrom_comes_after_the_release_s_own_values()
    {
        using var cluster = new TestCluster();
        cluster.Service("shop", TestCluster.DefaultSpec("shop", "creates: [v1/Secret/shop/passwords]") + "\n    spec:\n      valuesFrom:\n      - {kind: Secret, name: passwords, valuesKey: database, targetPath: database.password}\n", files: ("values/base.yaml", "replicas: 1\n"));

        cluster.BuildClean();

        Assert.Contains(
            """
              valuesFrom:
              - kind: Secret
                name: shop-values
                valuesKey: values.yaml
              - kind: Secret
                name: passwords
                valuesKey: database
                targetPath: database.password
            """.ReplaceLineEndings("\n"),
            cluster.Tree("components/shop/helmrelease.yaml"));
    }
}
