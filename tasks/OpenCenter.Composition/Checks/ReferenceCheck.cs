using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Checks;

/// <summary>
/// What an object names is in the cluster, and does not come only after that object: Flux would wait for it without end.
/// </summary>
internal sealed class ReferenceCheck
{
    private readonly KnownObjects _known;
    private readonly KustomizationOrder _order;
    private readonly DiagnosticBag _diagnostics;

    private ReferenceCheck(KnownObjects known, KustomizationOrder order, DiagnosticBag diagnostics)
    {
        _known = known;
        _order = order;
        _diagnostics = diagnostics;
    }

    public static void Run(BuiltTree built, KnownObjects known, KustomizationOrder order, DiagnosticBag diagnostics)
    {
        var check = new ReferenceCheck(known, order, diagnostics);
        foreach (var item in built.Objects)
        {
            check.CheckNamespace(item);
            foreach (var rule in ReferenceRules.Table.Of(item.Group.Length == 0 ? item.Kind : $"{item.Group}/{item.Kind}"))
            {
                check.Follow(item, rule, item.Node, null, 0);
            }
        }
    }

    private void CheckNamespace(TreeObject item)
    {
        if (item.Namespace is { } ns && new ObjectId("", "Namespace", "", ns) is var id && !_known.Contains(id, out _))
        {
            _diagnostics.Add(ManifestDiagnostics.NoSuchObject(item.Place, item.ToString(), "metadata.namespace", Text(id), _known.Hint(id)));
        }
    }

    private void Follow(TreeObject from, ReferenceRule rule, YamlNode? node, YamlMap? parent, int at)
    {
        if (at == rule.Path.Length)
        {
            Check(from, rule, node, parent);
            return;
        }

        if (node is not YamlMap map)
        {
            return;
        }

        var key = rule.Path[at];
        if (!key.EndsWith("[]", StringComparison.Ordinal))
        {
            Follow(from, rule, map[key], map, at + 1);
        }
        else if (map[key[..^2]] is YamlList list)
        {
            foreach (var entry in list.Items)
            {
                Follow(from, rule, entry, map, at + 1);
            }
        }
    }

    private void Check(TreeObject from, ReferenceRule rule, YamlNode? node, YamlMap? parent)
    {
        var reference = node as YamlMap;
        var name = ((reference is null ? node : reference["name"]) as YamlScalar) is { IsNull: false } text ? text.Value : null;
        // Empty, or null, means none, as in storageClassName: ""; a * is every object.
        if (name is null or "" or "*" || Target(from, rule, reference, name) is not { } id)
        {
            return;
        }

        _known.Referenced.Add(id);
        if ((reference ?? parent)?.Text("optional") == "true")
        {
            return;
        }

        if (!_known.Contains(id, out var later))
        {
            _diagnostics.Add(ManifestDiagnostics.NoSuchObject(PlaceOf(from, node!), from.ToString(), rule.Field, Text(id), _known.Hint(id)));
        }
        else if (rule.IsNeeded && later is not null && from.Owner.Length > 0 && ComesAfter(later, from.Owner, id))
        {
            _diagnostics.Add(ManifestDiagnostics.Deadlock(PlaceOf(from, node!), from.ToString(), rule.Field, $"{id.Kind} '{id.Name}'", from.Owner, later));
        }
    }

    // A child that waits for the Kustomization that applies it, which itself waits for the child.
    private bool ComesAfter(string later, string owner, ObjectId id) =>
        _order.Before(later).Contains(owner) || (later == owner && id.Kind == "Kustomization" && id.Name == owner);

    private static ObjectId? Target(TreeObject from, ReferenceRule rule, YamlMap? reference, string name)
    {
        var (group, kind) = (rule.Group, rule.Kind);
        if (rule.HasKind && reference is not null)
        {
            kind = reference.Text("kind") ?? kind;
            group = reference.Text("group") ?? reference.Text("apiGroup")
                ?? (reference.Text("apiVersion") is { } apiVersion ? ObjectId.GroupOf(apiVersion) : null)
                ?? KnownObjects.GroupOf(kind, kind == rule.Kind ? group : "");
        }

        // People are no objects.
        if (kind is "" or "User" or "Group")
        {
            return null;
        }

        var ns = KnownKinds.IsNamespaced(group, kind) == false ? "" : reference?.Text("namespace") ?? from.Namespace ?? rule.Namespace;
        return new ObjectId(group, kind, ns, name);
    }

    // What the engine makes has no place of its own.
    private static Place PlaceOf(TreeObject from, YamlNode node) => node.Source is not null ? node.Place : from.Place;

    private static string Text(ObjectId id) => $"{(id.Group.Length == 0 ? "" : id.Group + "/")}{VersionOf(id)}/{id.Kind}/{id.Namespace}/{id.Name}";

    private static string VersionOf(ObjectId id) => (id.Group, id.Kind) switch
    {
        ("helm.toolkit.fluxcd.io", _) or ("autoscaling", _) => "v2",
        ("notification.toolkit.fluxcd.io", "Provider" or "Alert") => "v1beta3",
        ("metallb.io", "BGPPeer") => "v1beta2",
        ("metallb.io", _) => "v1beta1",
        ("k8s.keycloak.org", _) => "v2alpha1",
        _ => "v1",
    };
}
