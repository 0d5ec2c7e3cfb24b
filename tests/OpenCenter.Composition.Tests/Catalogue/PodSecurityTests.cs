using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>Every namespace runs at the strictest Pod Security level that its pods can meet.</summary>
public sealed class PodSecurityTests
{
    // Restricted needs no reason; whatever is less names the pod for which no value can be set that would change it.
    private static readonly Dictionary<string, string> Levels = new(StringComparer.Ordinal)
    {
        ["calico tigera-operator"] = "privileged: the operator's pod is in the host's network, before there is another",
        ["calico calico-system"] = "privileged: calico-node sets up the host's network",
        ["cert-manager cert-manager"] = "restricted",
        ["external-snapshotter external-snapshotter"] = "restricted",
        ["gateway-api envoy-gateway-system"] = "restricted",
        ["harbor harbor"] = "restricted",
        ["headlamp headlamp"] = "restricted",
        ["istio istio-system"] = "restricted",
        ["keycloak keycloak"] = "baseline: the Postgres operator gives its pods no seccomp profile and drops no capability",
        ["kube-prometheus-stack observability"] = "restricted",
        ["kube-prometheus-stack node-exporter"] = "privileged: node-exporter reads the host's network, processes and files",
        ["kyverno kyverno"] = "restricted",
        ["loki observability"] = "restricted",
        ["longhorn longhorn-system"] = "privileged: longhorn-manager mounts the host's disks; the chart has no key for it",
        ["metallb metallb-system"] = "privileged: the speaker answers for addresses in the host's network",
        ["mimir observability"] = "restricted",
        ["olm olm"] = "restricted",
        ["olm operators"] = "baseline: what people install there is theirs to say",
        ["openstack-ccm openstack-ccm"] = "privileged: the pod is in the host's network, before there is another",
        ["openstack-csi openstack-csi"] = "privileged: the node plugin mounts volumes for the kubelet",
        ["opentelemetry-kube-stack opentelemetry"] = "privileged: the collector reads the nodes' logs",
        ["postgres-operator postgres-operator"] = "restricted",
        ["prometheus-operator-crds observability"] = "restricted",
        ["rbac-manager rbac-system"] = "restricted",
        ["sealed-secrets sealed-secrets"] = "restricted",
        ["strimzi-kafka-operator kafka-system"] = "restricted",
        ["tempo observability"] = "restricted",
        ["velero velero"] = "restricted",
        ["vsphere-cpi kube-system"] = "privileged: the pod is in the host's network, before there is another",
        ["vsphere-csi vmware-system-csi"] = "privileged: the node plugin mounts volumes for the kubelet",
    };

    // What brings the pods of a chart to restricted, of those that it does not leave there by itself.
    private static readonly Dictionary<string, string[]> Needed = new(StringComparer.Ordinal)
    {
        ["headlamp"] = [Seccomp("podSecurityContext"), NoEscalation("securityContext"), NoCapabilities("securityContext")],
        ["istiod"] = ["seccompProfile.type: \"RuntimeDefault\""],
        ["istio-ingressgateway"] = [Seccomp("securityContext")],
        ["loki"] = [Seccomp("loki.podSecurityContext"), Seccomp("gateway.podSecurityContext"), Seccomp("memcached.podSecurityContext"), "test.enabled: false"],
        ["mimir"] = ["minio.enabled: false"],
        ["postgres-operator"] = [NoCapabilities("securityContext"), Seccomp("securityContext")],
        ["rbac-manager"] = [Seccomp("podSecurityContext")],
        ["sealed-secrets"] = [Seccomp("podSecurityContext"), NoEscalation("containerSecurityContext")],
        ["strimzi-kafka-operator"] = ["podSecurityContext.runAsNonRoot: true", Seccomp("podSecurityContext"), NoEscalation("securityContext"), NoCapabilities("securityContext")],
        ["tempo"] = [Seccomp("tempo.podSecurityContext")],
        ["velero"] =
        [
            "deployNodeAgent: false", "podSecurityContext.runAsNonRoot: true", Seccomp("podSecurityContext"),
            NoEscalation("containerSecurityContext"), NoCapabilities("containerSecurityContext"),
            "upgradeCRDs: false",
        ],
        ["kube-prometheus-stack"] = ["grafana.persistence.enabled: false", "grafana.testFramework.enabled: false", "prometheus-node-exporter.namespaceOverride: \"node-exporter\""],

        // In a privileged namespace for another pod's sake.
        ["metallb"] = [Seccomp("controller.securityContext")],
        ["openstack-cinder-csi"] =
        [
            "secret.enabled: true", "csi.plugin.volumes: []", "csi.plugin.controllerPlugin.podSecurityContext.runAsNonRoot: true",
            Seccomp("csi.plugin.controllerPlugin.podSecurityContext"), NoEscalation("csi.plugin.controllerPlugin.securityContext"), NoCapabilities("csi.plugin.controllerPlugin.securityContext"),
        ],
        ["vsphere-csi"] =
        [
            "controller.podSecurityContext.enabled: true", "controller.podSecurityContext.runAsNonRoot: true", Seccomp("controller.podSecurityContext"),
            .. ((string[])["controller", "controller.syncer", "controller.attacher", "controller.provisioner", "controller.resizer", "controller.livenessprobe"])
                .SelectMany(part => (string[])[NoEscalation($"{part}.containerSecurityContext"), NoCapabilities($"{part}.containerSecurityContext")]),
        ],
    };

