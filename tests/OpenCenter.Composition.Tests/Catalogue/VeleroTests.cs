using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class VeleroTests(PlatformClusters clusters)
{
    [Fact]
    public void The_cluster_is_backed_up_with_its_volumes()
    {
        var cluster = clusters.Of("openstack");

        Assert.Null(cluster.Value("velero", "backupsEnabled"));
        Assert.Equal("EnableCSI", cluster.Value("velero", "configuration.features"));
        Assert.Equal("0 1 * * *", cluster.Value("velero", "schedules.daily.schedule"));
        Assert.Equal("720h", cluster.Value("velero", "schedules.daily.template.ttl"));
        Assert.True(cluster.ComesAfter("velero", "external-snapshotter-controller"));
    }

    // Without one a backup has no volumes; of two the driver's first is taken.
    [Theory]
    [InlineData("openstack", "cinder.csi.openstack.org", "driver.longhorn.io")]
    [InlineData("vsphere", "csi.vsphere.vmware.com", "driver.longhorn.io")]
    public void Every_driver_has_one_class_for_its_snapshots(string provider, params string[] drivers)
    {
        var classes = clusters.Of(provider).Objects().Select(found => found.Object).Where(item => item.Text("kind") == "VolumeSnapshotClass").ToArray();

        Assert.Equal(drivers, classes.Select(item => item.Text("driver")).Order(StringComparer.Ordinal));
        Assert.All(classes, item => Assert.Equal("true", item.Text("metadata", "labels", "velero.io/csi-volumesnapshot-class")));
    }

    // Without the kinds there is nothing of which it could be one.
    [Fact]
    public void A_driver_without_snapshots_has_no_class()
    {
        using var cluster = ContentCluster.Of("ha", "community", "longhorn");
        cluster.BuildClean();

        Assert.DoesNotContain(cluster.Objects(), found => found.Object.Text("kind") == "VolumeSnapshotClass");
    }

    // It would run an image that its registry does not have any more, as root.
    [Fact]
    public void The_chart_s_own_upgrade_of_kinds_is_off_and_Flux_does_it()
    {
        var cluster = clusters.Of("openstack");

        Assert.Equal("false", cluster.Value("velero", "upgradeCRDs"));
        Assert.Equal("CreateReplace", cluster.Read("components/velero/helmrelease.yaml").Text("spec", "upgrade", "crds"));
    }

    // Without rules the chart renders no alert, whatever is turned on.
    [Fact]
    public void Alerts_have_rules()
    {
        var cluster = clusters.Of("openstack");
        var rules = (YamlMap)((YamlMap)cluster.Values("velero")["metrics"]!)["prometheusRule"]!;

        Assert.Equal("true", rules.Text("enabled"));
        Assert.All(((YamlList)rules["spec"]!).Items.Cast<YamlMap>(), rule =>
        {
            Assert.NotNull(rule.Text("alert"));
            Assert.Contains("velero_", rule.Text("expr")!, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("community", "docker.io")]
    [InlineData("enterprise", "registry.example.com")]
    public void The_plugin_is_restricted_wherever_its_image_is_from(string edition, string registry)
    {
        var cluster = clusters.Of("openstack", edition: edition);
        var plugin = (YamlMap)((YamlList)cluster.Values("velero")["initContainers"]!).Items.Single();

        Assert.StartsWith($"{registry}/velero/velero-plugin-for-aws:v", plugin.Text("image"), StringComparison.Ordinal);
        Assert.Equal("false", plugin.Text("securityContext", "allowPrivilegeEscalation"));
        Assert.NotNull(plugin["volumeMounts"]);
        Assert.NotNull(plugin.Text("resources", "limits", "memory"));
    }

    [Fact]
    public void Nothing_of_it_needs_privileges()
    {
        var cluster = clusters.Of("openstack");

        Assert.Null(cluster.Value("velero", "deployNodeAgent"));
        Assert.Equal("true", cluster.Value("velero", "podSecurityContext.runAsNonRoot"));
        Assert.NotNull(cluster.Value("velero", "podSecurityContext.runAsUser"));
        Assert.Equal("velero-credentials", cluster.Value("velero", "credentials.existingSecret"));
    }
}
