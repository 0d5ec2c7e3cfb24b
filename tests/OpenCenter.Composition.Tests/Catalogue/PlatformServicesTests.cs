using System.Globalization;
using System.Text.RegularExpressions;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>What holds for storage, network and observability together.</summary>
[Collection(PlatformClusters.Name)]
public sealed partial class PlatformServicesTests(PlatformClusters clusters)
{
    public static TheoryData<string> Providers => ["openstack", "vsphere"];

    [GeneratedRegex(@"^v?\d+\.\d+\.\d+$")]
    private static partial Regex Exact();

    // Several Kustomizations that own one source: who goes takes it from the others.
    [Theory]
    [MemberData(nameof(Providers))]
    public void A_source_is_its_release_s_alone_and_in_its_namespace(string provider)
    {
        var cluster = clusters.Of(provider);
        var releases = cluster.Objects().Where(found => found.Object.Text("kind") == "HelmRelease").ToArray();
        var sources = cluster.Objects().Where(found => found.Object.Text("kind") is "HelmRepository" or "OCIRepository").ToArray();

        Assert.Equal(releases.Length, sources.Length);
        Assert.Equal(sources.Length, sources.Select(source => (source.Object.Text("metadata", "namespace"), source.Object.Text("metadata", "name"))).Distinct().Count());
        Assert.All(releases, release =>
        {
            var source = sources.Single(source => Path.GetDirectoryName(source.File) == Path.GetDirectoryName(release.File)).Object;
            var reference = (YamlMap)((YamlMap)release.Object["spec"]!)[release.Object.Text("spec", "chartRef", "kind") is null ? "chart" : "chartRef"]!;

            Assert.Equal(source.Text("metadata", "name"), reference.Text("name") ?? reference.Text("spec", "sourceRef", "name"));
            Assert.Equal(source.Text("metadata", "namespace"), release.Object.Text("metadata", "namespace"));
            Assert.Equal(source.Text("metadata", "namespace"), release.Object.Text("spec", "targetNamespace"));
        });
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void No_version_is_one_that_moves(string provider)
    {
        var cluster = clusters.Of(provider);

        var versions = cluster.Objects().Select(found => found.Object.Text("kind") switch
        {
            "HelmRelease" => found.Object.Text("spec", "chart", "spec", "version"),
            "OCIRepository" or "GitRepository" => found.Object.Text("spec", "ref", "tag") ?? "none",
            _ => null,
        }).OfType<string>().ToArray();
        Assert.InRange(versions.Length, 16, int.MaxValue);
        Assert.All(versions, version => Assert.Matches(Exact(), version));
    }

    // Copied into values, a tag outlives the upgrade of its chart.
    [Theory]
    [InlineData("openstack", "community")]
    [InlineData("openstack", "enterprise")]
    [InlineData("vsphere", "community")]
    [InlineData("vsphere", "enterprise")]
    public void No_value_holds_an_image_s_version(string provider, string edition)
    {
        var cluster = clusters.Of(provider, edition: edition);

        foreach (var component in cluster.Components())
        {
            Assert.DoesNotContain(cluster.Values(component).Leaves(), leaf => leaf.Path.EndsWith(".tag", StringComparison.OrdinalIgnoreCase) || leaf.Path.EndsWith("ImageTag", StringComparison.Ordinal));
        }
    }

    // A placeholder in a package is a key that every cluster shares.
    [Theory]
    [MemberData(nameof(Providers))]
    public void No_package_brings_a_Secret_or_a_password(string provider)
    {
        var cluster = clusters.Of(provider);

        Assert.DoesNotContain(cluster.Objects(), found => found.Object.Text("kind") == "Secret");
        foreach (var component in cluster.Components())
        {
            Assert.DoesNotContain(cluster.Values(component).Leaves(), leaf => leaf.Value.Length > 0 &&
                (leaf.Path.Contains("password", StringComparison.OrdinalIgnoreCase) || leaf.Path.Contains("secretKey", StringComparison.OrdinalIgnoreCase) || leaf.Path.Contains("accessKey", StringComparison.OrdinalIgnoreCase)));
        }
    }

    // In values they would be in Helm's record of the release and in the configuration, a ConfigMap by default, as well.
    [Theory]
    [InlineData("loki", "write")]
    [InlineData("loki", "read")]
    [InlineData("loki", "backend")]
    [InlineData("mimir", "compactor")]
    [InlineData("mimir", "ingester")]
    [InlineData("mimir", "querier")]
    [InlineData("mimir", "store_gateway")]
    [InlineData("tempo", "compactor")]
    [InlineData("tempo", "ingester")]
    [InlineData("tempo", "querier")]
    [InlineData("tempo", "queryFrontend")]
    public void Who_opens_the_bucket_has_the_credentials_from_a_Secret(string component, string part)
    {
        using var forgotten = ContentCluster.Of("ha", "community", component).With("storage-class")
            .Item("ClusterVariable", $"{component}.bucket", ("Value", "bucket"))
            .Item("ClusterVariable", $"{component}.endpoint", ("Value", "object.example.com"));
        var secret = ((YamlMap)((YamlList)((YamlMap)clusters.Of("openstack").Values(component)[part]!)["extraEnvFrom"]!).Items.Single()).Text("secretRef", "name");

        Assert.Contains($"'observability/{secret}'", forgotten.Expect("OC1045").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openstack", "openstack-csi")]
    [InlineData("openstack", "longhorn")]
    [InlineData("vsphere", "vsphere-csi")]
    [InlineData("vsphere", "longhorn")]
    public void One_class_is_the_default_one(string provider, string storage)
    {
        var cluster = clusters.Of(provider, storage: storage);

        // Longhorn's chart makes its class the default one unless told otherwise.
        Assert.Equal(storage == "longhorn" ? "true" : "false", cluster.Value("longhorn", "persistence.defaultClass"));
        Assert.Equal(storage == "longhorn" ? null : "true", provider == "vsphere"
            ? cluster.Value("vsphere-csi", "global.config.storageclass.default")
            : cluster.Value("openstack-csi", "storageClass.delete.isDefault"));
    }

    [Theory]
    [InlineData("gateway-api", "deployment.replicas", "podDisruptionBudget.minAvailable")]
    [InlineData("istio-gateway", "replicaCount", "podDisruptionBudget.minAvailable")]
    public void A_budget_asks_for_fewer_pods_than_there_are(string component, string pods, string atLeast)
    {
        var cluster = clusters.Of("openstack");

        var budget = int.Parse(cluster.Value(component, atLeast)!, CultureInfo.InvariantCulture);
        Assert.InRange(budget, 1, int.Parse(cluster.Value(component, pods)!, CultureInfo.InvariantCulture) - 1);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Where_one_pod_runs_no_budget_holds_its_node(string provider)
    {
        var cluster = clusters.Of(provider, "minimal");

        foreach (var component in cluster.Components())
        {
            Assert.DoesNotContain(cluster.Values(component).Leaves(), leaf => leaf.Path.Contains("disruptionBudget", StringComparison.OrdinalIgnoreCase));
        }

        Assert.DoesNotContain(cluster.Objects(), found => found.Object.Text("kind") == "PodDisruptionBudget");
    }

    [Theory]
    [InlineData("openstack", "kube-prometheus-stack", "alertmanager.logLevel")]
    [InlineData("openstack", "kube-prometheus-stack", "prometheusOperator.topologySpreadConstraints")]
    [InlineData("openstack", "loki", "backend.maxUnavailable")]
    [InlineData("openstack", "loki", "read.maxUnavailable")]
    [InlineData("openstack", "loki", "write.maxUnavailable")]
    [InlineData("openstack", "mimir", "continuous_test")]
    [InlineData("openstack", "tempo", "metricsGenerator.persistence")]
    [InlineData("openstack", "velero", "metrics.nodeAgentPodMonitor")]
    [InlineData("vsphere", "vsphere-cpi", "daemonset.extraVolumesMounts")]
    [InlineData("vsphere", "vsphere-cpi", "daemonset.replicaCount")]
    [InlineData("vsphere", "vsphere-csi", "clusterDomain")]
    [InlineData("vsphere", "vsphere-csi", "node.hostNetwork")]
    [InlineData("vsphere", "vsphere-csi", "winnode.hostNetwork")]
    public void A_key_without_effect_is_not_set(string provider, string component, string path)
    {
        var cluster = clusters.Of(provider);

        Assert.DoesNotContain(cluster.Values(component).Leaves(), leaf => leaf.Path == path || leaf.Path.StartsWith($"{path}.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("openstack", "calico-system", null)]
    [InlineData("openstack", "envoy-gateway-system", "restricted")]
    [InlineData("openstack", "external-snapshotter", "restricted")]
    [InlineData("openstack", "istio-system", "restricted")]
    [InlineData("openstack", "longhorn-system", "privileged")]
    [InlineData("openstack", "metallb-system", "privileged")]
    [InlineData("openstack", "node-exporter", "privileged")]
    [InlineData("openstack", "observability", "restricted")]
    [InlineData("openstack", "openstack-ccm", "privileged")]
    [InlineData("openstack", "openstack-csi", "privileged")]
    [InlineData("openstack", "tigera-operator", "privileged")]
    [InlineData("openstack", "velero", "restricted")]
    [InlineData("vsphere", "kube-system", null)]
    [InlineData("vsphere", "vmware-system-csi", "privileged")]
    public void A_namespace_is_as_strict_as_its_pods_can_be_and_the_tree_s_unless_another_makes_it(string provider, string name, string? level)
    {
        var cluster = clusters.Of(provider);
        var file = $"components/namespaces/{name}.yaml";

        Assert.Equal(level is not null, File.Exists(Path.Combine(cluster.TreePath, file)));
        if (level is not null)
        {
            Assert.Equal(level, cluster.Read(file).Text("metadata", "labels", "pod-security.kubernetes.io/enforce"));
        }
    }

    // Every container that the charts render, but those whose chart reckons by itself (caches, Envoy Gateway, Istio's gateway) or has
    // no key (Longhorn, what Calico's operator makes).
    [Theory]
    [InlineData("openstack", "calico", "resources")]
    [InlineData("openstack", "gateway-api", "certgen.job.resources")]
    [InlineData("openstack", "istio-istiod", "resources")]
    [InlineData("openstack", "kube-prometheus-stack", "alertmanager.alertmanagerSpec.resources")]
    [InlineData("openstack", "kube-prometheus-stack", "grafana.resources")]
    [InlineData("openstack", "kube-prometheus-stack", "grafana.sidecar.resources")]
    [InlineData("openstack", "kube-prometheus-stack", "kube-state-metrics.resources")]
    [InlineData("openstack", "kube-prometheus-stack", "prometheus.prometheusSpec.resources")]
    [InlineData("openstack", "kube-prometheus-stack", "prometheus-node-exporter.resources")]
    [InlineData("openstack", "kube-prometheus-stack", "prometheusOperator.admissionWebhooks.patch.resources")]
    [InlineData("openstack", "kube-prometheus-stack", "prometheusOperator.prometheusConfigReloader.resources")]
    [InlineData("openstack", "kube-prometheus-stack", "prometheusOperator.resources")]
    [InlineData("openstack", "loki", "backend.resources")]
    [InlineData("openstack", "loki", "gateway.resources")]
    [InlineData("openstack", "loki", "lokiCanary.resources")]
    [InlineData("openstack", "loki", "memcachedExporter.resources")]
    [InlineData("openstack", "loki", "read.resources")]
    [InlineData("openstack", "loki", "write.resources")]
    [InlineData("openstack", "metallb", "controller.resources")]
    [InlineData("openstack", "metallb", "speaker.resources")]
    [InlineData("openstack", "mimir", "compactor.resources")]
    [InlineData("openstack", "mimir", "distributor.resources")]
    [InlineData("openstack", "mimir", "gateway.resources")]
    [InlineData("openstack", "mimir", "ingester.resources")]
    [InlineData("openstack", "mimir", "memcachedExporter.resources")]
    [InlineData("openstack", "mimir", "querier.resources")]
    [InlineData("openstack", "mimir", "query_frontend.resources")]
    [InlineData("openstack", "mimir", "query_scheduler.resources")]
    [InlineData("openstack", "mimir", "store_gateway.resources")]
    [InlineData("openstack", "openstack-ccm", "resources")]
    [InlineData("openstack", "openstack-csi", "csi.attacher.resources")]
    [InlineData("openstack", "openstack-csi", "csi.livenessprobe.resources")]
    [InlineData("openstack", "openstack-csi", "csi.nodeDriverRegistrar.resources")]
    [InlineData("openstack", "openstack-csi", "csi.plugin.resources")]
    [InlineData("openstack", "openstack-csi", "csi.provisioner.resources")]
    [InlineData("openstack", "openstack-csi", "csi.resizer.resources")]
    [InlineData("openstack", "openstack-csi", "csi.snapshotter.resources")]
    [InlineData("openstack", "tempo", "compactor.resources")]
    [InlineData("openstack", "tempo", "distributor.resources")]
    [InlineData("openstack", "tempo", "ingester.resources")]
    [InlineData("openstack", "tempo", "memcached.resources")]
    [InlineData("openstack", "tempo", "memcachedExporter.resources")]
    [InlineData("openstack", "tempo", "metricsGenerator.resources")]
    [InlineData("openstack", "tempo", "querier.resources")]
    [InlineData("openstack", "tempo", "queryFrontend.resources")]
    [InlineData("openstack", "velero", "resources")]
    [InlineData("vsphere", "vsphere-cpi", "daemonset.resources")]
    [InlineData("vsphere", "vsphere-csi", "controller.attacher.resources")]
    [InlineData("vsphere", "vsphere-csi", "controller.livenessprobe.resources")]
    [InlineData("vsphere", "vsphere-csi", "controller.provisioner.resources")]
    [InlineData("vsphere", "vsphere-csi", "controller.resizer.resources")]
    [InlineData("vsphere", "vsphere-csi", "controller.resources")]
    [InlineData("vsphere", "vsphere-csi", "controller.snapshotter.resources")]
    [InlineData("vsphere", "vsphere-csi", "controller.syncer.resources")]
    [InlineData("vsphere", "vsphere-csi", "node.livenessprobe.resources")]
    [InlineData("vsphere", "vsphere-csi", "node.registrar.resources")]
    [InlineData("vsphere", "vsphere-csi", "node.resources")]
    public void A_container_asks_for_what_it_needs_and_can_not_take_the_node_s_memory(string provider, string component, string path)
    {
        var cluster = clusters.Of(provider);

        Assert.NotNull(cluster.Value(component, $"{path}.requests.cpu"));
        Assert.NotNull(cluster.Value(component, $"{path}.requests.memory"));
        Assert.NotNull(cluster.Value(component, $"{path}.limits.memory"));
    }

    // Monitors of kinds that are not there yet fail their release, or are left out without a word.
    [Theory]
    [InlineData("openstack", "longhorn")]
    [InlineData("openstack", "loki")]
    [InlineData("openstack", "metallb")]
    [InlineData("openstack", "mimir")]
    [InlineData("openstack", "openstack-ccm")]
    [InlineData("openstack", "openstack-csi")]
    [InlineData("openstack", "tempo")]
    [InlineData("openstack", "velero")]
    [InlineData("vsphere", "vsphere-csi")]
    public void A_monitor_comes_after_its_kind(string provider, string service)
    {
        var cluster = clusters.Of(provider);

        Assert.Contains(cluster.Values(service).Leaves(), leaf => leaf.Path.EndsWith("onitor.enabled", StringComparison.Ordinal) && leaf.Value == "true");
        Assert.True(cluster.ComesAfter(service, "prometheus-operator-crds"));
    }

    // Folders that reach above themselves build with a switch alone.
    [Theory]
    [MemberData(nameof(Providers))]
    public void No_component_reaches_out_of_its_folder(string provider)
    {
        var cluster = clusters.Of(provider);

        foreach (var file in Directory.EnumerateFiles(Path.Combine(cluster.TreePath, "components"), "kustomization.yaml", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("../", File.ReadAllText(file), StringComparison.Ordinal);
        }
    }
}
