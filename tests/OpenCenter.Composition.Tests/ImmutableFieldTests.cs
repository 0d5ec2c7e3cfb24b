using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Tests;

/// <summary>What the cluster's API server would refuse to change is an error before anything is written.</summary>
public sealed class ImmutableFieldTests : IDisposable
{
    private const string Pod = "template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'web:1'}]}}";

    private const string Task = "template: {spec: {containers: [{name: a, image: 'a:1'}], restartPolicy: Never}}";

    private readonly TestCluster _cluster = new TestCluster().Service("alpha");

    public void Dispose() => _cluster.Dispose();

    public static TheoryData<string, string, string, string, string> Changes => new()
    {
        { "apps/v1", "StatefulSet", $"spec: {{serviceName: \"\", selector: {{matchLabels: {{app: web}}}}, {Pod}}}", "spec: {selector: {matchLabels: {app: shop}}, " + Pod + "}", "spec.selector" },
        { "apps/v1", "StatefulSet", $"spec: {{podManagementPolicy: OrderedReady, selector: {{matchLabels: {{app: web}}}}, {Pod}}}", $"spec: {{podManagementPolicy: Parallel, selector: {{matchLabels: {{app: web}}}}, {Pod}}}", "spec.podManagementPolicy" },
        { "apps/v1", "StatefulSet", $"spec: {{volumeClaimTemplates: [{{metadata: {{name: a}}, spec: {{resources: {{requests: {{storage: 1Gi}}}}}}}}], selector: {{matchLabels: {{app: web}}}}, {Pod}}}", $"spec: {{volumeClaimTemplates: [{{metadata: {{name: a}}, spec: {{resources: {{requests: {{storage: 2Gi}}}}}}}}], selector: {{matchLabels: {{app: web}}}}, {Pod}}}", "spec.volumeClaimTemplates" },
        { "apps/v1", "Deployment", $"spec: {{selector: {{matchLabels: {{app: web}}}}, {Pod}}}", $"spec: {{selector: {{matchLabels: {{app: web, tier: x}}}}, {Pod}}}", "spec.selector" },
        { "apps/v1", "DaemonSet", $"spec: {{selector: {{matchLabels: {{app: web, tier: x}}}}, {Pod}}}", $"spec: {{selector: {{matchLabels: {{app: web}}}}, {Pod}}}", "spec.selector" },
        { "batch/v1", "Job", "spec: {template: {spec: {containers: [{name: a, image: 'a:1'}], restartPolicy: Never}}}", "spec: {template: {spec: {containers: [{name: a, image: 'a:2'}], restartPolicy: Never}}}", "spec.template" },
        { "v1", "PersistentVolumeClaim", "spec: {accessModes: [ReadWriteOnce]}", "spec: {accessModes: [ReadWriteMany]}", "spec.accessModes" },
        { "v1", "Service", "spec: {ports: [{port: 80}]}", "spec: {clusterIP: None, ports: [{port: 80}]}", "spec.clusterIP" },
        { "v1", "ConfigMap", "immutable: true\ndata: {a: x}", "immutable: true\ndata: {a: z}", "data" },
        { "v1", "Service", "spec: {clusterIP: 10.0.0.1, ports: [{port: 80}]}", "spec: {clusterIP: 10.0.0.2, ports: [{port: 80}]}", "spec.clusterIP" },
        { "v1", "ConfigMap", "immutable: true\ndata: {a: x}", "data: {a: x}", "immutable" },
        { "rbac.authorization.k8s.io/v1", "RoleBinding", "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}", "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}", "roleRef.name" },
        { "storage.k8s.io/v1", "StorageClass", "provisioner: a.example.com\nparameters: {type: ssd}", "provisioner: a.example.com\nparameters: {type: hdd}", "parameters" },
        { "storage.k8s.io/v1", "StorageClass", "provisioner: a.example.com", "provisioner: a.example.com\nreclaimPolicy: Retain", "reclaimPolicy" },
        { "scheduling.k8s.io/v1", "PriorityClass", "value: 10", "value: 20", "value" },
        { "apps/v1", "ReplicaSet", $"spec: {{selector: {{matchLabels: {{app: web}}}}, {Pod}}}", $"spec: {{selector: {{matchLabels: {{app: web, tier: x}}}}, {Pod}}}", "spec.selector" },
        { "batch/v1", "Job", $"spec: {{{Task}}}", $"spec: {{completionMode: Indexed, completions: 2, {Task}}}", "spec.completionMode" },
        { "batch/v1", "Job", $"spec: {{completionMode: Indexed, completions: 2, backoffLimitPerIndex: 1, {Task}}}", $"spec: {{completionMode: Indexed, completions: 2, backoffLimitPerIndex: 2, {Task}}}", "spec.backoffLimitPerIndex" },
        { "batch/v1", "Job", $"spec: {{completionMode: Indexed, completions: 2, successPolicy: {{rules: [{{succeededIndexes: '0'}}]}}, {Task}}}", $"spec: {{completionMode: Indexed, completions: 2, successPolicy: {{rules: [{{succeededIndexes: '1'}}]}}, {Task}}}", "spec.successPolicy" },
        { "batch/v1", "Job", $"spec: {{podFailurePolicy: {{rules: [{{action: Ignore, onExitCodes: {{operator: In, values: [1]}}}}]}}, {Task}}}", $"spec: {{podFailurePolicy: {{rules: [{{action: Ignore, onExitCodes: {{operator: In, values: [2]}}}}]}}, {Task}}}", "spec.podFailurePolicy" },
        { "batch/v1", "Job", $"spec: {{managedBy: example.com/a, {Task}}}", $"spec: {{managedBy: example.com/b, {Task}}}", "spec.managedBy" },
        { "v1", "PersistentVolumeClaim", "spec: {accessModes: [ReadWriteOnce]}", "spec: {accessModes: [ReadWriteOnce], storageClassName: ''}", "spec.storageClassName" },
        { "v1", "PersistentVolumeClaim", "spec: {accessModes: [ReadWriteOnce]}", "spec: {accessModes: [ReadWriteOnce], volumeMode: Block}", "spec.volumeMode" },
        { "v1", "PersistentVolumeClaim", "spec: {accessModes: [ReadWriteOnce], selector: {matchLabels: {a: x}}}", "spec: {accessModes: [ReadWriteOnce], selector: {matchLabels: {a: z}}}", "spec.selector" },
        { "v1", "PersistentVolume", "spec: {hostPath: {path: /a}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}", "spec: {hostPath: {path: /b}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}", "spec.hostPath" },
        { "v1", "PersistentVolume", "spec: {nfs: {server: a, path: /}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}", "spec: {nfs: {server: b, path: /}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}", "spec.nfs" },
        { "v1", "PersistentVolume", "spec: {csi: {driver: example.com, volumeHandle: a}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}", "spec: {csi: {driver: example.com, volumeHandle: b}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}", "spec.csi" },
        { "v1", "Service", "spec: {type: LoadBalancer, loadBalancerClass: example.com/a, ports: [{port: 80}]}", "spec: {type: LoadBalancer, loadBalancerClass: example.com/b, ports: [{port: 80}]}", "spec.loadBalancerClass" },
        { "rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}", "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}", "roleRef.name" },
        { "storage.k8s.io/v1", "StorageClass", "provisioner: a.example.com", "provisioner: b.example.com", "provisioner" },
        { "storage.k8s.io/v1", "StorageClass", "provisioner: a.example.com", "provisioner: a.example.com\nvolumeBindingMode: WaitForFirstConsumer", "volumeBindingMode" },
        { "scheduling.k8s.io/v1", "PriorityClass", "value: 10", "value: 10\npreemptionPolicy: Never", "preemptionPolicy" },
        { "node.k8s.io/v1", "RuntimeClass", "handler: a", "handler: b", "handler" },
        { "batch/v1", "Job", $"spec: {{manualSelector: true, selector: {{matchLabels: {{a: x}}}}, {Task}}}", $"spec: {{manualSelector: true, selector: {{matchLabels: {{a: z}}}}, {Task}}}", "spec.selector" },
        { "v1", "PersistentVolumeClaim", "spec: {accessModes: [ReadWriteOnce], volumeName: a}", "spec: {accessModes: [ReadWriteOnce], volumeName: b}", "spec.volumeName" },
        { "v1", "PersistentVolumeClaim", "spec: {accessModes: [ReadWriteOnce], dataSourceRef: {kind: PersistentVolumeClaim, name: a}}", "spec: {accessModes: [ReadWriteOnce], dataSourceRef: {kind: PersistentVolumeClaim, name: b}}", "spec.dataSourceRef" },
        { "v1", "PersistentVolume", "spec: {local: {path: /a}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}", "spec: {local: {path: /b}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}", "spec.local" },
        { "v1", "PersistentVolume", "spec: {iscsi: {targetPortal: a, iqn: x, lun: 1}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}", "spec: {iscsi: {targetPortal: b, iqn: x, lun: 1}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}", "spec.iscsi" },
        { "v1", "PersistentVolume", "spec: {fc: {lun: 1}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}", "spec: {fc: {lun: 2}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}", "spec.fc" },
        { "networking.k8s.io/v1", "IngressClass", "spec: {controller: a.example.com/a}", "spec: {controller: a.example.com/b}", "spec.controller" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_that_Kubernetes_refuses_is_an_error_at_the_new_value(string apiVersion, string kind, string before, string after, string field)
    {
        Write(apiVersion, kind, before);
        _cluster.BuildClean();
        var tree = _cluster.Tree("components/alpha-resources/it.yaml");
        Write(apiVersion, kind, after);

        var found = _cluster.Expect("OC6030");

        Assert.StartsWith($"{kind} '{(IsClusterWide(kind) ? "" : "alpha/")}it': {field} is not what the committed tree has", found.Message, StringComparison.Ordinal);
        Assert.Equal(_cluster.PathOf("resources/alpha/it.yaml"), found.Place!.Value.File);
        Assert.Equal(tree, _cluster.Tree("components/alpha-resources/it.yaml"));
    }

    [Theory]
    [InlineData("apps/v1", "StatefulSet", "spec: {selector: {matchLabels: {app: web}}, " + Pod + "}", "spec: {serviceName: '', podManagementPolicy: OrderedReady, replicas: 3, selector: {matchLabels: {app: web}}, " + Pod + "}")]
    [InlineData("storage.k8s.io/v1", "StorageClass", "provisioner: a.example.com\nparameters: {a: x, b: z}", "provisioner: a.example.com\nparameters: {b: z, a: x}\nreclaimPolicy: Delete\nallowVolumeExpansion: true")]
    [InlineData("v1", "Service", "spec: {clusterIP: None, ports: [{port: 80}]}", "spec: {type: ExternalName, externalName: example.com}")]
    [InlineData("v1", "Service", "spec: {clusterIP: None, ports: [{port: 80}]}", "spec: {type: ExternalName, externalName: example.com, clusterIP: ''}")]
    [InlineData("v1", "Service", "spec: {clusterIP: None, ports: [{port: 80}]}", "spec: {ports: [{port: 80}]}")]
    [InlineData("v1", "Service", "spec: {ports: [{port: 80}]}", "spec: {clusterIP: '', ports: [{port: 80}]}")]
    [InlineData("v1", "Service", "spec: {type: ClusterIP, ports: [{port: 80}]}", "spec: {type: NodePort, ports: [{port: 81}]}")]
    [InlineData("v1", "ConfigMap", "data: {a: x}", "immutable: true\ndata: {a: z}")]
    [InlineData("storage.k8s.io/v1", "StorageClass", "provisioner: a.example.com\nreclaimPolicy: Delete\nvolumeBindingMode: Immediate", "provisioner: a.example.com")]
    [InlineData("scheduling.k8s.io/v1", "PriorityClass", "value: 10\npreemptionPolicy: PreemptLowerPriority", "value: 10")]
    [InlineData("v1", "PersistentVolume", "spec: {volumeMode: Filesystem, hostPath: {path: /a}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}", "spec: {hostPath: {path: /a}, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]}")]
    [InlineData("v1", "PersistentVolumeClaim", "spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1000Mi}}}", "spec: {accessModes: [ReadWriteOnce], volumeMode: Filesystem, resources: {requests: {storage: 1Gi}}}")]
    public void A_change_that_Kubernetes_makes_is_none(string apiVersion, string kind, string before, string after)
    {
        Write(apiVersion, kind, before);
        _cluster.BuildClean();
        Write(apiVersion, kind, after);

        _cluster.BuildClean();
    }

    [Fact]
    public void A_claim_that_shrinks_is_an_error()
    {
        Write("v1", "PersistentVolumeClaim", "spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}");
        _cluster.BuildClean();
        Write("v1", "PersistentVolumeClaim", "spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1000Mi}}}");

        var found = _cluster.Expect("OC6031");
        Assert.StartsWith("PersistentVolumeClaim 'alpha/it': spec.resources.requests.storage is 1000Mi, and the committed tree has 1Gi", found.Message, StringComparison.Ordinal);
        Assert.Equal(new Place(_cluster.PathOf("resources/alpha/it.yaml"), 6, 70), found.Place);
    }

    [Fact]
    public void An_object_that_Flux_may_make_anew_may_change()
    {
        Write("batch/v1", "Job", "spec: {template: {spec: {containers: [{name: a, image: 'a:1'}], restartPolicy: Never}}}");
        _cluster.BuildClean();
        _cluster.File("resources/alpha/it.yaml", """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: it, namespace: alpha, annotations: {kustomize.toolkit.fluxcd.io/force: Enabled}}
            spec: {template: {spec: {containers: [{name: a, image: 'a:2'}], restartPolicy: Never}}}

            """);

        _cluster.BuildClean();
    }

    [Fact]
    public void An_object_of_another_name_or_file_is_compared_with_the_one_of_its_name()
    {
        Write("scheduling.k8s.io/v1", "PriorityClass", "value: 10");
        _cluster.BuildClean();
        File.Delete(_cluster.PathOf("resources/alpha/it.yaml"));
        _cluster.File("resources/alpha/other.yaml", TestCluster.Manifest("PriorityClass", "other", null, "scheduling.k8s.io/v1", "value: 20\n"));
        _cluster.BuildClean();
        File.Delete(_cluster.PathOf("resources/alpha/other.yaml"));
        _cluster.File("resources/alpha/moved.yaml", TestCluster.Manifest("PriorityClass", "other", null, "scheduling.k8s.io/v1", "value: 30\n"));

        Assert.StartsWith("PriorityClass 'other': value", _cluster.Expect("OC6030").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_values_themselves_are_not_in_the_message()
    {
        _cluster.File("resources/alpha/it.yaml", TestCluster.Manifest("ConfigMap", "it", "alpha", "v1", "immutable: true\ndata: {region: north}\n"));
        _cluster.BuildClean();
        _cluster.File("resources/alpha/it.yaml", TestCluster.Manifest("ConfigMap", "it", "alpha", "v1", "immutable: true\ndata: {region: south}\n"));

        var text = _cluster.Expect("OC6030").Text;

        Assert.DoesNotContain("north", text, StringComparison.Ordinal);
        Assert.DoesNotContain("south", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resources: [./it.yaml, other.yaml]")]
    [InlineData("resources: [other.yaml, it.yaml]")]
    public void A_kustomization_of_ones_own_says_what_is_an_object(string resources)
    {
        _cluster.File("applications/shop/kustomization.yaml", $"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n{resources}\n")
            .File("applications/shop/other.yaml", TestCluster.Manifest("ServiceAccount", "other", "shop"));
        Application("a");
        _cluster.BuildClean();
        Application("b");

        _cluster.Expect("OC6030");

        void Application(string controller) => _cluster.File("applications/shop/it.yaml", TestCluster.Manifest("IngressClass", "it", null, "networking.k8s.io/v1", $"spec: {{controller: example.com/{controller}}}\n"));
    }

    [Fact]
    public void The_objects_of_a_list_are_compared_one_by_one_within_their_namespaces()
    {
        static string Map(string ns, string value) => $"- apiVersion: v1\n  kind: ConfigMap\n  metadata: {{name: it, namespace: {ns}}}\n  immutable: true\n  data: {{a: {value}}}\n";
        _cluster.Service("beta").File("resources/alpha/it.yaml", $"apiVersion: v1\nkind: List\nitems:\n{Map("alpha", "x")}{Map("beta", "z")}");
        _cluster.BuildClean();
        _cluster.File("resources/alpha/it.yaml", $"apiVersion: v1\nkind: List\nitems:\n{Map("beta", "z")}{Map("alpha", "x")}");
        _cluster.BuildClean();
        _cluster.File("resources/alpha/it.yaml", $"apiVersion: v1\nkind: List\nitems:\n{Map("beta", "z")}{Map("alpha", "y")}");

        Assert.StartsWith("ConfigMap 'alpha/it': data", _cluster.Expect("OC6030").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accessModes: [ReadWriteMany]")]
    [InlineData("resources: {requests: {storage: 1Gi}}")]
    public void What_a_patch_sets_is_not_held_against_what_stands_in_the_file(string patch)
    {
        static string Claim(string labels, string spec) => TestCluster.Manifest("PersistentVolumeClaim", "it", "alpha", "v1", $"spec: {{{spec}}}\n").Replace("metadata:\n", $"metadata:\n  labels: {{{labels}}}\n", StringComparison.Ordinal);
        _cluster.File("resources/alpha/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [it.yaml]\npatches: [{path: p.yaml}]\n")
            .File("resources/alpha/p.yaml", TestCluster.Manifest("PersistentVolumeClaim", "it", "alpha", "v1", $"spec: {{{patch}}}\n"))
            .File("resources/alpha/it.yaml", Claim("a: x", "accessModes: [ReadWriteOnce], resources: {requests: {storage: 2Gi}}"));
        _cluster.BuildClean();
        _cluster.File("resources/alpha/it.yaml", Claim("a: z", "accessModes: [ReadWriteOnce], resources: {requests: {storage: 2Gi}}"));

        _cluster.BuildClean();
    }

    [Fact]
    public void A_patch_is_no_object()
    {
        static string Claim(string spec) => TestCluster.Manifest("PersistentVolumeClaim", "data", "beta", "v1", $"spec: {{{spec}}}\n");
        _cluster.Service("beta", files: ("manifests/claim.yaml", Claim("accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}")))
            .File("patches/beta/claim.yaml", Claim("resources: {requests: {storage: 2Gi}}"));
        _cluster.BuildClean();
        _cluster.File("patches/beta/claim.yaml", Claim("resources: {requests: {storage: 3Gi}}"));

        _cluster.BuildClean();
    }

    private static bool IsClusterWide(string kind) => kind is "StorageClass" or "PriorityClass" or "IngressClass" or "RuntimeClass" or "PersistentVolume" or "ClusterRoleBinding";

    private void Write(string apiVersion, string kind, string rest) =>
        _cluster.File("resources/alpha/it.yaml", TestCluster.Manifest(kind, "it", IsClusterWide(kind) ? null : "alpha", apiVersion, rest + "\n"));
}
