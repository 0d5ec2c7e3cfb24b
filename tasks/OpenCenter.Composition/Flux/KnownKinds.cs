namespace OpenCenter.Composition.Flux;

/// <summary>
/// Whether a kind lives in a namespace: Kubernetes' own kinds, Flux's, and the custom resources of the platform's
/// services. Written as <c>group/Kind</c>, the core group as <c>Kind</c>.
/// </summary>
internal static class KnownKinds
{
    private static readonly HashSet<string> ClusterScoped = new(StringComparer.Ordinal)
    {
        "ComponentStatus", "Namespace", "Node", "PersistentVolume",
        "admissionregistration.k8s.io/MutatingAdmissionPolicy", "admissionregistration.k8s.io/MutatingAdmissionPolicyBinding",
        "admissionregistration.k8s.io/MutatingWebhookConfiguration", "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
        "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
        "apiextensions.k8s.io/CustomResourceDefinition", "apiregistration.k8s.io/APIService",
        "certificates.k8s.io/CertificateSigningRequest", "certificates.k8s.io/ClusterTrustBundle",
        "flowcontrol.apiserver.k8s.io/FlowSchema", "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
        "networking.k8s.io/IngressClass", "networking.k8s.io/IPAddress", "networking.k8s.io/ServiceCIDR",
        "node.k8s.io/RuntimeClass",
        "rbac.authorization.k8s.io/ClusterRole", "rbac.authorization.k8s.io/ClusterRoleBinding",
        "resource.k8s.io/DeviceClass", "resource.k8s.io/ResourceSlice",
        "scheduling.k8s.io/PriorityClass",
        "storage.k8s.io/CSIDriver", "storage.k8s.io/CSINode", "storage.k8s.io/StorageClass",
        "storage.k8s.io/VolumeAttachment", "storage.k8s.io/VolumeAttributesClass",
        "cert-manager.io/ClusterIssuer",
        "crd.projectcalico.org/BGPConfiguration", "crd.projectcalico.org/BGPPeer", "crd.projectcalico.org/FelixConfiguration",
        "crd.projectcalico.org/GlobalNetworkPolicy", "crd.projectcalico.org/GlobalNetworkSet", "crd.projectcalico.org/HostEndpoint",
        "crd.projectcalico.org/IPPool", "crd.projectcalico.org/IPReservation", "crd.projectcalico.org/KubeControllersConfiguration",
        "projectcalico.org/BGPConfiguration", "projectcalico.org/BGPPeer", "projectcalico.org/FelixConfiguration",
        "projectcalico.org/GlobalNetworkPolicy", "projectcalico.org/GlobalNetworkSet", "projectcalico.org/IPPool",
        "operator.tigera.io/APIServer", "operator.tigera.io/Goldmane", "operator.tigera.io/ImageSet",
        "operator.tigera.io/Installation", "operator.tigera.io/Whisker",
        "gateway.networking.k8s.io/GatewayClass",
        "groupsnapshot.storage.k8s.io/VolumeGroupSnapshotClass", "groupsnapshot.storage.k8s.io/VolumeGroupSnapshotContent",
        "snapshot.storage.k8s.io/VolumeSnapshotClass", "snapshot.storage.k8s.io/VolumeSnapshotContent",
        "kyverno.io/ClusterCleanupPolicy", "kyverno.io/ClusterPolicy", "kyverno.io/GlobalContextEntry",
        "policies.kyverno.io/DeletingPolicy", "policies.kyverno.io/GeneratingPolicy", "policies.kyverno.io/ImageValidatingPolicy",
        "policies.kyverno.io/MutatingPolicy", "policies.kyverno.io/ValidatingPolicy",
        "operators.coreos.com/OLMConfig", "operators.coreos.com/Operator",
        "policy.networking.k8s.io/AdminNetworkPolicy", "policy.networking.k8s.io/BaselineAdminNetworkPolicy",
        "rbacmanager.reactiveops.io/RBACDefinition",
    };

    private static readonly HashSet<string> NamespacedGroups = new(StringComparer.Ordinal)
    {
        "", "apps", "autoscaling", "batch", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io", "networking.k8s.io",
        "policy", "rbac.authorization.k8s.io", "resource.k8s.io", "storage.k8s.io",
        "helm.toolkit.fluxcd.io", "image.toolkit.fluxcd.io", "kustomize.toolkit.fluxcd.io", "notification.toolkit.fluxcd.io",
        "source.toolkit.fluxcd.io",
    };

    // Groups of the API server itself that have a dot, and are not for custom resources.
    private static readonly HashSet<string> BuiltInGroups = new(StringComparer.Ordinal)
    {
        "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "authentication.k8s.io",
        "authorization.k8s.io", "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io",
        "flowcontrol.apiserver.k8s.io", "networking.k8s.io", "node.k8s.io", "rbac.authorization.k8s.io", "resource.k8s.io",
        "scheduling.k8s.io", "storage.k8s.io", "storagemigration.k8s.io",
    };

    /// <summary>Whether every cluster with Flux has a group's kinds, without a CustomResourceDefinition of the tree.</summary>
    public static bool IsBuiltIn(string group) =>
        !group.Contains('.', StringComparison.Ordinal) || BuiltInGroups.Contains(group) || group.EndsWith(".toolkit.fluxcd.io", StringComparison.Ordinal);

    /// <summary>True: in a namespace; false: cluster-wide; null: not known.</summary>
    public static bool? IsNamespaced(string group, string kind) =>
        ClusterScoped.Contains(group.Length == 0 ? kind : $"{group}/{kind}") ? false
        : NamespacedGroups.Contains(group) ? true
        : null;
}
