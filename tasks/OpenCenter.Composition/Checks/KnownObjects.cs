using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Checks;

/// <summary>
/// What the cluster will have: the tree's objects and what they make, what deployed services declare under
/// <c>creates</c>, what the project says is there, and what every cluster with Flux has.
/// </summary>
internal sealed class KnownObjects
{
    private readonly Dictionary<ObjectId, string> _owners = [];

    private KnownObjects()
    {
    }

    /// <summary>Custom kinds that <c>creates</c>, a ClusterExternal or an external service declares, as <c>group/Kind</c>, and the service that brings them.</summary>
    public Dictionary<string, PlannedService?> Kinds { get; } = new(StringComparer.Ordinal);

    /// <summary>What <c>creates</c> and ClusterExternals name: what they are for, somebody outside the tree knows.</summary>
    public HashSet<ObjectId> Declared { get; } = [];

    /// <summary>What some object, or a service, names, whether it is there or not.</summary>
    public HashSet<ObjectId> Referenced { get; } = [];

    public static KnownObjects Of(ClusterPlan plan, BuiltTree built, DiagnosticBag diagnostics)
    {
        var known = new KnownObjects();
        known.AddBootstrap(plan.Settings.FluxNamespace);
        // What flux bootstrap makes of the project's settings.
        known.Add(GroupOf(plan.Settings.SourceKind, ""), plan.Settings.SourceKind, plan.Settings.FluxNamespace, plan.Settings.SourceName);
        known.Add("", "Secret", plan.Settings.FluxNamespace, plan.Settings.DecryptionSecret);
        foreach (var package in plan.Inputs.Packages.Values)
        {
            if (plan.Present.Contains(package.Name))
            {
                var service = plan.Services.FirstOrDefault(planned => planned.Name == package.Name);
                foreach (var ns in package.Descriptor.Namespaces)
                {
                    known.Add("", "Namespace", "", ns.Name);
                }

                foreach (var created in package.Descriptor.Creates)
                {
                    known.AddDeclared(created.Value, service);
                }
            }
        }

        foreach (var kind in built.Kinds)
        {
            known.Kinds.TryAdd(kind.Name, kind.Service);
        }

        foreach (var external in plan.Settings.Externals)
        {
            if (!known.AddDeclared(external.Include, null))
            {
                diagnostics.Add(ManifestDiagnostics.BadExternal(plan.Inputs.Places.Of(external), external.Include));
            }
        }

        foreach (var item in built.Objects)
        {
            known._owners[item.Id] = item.Owner;
            if (item.WrittenName is { } written)
            {
                known._owners.TryAdd(item.Id with { Name = written }, item.Owner);
            }

            known.AddMade(item);
        }

        return known;
    }

    /// <param name="id">The object.</param>
    /// <param name="owner">The Flux Kustomization that applies it; null: nobody here does.</param>
    public bool Contains(ObjectId id, out string? owner)
    {
        if (_owners.TryGetValue(id, out var found))
        {
            owner = found.Length == 0 && id.Kind == "Kustomization" ? id.Name : found.Length == 0 ? null : found;
            return true;
        }

        owner = null;
        return IsEverywhere(id);
    }

    /// <summary>Takes for known what was found missing, so that nobody says so again.</summary>
    public void Assume(ObjectId id) => _owners.TryAdd(id, "");

    /// <summary>What somebody may have meant by a name that is not known.</summary>
    public string Hint(ObjectId id)
    {
        var hint = Nearest.Hint(id.Name, _owners.Keys.Where(other => other.Kind == id.Kind && other.Group == id.Group && other.Namespace == id.Namespace).Select(other => other.Name));
        return hint.Length > 0 ? hint
            : _owners.Keys.Where(other => other.Kind == id.Kind && other.Group == id.Group && other.Name == id.Name).Select(other => other.Namespace).Order(StringComparer.Ordinal).FirstOrDefault() is { } ns
                ? $" There is one in the namespace '{ns}'."
                : "";
    }

    /// <summary>Says which object of that kind and namespace somebody may do without, and does.</summary>
    public string Missed(ObjectId id) =>
        Referenced.Where(other => other.Kind == id.Kind && other.Group == id.Group && other.Namespace == id.Namespace && !Contains(other, out _)).Select(other => other.Name).Order(StringComparer.Ordinal).FirstOrDefault() is { } missed
            ? $" Something names '{missed}', which is not there: is that meant?"
            : "";

    /// <summary>The API group of a kind that is named without one.</summary>
    public static string GroupOf(string kind, string fallback) => kind switch
    {
        "GitRepository" or "HelmRepository" or "OCIRepository" or "Bucket" or "HelmChart" or "ExternalArtifact" => "source.toolkit.fluxcd.io",
        "Kustomization" => "kustomize.toolkit.fluxcd.io",
        "HelmRelease" => "helm.toolkit.fluxcd.io",
        "ImageRepository" or "ImagePolicy" or "ImageUpdateAutomation" => "image.toolkit.fluxcd.io",
        "Provider" or "Alert" or "Receiver" => "notification.toolkit.fluxcd.io",
        "ClusterRole" or "Role" => "rbac.authorization.k8s.io",
        "Issuer" or "ClusterIssuer" => "cert-manager.io",
        _ => fallback,
    };