    public static TheoryData<string> Releases => [.. CatalogueService.All.SelectMany(service => service.Releases).Select(release => release.Text("name")!)];

    [Fact]
    public void Each_namespace_says_its_level_and_why_it_is_not_restricted()
    {
        var said = CatalogueService.All.SelectMany(service => service.Namespaces.Select(ns => $"{service.Name} {ns.Text("name")}: {ns.Text("podSecurity")}"));

        Assert.Equal(Levels.Select(ns => $"{ns.Key}: {Level(ns.Value)}").Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
        Assert.All(Levels.Values.Where(text => text != "restricted"), text => Assert.Contains(": ", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("openstack")]
    [InlineData("vsphere")]
    public void Each_namespace_is_created_at_its_level(string provider)
    {
        using var cluster = CatalogueCluster.Whole(provider, "community", "ha");
        cluster.BuildClean();

        var created = Directory.EnumerateFiles(Path.Combine(cluster.TreePath, "components/namespaces"), "*.yaml").SelectMany(file => cluster.ReadAll(Path.GetRelativePath(cluster.TreePath, file))).ToArray();

        var levels = Levels.GroupBy(ns => ns.Key.Split(' ')[1], StringComparer.Ordinal).ToDictionary(ns => ns.Key, ns => ns.Select(level => Level(level.Value)).Distinct().Single(), StringComparer.Ordinal);
        Assert.NotEmpty(created);
        Assert.All(created, ns => Assert.Equal(levels[ns.Text("metadata", "name")!], ns.Text("metadata", "labels", "pod-security.kubernetes.io/enforce")));
    }

    [SkippableTheory]
    [MemberData(nameof(Releases))]
    public void A_charts_pods_meet_the_level_of_their_namespace_and_could_not_meet_a_stricter_one(string release)
    {
        Needs.SharedData();
        var (service, spec) = CatalogueService.All.SelectMany(service => service.Releases.Select(spec => (service, spec))).Single(pair => pair.spec.Text("name") == release);
        var chart = PublishedChart.Of(service, spec)!;
        var level = service.Namespaces.First().Text("podSecurity");
        var needed = Needed.GetValueOrDefault(release, []);

        // As it renders with the chart's own values.
        if (chart.PodSecurity is "restricted" or null)
        {
            Assert.Equal("restricted", level);
        }
        else if (level == "restricted")
        {
            Assert.NotEmpty(needed);
        }
        else
        {
            Assert.Equal(level, chart.PodSecurity);
        }

        foreach (var (values, text) in from values in needed.Length == 0 ? [] : ReleaseValues.Of(release) from text in needed select (values, text))
        {
            Assert.True(KeyPath.TryParse(text[..text.IndexOf(": ", StringComparison.Ordinal)], out var path));
            Assert.Equal(text, $"{path}: {((values.At(path) ?? chart.Defaults?.At(path)) is { } value ? ReleaseValues.Json(value) : "not set")}");
        }
    }

    [Fact]
    public void Every_plugin_of_velero_meets_restricted()
    {
        var plugins = ReleaseValues.Of("velero").SelectMany(values => ((YamlList)values["initContainers"]!).Items).Cast<YamlMap>().ToArray();

        Assert.NotEmpty(plugins);
        Assert.All(plugins, plugin => Assert.Equal("false", plugin.Text("securityContext", "allowPrivilegeEscalation")));
        Assert.All(plugins, plugin => Assert.Equal("[\"ALL\"]", ReleaseValues.Json(plugin.At(new KeyPath(["securityContext", "capabilities", "drop"]))!)));
    }

    private static string Level(string text) => text.Split(':')[0];

    private static string Seccomp(string context) => $"{context}.seccompProfile.type: \"RuntimeDefault\"";

    private static string NoEscalation(string context) => $"{context}.allowPrivilegeEscalation: false";

    private static string NoCapabilities(string context) => $"{context}.capabilities.drop: [\"ALL\"]";
}
