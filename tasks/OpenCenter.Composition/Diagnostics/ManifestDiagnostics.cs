using OpenCenter.Composition.Secrets;

namespace OpenCenter.Composition.Diagnostics;

/// <summary>What can be wrong with manifests and Flux objects: OC4xxx.</summary>
internal static class ManifestDiagnostics
{
    public static Diagnostic NotAnObject(Place place) =>
        new("OC4001", Severity.Error, "A manifest must be a Kubernetes object: a map with apiVersion, kind and metadata.", place);

    public static Diagnostic MissingField(Place place, string field) =>
        new("OC4002", Severity.Error, $"This object has no {field}. Every Kubernetes object needs apiVersion, kind and metadata.name.", place);

    public static Diagnostic NoNamespace(Place place, string kind, string name, string? ns) =>
        new("OC4003", Severity.Error, $"{kind} '{name}' has no namespace, and nothing says that its kind needs none. Add metadata.namespace{(ns is null ? "" : $": {ns}")}, or put the kind's CustomResourceDefinition into crds/.", place);

    public static Diagnostic SameObject(Place place, string id, Place first) =>
        new("OC4004", Severity.Error, $"{id} stands twice; the other is at {first}. An object has one owner: remove or rename one of them.", place);

    public static Diagnostic NoPatchTarget(Place place, string component, string target, string hint) =>
        new("OC4005", Severity.Error, $"The patch targets {target}, which the component '{component}' does not have.{hint}", place);

    public static Diagnostic NotAPatch(Place place) =>
        new("OC4006", Severity.Error, "A patch is either an object with apiVersion, kind, metadata.name and the fields to change, or one entry {target, patch} of kustomize's patches.", place);

    public static Diagnostic EmptyComponent(Place place, string service, string component, string folder) =>
        new("OC4007", Severity.Error, $"The component '{component}' of '{service}' has no release, no git source and no manifest in {folder}/: it would deploy nothing.", place);

    public static Diagnostic NotAVariant(Place place) =>
        new("OC4008", Severity.Error, "A variant needs a kustomization.yaml of kind Component (apiVersion kustomize.config.k8s.io/v1alpha1).", place);

    public static Diagnostic RemoteBase(Place place, string resource) =>
        new("OC4009", Severity.Error, $"'{Hidden.Of("", resource)}' leads out of this folder. A component builds alone and offline: copy what it needs into the folder, or pin it as a git component.", place);

    public static Diagnostic MissingResource(Place place, string resource) =>
        new("OC4010", Severity.Error, $"'{resource}' is not in this folder.", place);

    public static Diagnostic NotYamlResource(Place place, string resource) =>
        new("OC4020", Severity.Error, $"'{resource}' is listed as a resource, but is no YAML file. Write it as YAML.", place);

    public static Diagnostic NotAManifestFile(string file) =>
        new("OC4011", Severity.Error, "This file is no YAML manifest, and no kustomization.yaml in its folder uses it. Remove it, or add a kustomization.yaml.", new Place(file));

    public static Diagnostic NoSuchObject(Place place, string from, string field, string target, string hint) =>
        new("OC4012", Severity.Error, $"{from}: {field} names {target}, which is not in this cluster.{hint} If something else makes it, add <ClusterExternal Include=\"{target}\" />.", place);

    public static Diagnostic NamespaceWithoutPodSecurity(Place place, string name) =>
        new("OC4013", Severity.Error, $"The Namespace '{name}' has no Pod Security level. Add the label pod-security.kubernetes.io/enforce: restricted (or baseline, privileged).", place);

    public static Diagnostic NewerField(Place place, string kind, string field, string since, string version) =>
        new("OC4014", Severity.Error, $"{kind}: {field} exists since Flux {since}, and FluxVersion is {version}. Remove the field, or raise FluxVersion after upgrading Flux.", place);

    public static Diagnostic BadName(Place place, string kind, string name) =>
        new("OC4015", Severity.Error, $"{kind} '{name}': the API server would refuse this name. Use lower-case letters, digits, '-' and '.'.", place);

    public static Diagnostic BadSchema(string file, string reason) =>
        new("OC4017", Severity.Error, $"This schema can't be used: {reason}.", new Place(file));

    public static Diagnostic ShippedNamespace(Place place, string name) =>
        new("OC4018", Severity.Error, $"A service package must not ship the Namespace '{name}': the cluster creates each namespace once. Declare it under spec.namespaces of service.yaml.", place);