    private static bool IsEverywhere(ObjectId id) => (id.Group, id.Kind) switch
    {
        ("", "ServiceAccount") => id.Name == "default",
        ("", "ConfigMap") => id.Name == "kube-root-ca.crt" || id is { Namespace: "kube-system", Name: "extension-apiserver-authentication" },
        ("", "Namespace") => id.Name is "default" or "kube-system" or "kube-public" or "kube-node-lease",
        ("", "Service") => id is { Namespace: "default", Name: "kubernetes" } or { Namespace: "kube-system", Name: "kube-dns" },
        ("scheduling.k8s.io", "PriorityClass") => id.Name is "system-cluster-critical" or "system-node-critical",
        ("rbac.authorization.k8s.io", "ClusterRole" or "ClusterRoleBinding" or "Role") =>
            id.Name is "cluster-admin" or "admin" or "edit" or "view" or "extension-apiserver-authentication-reader" || id.Name.StartsWith("system:", StringComparison.Ordinal),
        _ => false,
    };

    private void AddBootstrap(string ns)
    {
        Add("", "Namespace", "", ns);
        Add("kustomize.toolkit.fluxcd.io", "Kustomization", ns, "flux-system");
        foreach (var controller in (string[])["source-controller", "kustomize-controller", "helm-controller", "notification-controller"])
        {
            Add("", "ServiceAccount", ns, controller);
            Add("apps", "Deployment", ns, controller);
        }

        foreach (var service in (string[])["source-controller", "notification-controller", "webhook-receiver"])
        {
            Add("", "Service", ns, service);
        }
    }

    // group/Kind, or apiVersion/Kind/namespace/name, the apiVersion with or without a group.
    private bool AddDeclared(string text, PlannedService? service)
    {
        var parts = text.Split('/');
        if (parts.Length == 2 && parts[0].Length > 0 && parts[1].Length > 0)
        {
            Kinds.TryAdd(text, service);
            return true;
        }

        if (parts.Length is not (4 or 5) || parts.Where((part, at) => at != parts.Length - 2).Any(part => part.Length == 0))
        {
            return false;
        }

        var id = new ObjectId(parts.Length == 5 ? parts[0] : "", parts[^3], parts[^2], parts[^1]);
        _owners.TryAdd(id, "");
        Declared.Add(id);
        return true;
    }

    // What controllers make of an object is there as soon as the object is.
    private void AddMade(TreeObject item)
    {
        var ns = item.Namespace ?? "cert-manager";
        switch (item.Group, item.Kind)
        {
            case ("cert-manager.io", "Certificate"):
                AddMade(item, ns, item.Node.Text("spec", "secretName"));
                break;
            case ("cert-manager.io", "Issuer" or "ClusterIssuer"):
                AddMade(item, ns, item.Node.Text("spec", "acme", "privateKeySecretRef", "name"));
                break;
            case ("bitnami.com", "SealedSecret"):
                AddMade(item, ns, item.Name);
                break;
            case ("external-secrets.io", "ExternalSecret"):
                AddMade(item, ns, item.Node.Text("spec", "target", "name") ?? item.Name);
                break;
            case ("gateway.networking.k8s.io", "Gateway") when IsCertified(item):
                foreach (var listener in Maps(item.Node["spec"], "listeners"))
                {
                    foreach (var certificate in Maps(listener["tls"], "certificateRefs"))
                    {
                        AddMade(item, ns, certificate.Text("name"));
                    }
                }

                break;
            case ("networking.k8s.io", "Ingress") when IsCertified(item):
                foreach (var tls in Maps(item.Node["spec"], "tls"))
                {
                    AddMade(item, ns, tls.Text("secretName"));
                }

                break;
            case ("acid.zalan.do", "postgresql"):
                Add("", "Service", ns, item.Name);
                Add("", "Service", ns, $"{item.Name}-repl");
                foreach (var user in ((item.Node["spec"] as YamlMap)?["users"] as YamlMap)?.Entries ?? [])
                {
                    AddMade(item, ns, $"{user.Name.Replace('_', '-')}.{item.Name}.credentials.postgresql.acid.zalan.do");
                }

                break;
            case ("k8s.keycloak.org", "Keycloak"):
                Add("", "Service", ns, $"{item.Name}-service");
                AddMade(item, ns, $"{item.Name}-initial-admin");
                break;
            default:
                break;
        }
    }

    private static bool IsCertified(TreeObject item) =>
        item.Node.Text("metadata", "annotations", "cert-manager.io/cluster-issuer") is not null
        || item.Node.Text("metadata", "annotations", "cert-manager.io/issuer") is not null;

    private static IEnumerable<YamlMap> Maps(YamlNode? map, string key) => ((map as YamlMap)?[key] as YamlList)?.Items.OfType<YamlMap>() ?? [];

    private void AddMade(TreeObject by, string ns, string? secret)
    {
        if (secret is not null)
        {
            _owners.TryAdd(new ObjectId("", "Secret", ns, secret), by.Owner);
        }
    }

    private void Add(string group, string kind, string ns, string name) => _owners.TryAdd(new ObjectId(group, kind, ns, name), "");
}
