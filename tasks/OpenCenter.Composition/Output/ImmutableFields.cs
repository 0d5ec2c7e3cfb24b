namespace OpenCenter.Composition.Output;

/// <summary>Which fields of Kubernetes' objects can't change once the object exists.</summary>
internal static class ImmutableFields
{
    private static readonly string[] None = [];

    // What stands behind = is what the API server writes where nothing is written.
    private static readonly string[] Binding = ["roleRef.apiGroup=rbac.authorization.k8s.io", "roleRef.kind", "roleRef.name"];

    /// <summary>The fields of a kind; empty for one of which all can change, or nothing is known.</summary>
    public static string[] Of(string group, string kind) => (group, kind) switch
    {
        ("apps", "StatefulSet") => ["spec.selector", "spec.serviceName=", "spec.podManagementPolicy=OrderedReady", "spec.volumeClaimTemplates"],
        ("apps", "Deployment" or "DaemonSet" or "ReplicaSet") => ["spec.selector"],
        ("batch", "Job") => ["spec.template", "spec.selector", "spec.completionMode=NonIndexed", "spec.podFailurePolicy", "spec.successPolicy", "spec.backoffLimitPerIndex", "spec.managedBy"],
        ("", "PersistentVolumeClaim") =>
        [
            "spec.accessModes", "spec.storageClassName", "spec.volumeMode=Filesystem", "spec.volumeName", "spec.selector", "spec.dataSource", "spec.dataSourceRef",
        ],
        ("", "PersistentVolume") => ["spec.volumeMode=Filesystem", "spec.csi", "spec.nfs", "spec.local", "spec.hostPath", "spec.iscsi", "spec.fc"],
        ("storage.k8s.io", "StorageClass") => ["provisioner", "parameters", "reclaimPolicy=Delete", "volumeBindingMode=Immediate"],
        ("", "Service") => ["spec.clusterIP", "spec.loadBalancerClass"],
        ("", "Secret") => ["type=Opaque"],
        ("rbac.authorization.k8s.io", "RoleBinding" or "ClusterRoleBinding") => Binding,
        ("scheduling.k8s.io", "PriorityClass") => ["value", "preemptionPolicy=PreemptLowerPriority"],
        ("networking.k8s.io", "IngressClass") => ["spec.controller"],
        ("node.k8s.io", "RuntimeClass") => ["handler"],
        ("apiextensions.k8s.io", "CustomResourceDefinition") => ["spec.scope", "spec.names.kind"],
        _ => None,
    };
}