    public static Diagnostic BadExternal(Place place, string include) =>
        new("OC4019", Severity.Error, $"ClusterExternal '{include}' must be apiVersion/Kind/namespace/name, such as v1/Secret/flux-system/sops-age, or a custom resource's group/Kind.", place);

    public static Diagnostic ClusterWide(Place place, string kind, string name, string ns) =>
        new("OC4021", Severity.Error, $"{kind} '{name}' is cluster-wide and can't be in the namespace '{ns}'. Remove that here; from a kustomization that sets it for all, move the object out.", place);

    public static Diagnostic NoSuchKind(Place place, string item, string kind) =>
        new("OC4022", Severity.Error, $"{item}: nothing in this cluster brings the kind {kind}. Add the service that does; if the cluster has it from elsewhere, add <ClusterExternal Include=\"{kind}\" />.", place);

    public static Diagnostic BeforeItsKind(Place place, string item, string kind, string owner, string bringer) =>
        new("OC4023", Severity.Error, $"{item} is applied by '{owner}', which does not wait for what brings the kind {kind}: {bringer}. The API server would refuse it. Move it to a component or folder that comes later, or add the service under requires or after.", place);

    public static Diagnostic Deadlock(Place place, string from, string field, string target, string owner, string later) =>
        new("OC4024", Severity.Error, $"{from}: {field} names {target}, which comes with '{later}', and that waits until '{owner}' is ready: neither ever is. Move what is named to prerequisites, or to an earlier component.", place);

    public static Diagnostic Circle(Place place, string kind, string names) =>
        new("OC4025", Severity.Error, $"These {kind}s wait for each other: {names}. Remove one of the entries of dependsOn.", place);

    public static Diagnostic Unread(Place place, string item, string id, string hint) =>
        new("OC4026", Severity.Warning, $"Nothing in this cluster reads {item}.{hint} Remove it, or correct its name; if something reads it that nobody here can see, add <ClusterExternal Include=\"{id}\" />.", place);

    public static Diagnostic UnusedFile(string file, string kustomization) =>
        new("OC4027", Severity.Warning, $"The folder's {kustomization} does not use this file, so nothing comes of it. List it there, or remove it.", new Place(file));

    public static Diagnostic Unpinned(Place place, string item, string field, string problem, string fix) =>
        new("OC4028", Severity.Error, $"{item}: {field} {problem}, so the cluster can change without a change here. {fix}.", place);

    public static Diagnostic TwoKustomizations(string file, string other) =>
        new("OC4029", Severity.Error, $"This folder has a {other}, too, and kustomize takes neither of two. Remove one of them.", new Place(file));

    public static Diagnostic UnknownField(Place place, string item, string field, string hint) =>
        new("OC4030", Severity.Error, $"{item}: there is no field {field}.{hint}", place);

    public static Diagnostic WrongType(Place place, string item, string field, string expected) =>
        new("OC4031", Severity.Error, $"{item}: {field} must be {expected}.", place);

    public static Diagnostic MissingRequired(Place place, string item, string field) =>
        new("OC4032", Severity.Error, $"{item} has no {field}, which is required.", place);

    public static Diagnostic RefusedValue(Place place, string item, string field, string value, string expected) =>
        new("OC4033", Severity.Error, $"{item}: {field} is '{value}'; it must be {expected}.", place);

    public static Diagnostic RefusedKey(Place place, string item, string field, string expected) =>
        new("OC4034", Severity.Error, $"{item}: the key of {field} must be {expected}.", place);

    public static Diagnostic SameEntry(Place place, string item, string field, string key, string name) =>
        new("OC4035", Severity.Error, $"{item}: {field} has two entries with the {key} '{name}'. Remove or rename one of them.", place);

    public static Diagnostic LongName(Place place, string item, string expected) =>
        new("OC4036", Severity.Error, $"{item}: the name of such an object must be {expected}.", place);

    public static Diagnostic LongAnnotations(Place place, string item, int size) =>
        new("OC4037", Severity.Error, $"{item}: its annotations have {size} bytes together; Kubernetes takes 262144.", place);

    public static Diagnostic NotServed(Place place, string item, string apiVersion, string served) =>
        new("OC4038", Severity.Error, $"{item}: the API server does not have this kind as {apiVersion}. Write {served}, and what changed between the two.", place);

    public static Diagnostic NotOne(Place place, string item, string field, string fields) =>
        new("OC4039", Severity.Error, $"{item}: {field} must have exactly one of {fields}.", place);
}
