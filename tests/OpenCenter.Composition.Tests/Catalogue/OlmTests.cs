using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

public sealed class OlmTests
{
    [Theory]
    [InlineData("community", "quay.io")]
    [InlineData("enterprise", "registry.example.com")]
    public void Every_image_is_of_the_version_and_none_of_the_day(string edition, string registry)
    {
        using var cluster = ContentCluster.Of("ha", edition, "olm");
        cluster.BuildClean();

        var values = cluster.Values("olm");
        foreach (var part in (string[])["olm", "catalog", "package"])
        {
            Assert.Equal($"{registry}/operator-framework/olm:v{ContentCluster.Version("olm")}", values.Text(part, "image", "ref"));
        }

        Assert.Matches(@"^--opmImage=[^:]+:v\d", values.Text("catalog", "opmImageArgs"));
        Assert.Matches(@"^--configmapServerImage=[^:]+:v\d", values.Text("catalog", "commandArgs"));
        Assert.Equal($"v{ContentCluster.Version("olm")}", cluster.Read("components/olm/source.yaml").Text("spec", "ref", "tag"));
    }

    // The chart makes both namespaces and a catalogue of the tag latest.
    [SkippableFact]
    public void What_the_chart_makes_besides_is_left_out()
    {
        Needs.Kubectl();
        using var cluster = ContentCluster.Of("ha", "community", "olm");
        cluster.BuildClean();
        var renderer = (YamlMap)((YamlList)((YamlMap)cluster.Read("components/olm/helmrelease.yaml")["spec"]!)["postRenderers"]!).Items.Single();

        var rendered = Kustomize.Build(
            (YamlMap)renderer["kustomize"]!,
            TestCluster.Manifest("Namespace", "olm"),
            TestCluster.Manifest("Namespace", "operators"),
            TestCluster.Manifest("CatalogSource", "operatorhubio-catalog", "olm", "operators.coreos.com/v1alpha1"),
            TestCluster.Manifest("ClusterServiceVersion", "packageserver", "olm", "operators.coreos.com/v1alpha1", "  labels:\n    olm.version: 0.0.0-dev+ab48639\n"));

        Assert.Equal(["ClusterServiceVersion"], rendered.Select(item => item.Text("kind")));
        Assert.Null(rendered[0].Text("metadata", "labels", "olm.version"));
    }

    [Fact]
    public void Both_namespaces_are_the_tree_s_at_the_level_that_their_pods_need()
    {
        using var cluster = ContentCluster.Of("ha", "community", "olm");
        cluster.BuildClean();

        Assert.Contains("name: olm\n  labels:\n    pod-security.kubernetes.io/enforce: restricted", cluster.Component("namespaces"), StringComparison.Ordinal);
        Assert.Contains("name: operators\n  labels:\n    pod-security.kubernetes.io/enforce: baseline", cluster.Component("namespaces"), StringComparison.Ordinal);
    }
}
