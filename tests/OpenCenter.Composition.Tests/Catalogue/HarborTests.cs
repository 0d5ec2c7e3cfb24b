using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

public sealed class HarborTests
{
    private static readonly string[] Scaled = ["nginx", "portal", "core", "jobservice", "registry"];

    private static TestCluster Cluster(string profile) => ContentCluster.Of(profile, "community", "harbor").With("storage-class")
        .Item("ClusterVariable", "harbor.bucket", ("Value", "images"))
        .Item("ClusterVariable", "harbor.endpoint", ("Value", "object.example.com"))
        .Item("ClusterExternal", "v1/Secret/harbor/harbor-secrets");

    // Of several documents Helm 3 and Flux read the first, and Helm 4 all.
    [Fact]
    public void Every_file_of_values_is_one_document()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(ContentCluster.Folder("harbor"), "values"), "*.yaml", SearchOption.AllDirectories))
        {
            Assert.Single(YamlReader.Read(new SourceFile(file, File.ReadAllBytes(file)), new DiagnosticBag())!.Value);
        }
    }

    // The chart's defaults: passwords that everybody knows, and keys that are new in every render and restart what has them.
    [Fact]
    public void Every_password_and_key_is_from_a_Secret_of_the_cluster()
    {
        using var cluster = Cluster("ha");
        cluster.BuildClean();

        var values = cluster.Values("harbor");
        foreach (var path in (string[])["existingSecretAdminPassword", "existingSecretSecretKey", "core.existingSecret", "core.existingXsrfSecret", "core.secretName", "jobservice.existingSecret", "registry.existingSecret", "registry.credentials.existingSecret", "persistence.imageChartStorage.s3.existingSecret"])
        {
            Assert.Equal("harbor-secrets", values.Text(path.Split('.')));
        }

        Assert.Contains("name: harbor-secrets\n    valuesKey: DATABASE_PASSWORD\n    targetPath: database.internal.password\n", cluster.Tree("components/harbor/helmrelease.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_two_pods_keeps_nothing_on_a_volume()
    {
        using var cluster = Cluster("ha");
        cluster.BuildClean();

        var values = cluster.Values("harbor");
        Assert.All(Scaled, part => Assert.Equal("2", values.Text(part, "replicas")));
        Assert.Equal("s3", values.Text("persistence", "imageChartStorage", "type"));
        Assert.Equal(["database"], ((YamlList)((YamlMap)values["jobservice"]!)["jobLoggers"]!).Items.Select(item => ((YamlScalar)item).Value));
    }

    [Fact]
    public void A_registry_on_a_volume_asks_for_no_bucket()
    {
        using var cluster = ContentCluster.Of("minimal", "community", "harbor").With("storage-class").Item("ClusterExternal", "v1/Secret/harbor/harbor-secrets");

        cluster.BuildClean();
    }

    // With a volume that one pod has at a time, the new pod would wait for the old one, and the old one for the new.
    [Fact]
    public void A_registry_on_a_volume_is_replaced_and_not_rolled()
    {
        using var cluster = Cluster("minimal");
        cluster.BuildClean();

        // The chart's own is a volume.
        Assert.Null(((YamlMap)cluster.Values("harbor")["persistence"]!)["imageChartStorage"]);
        Assert.Equal("Recreate", cluster.Values("harbor").Text("updateStrategy", "type"));
    }

    [Fact]
    public void Each_budget_finds_its_pods_and_lets_one_of_them_go()
    {
        using var cluster = Cluster("ha");
        cluster.BuildClean();

        var budgets = cluster.ReadAll("components/harbor/variants/ha/disruption-budgets.yaml").ToArray();
        Assert.Equal(Scaled.Select(part => $"harbor-{part}"), budgets.Select(budget => budget.Text("metadata", "name")));
        Assert.All(budgets, budget => Assert.Equal("1", budget.Text("spec", "maxUnavailable")));
        Assert.All(budgets, budget => Assert.Equal(
            budget.Text("spec", "selector", "matchLabels", "opencenter.io/pod"),
            cluster.Values("harbor").Text(budget.Text("metadata", "name")!["harbor-".Length..], "podLabels", "opencenter.io/pod")));
    }

    // The chart writes a selector of its own into each.
    [Fact]
    public void The_spread_has_no_selector()
    {
        using var cluster = Cluster("ha");
        cluster.BuildClean();

        Assert.All(Scaled, part => Assert.Null(((YamlMap)((YamlList)((YamlMap)cluster.Values("harbor")[part]!)["topologySpreadConstraints"]!).Items.Single())["labelSelector"]));
    }
}
