using System.Text;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

[Collection(PlatformClusters.Name)]
public sealed class VsphereCpiTests(PlatformClusters clusters)
{
    // The chart's own configuration says insecureFlag: true, and takes the password as a value.
    [Fact]
    public void The_certificate_of_vCenter_is_checked_and_the_password_is_in_a_Secret()
    {
        var cluster = clusters.Of("vsphere");
        var config = cluster.Objects().Single(found => found.Object.Text("kind") == "ConfigMap" && found.Object.Text("metadata", "name") == "cloud-config").Object;
        var read = (YamlMap)YamlReader.ReadSingle(new SourceFile("vsphere.conf", Encoding.UTF8.GetBytes(config.Text("data", "vsphere.conf")!)), new DiagnosticBag())!;

        Assert.Equal("false", read.Text("global", "insecureFlag"));
        Assert.Equal("vsphere-cloud-secret", read.Text("global", "secretName"));
        Assert.Equal("kube-system", read.Text("global", "secretNamespace"));
        Assert.Equal("vcenter.example.com", read.Text("vcenter", "vcenter.example.com", "server"));
        Assert.Null(cluster.Value("vsphere-cpi", "config.enabled"));
    }

    [Fact]
    public void It_comes_after_the_network()
    {
        var cluster = clusters.Of("vsphere");

        Assert.True(cluster.ComesAfter("vsphere-cpi", "calico"));
    }
}
