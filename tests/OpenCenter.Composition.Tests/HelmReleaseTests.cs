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

    [Fact]
    public void A_chart_in_a_Git_repository_is_the_folder_at_the_tag_of_the_version_and_new_with_every_commit()
    {
        using var cluster = new TestCluster();
        cluster.Service("shop", """
            namespaces: [{name: shop, podSecurity: restricted}]
            components:
            - name: shop
              release:
                name: shop
                chart: deploy/chart
                version: "v{version}"
                source: {kind: GitRepository, url: https://git.example.com/shop}
            """, version: "1.2.3");

        cluster.BuildClean();

        Assert.EndsWith("  url: https://git.example.com/shop\n  ref:\n    tag: v1.2.3\n", cluster.Tree("components/shop/source.yaml"), StringComparison.Ordinal);
        Assert.Contains(
            """
              chart:
                spec:
                  chart: deploy/chart
                  reconcileStrategy: Revision
                  sourceRef:
                    kind: GitRepository
                    name: shop
            """.ReplaceLineEndings("\n"),
            cluster.Tree("components/shop/helmrelease.yaml"));
    }

    [Fact]
    public void A_chart_in_a_Git_repository_needs_its_folder()
    {
        using var cluster = new TestCluster();
        cluster.Service("shop", """
            namespaces: [{name: shop, podSecurity: restricted}]
            components:
            - name: shop
              release:
                name: shop
                source: {kind: GitRepository, url: https://git.example.com/shop}
            """);

        Assert.Contains("release.chart", cluster.Expect("OC1008").Message, StringComparison.Ordinal);
    }

    // A spec of many keys has an index of them, which those that a package adds must be in.
    [Fact]
    public void What_a_packages_spec_adds_is_checked_like_the_rest()
    {
        using var cluster = new TestCluster().Service("alpha", TestCluster.DefaultSpec("alpha") + "\n    spec: {valuesFrom: [{kind: Secret, name: nobody}]}");

        Assert.Contains("HelmRelease 'alpha/alpha': spec.valuesFrom[] names v1/Secret/alpha/nobody", cluster.Expect("OC4012").Message, StringComparison.Ordinal);
    }
}
