using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Output;

/// <summary>
/// The committed tree's objects stand in the cluster, where the API server refuses to change some of their fields: Flux would
/// fail on the new tree. What charts make of their values, and patches, are not looked into.
/// </summary>
internal sealed class ImmutableFieldCheck
{
    private const string Force = "kustomize.toolkit.fluxcd.io/force";
    private const int MaxFile = 16 * 1024 * 1024;

    private static readonly ImmutableArray<string> Data = ["data", "binaryData", "stringData", "immutable"];

    private readonly TreeOnDisk _disk;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, HashSet<string>> _resources = new(StringComparer.Ordinal);

    private ImmutableFieldCheck(TreeOnDisk disk, DiagnosticBag diagnostics) => (_disk, _diagnostics) = (disk, diagnostics);

    public static void Run(TreeOnDisk disk, ImmutableArray<TreeChange> changes, ImmutableArray<TreeObject> objects, DiagnosticBag diagnostics)
    {
        var check = new ImmutableFieldCheck(disk, diagnostics);
        ILookup<string, TreeObject>? byOwner = null;
        foreach (var change in changes)
        {
            // Few builds change something, and few components have such objects: the others' files are not even opened.
            if (change.Kind == FileChangeKind.Added || change.Path.Split('/') is not ["components", var owner, ..])
            {
                continue;
            }

            byOwner ??= objects.Where(IsOfConcern).ToLookup(item => item.Owner, StringComparer.Ordinal);
            var items = byOwner[owner].ToArray();
            foreach (var old in items.Length > 0 && check.IsResource(change.Path) ? check.DocumentsOf(change.Path) : [])
            {
                if (Array.Find(items, item => IsSame(old, item)) is { } item)
                {
                    check.Compare(old, item);
                }
            }
        }
    }

    private static bool IsOfConcern(TreeObject item) =>
        item.Node.Source is not null
        && (ImmutableFields.Of(item.Group, item.Kind).Length > 0 || item is { Group: "", Kind: "ConfigMap" })
        && !string.Equals(item.Node.Text("metadata", "annotations", Force), "enabled", StringComparison.OrdinalIgnoreCase);

    // A patch looks like an object, too: the nearest kustomization says what a file is.
    private bool IsResource(string path)
    {
        var folder = path;
        while (folder.LastIndexOf('/') is var slash and > 0)
        {
            folder = folder[..slash];
            if (_disk.Listing.Files.Contains($"{folder}/kustomization.yaml"))
            {
                return ResourcesOf(folder).Contains(path[(folder.Length + 1)..]);
            }
        }

        return false;
    }

    private HashSet<string> ResourcesOf(string folder)
    {
        if (!_resources.TryGetValue(folder, out var names))
        {
            _resources.Add(folder, names = new HashSet<string>(StringComparer.Ordinal));
            foreach (var resource in DocumentsOf($"{folder}/kustomization.yaml").SelectMany(document => (document["resources"] as YamlList)?.Items ?? []).OfType<YamlScalar>())
            {
                names.Add(KustomizationReader.Plain(resource.Value));
            }
        }

        return names;
    }

    // Whatever a person made of a file by now, that is not this check's matter.
    private IEnumerable<YamlMap> DocumentsOf(string path)
    {
        var file = TreePath.On(_disk.Root, path);
        if (new FileInfo(file).Length > MaxFile)
        {
            return [];
        }

        var documents = YamlReader.Read(new SourceFile(file, File.ReadAllBytes(file)), new DiagnosticBag());
        return (documents ?? []).OfType<YamlMap>().SelectMany(document => document["items"] is YamlList items ? items.Items.OfType<YamlMap>() : [document]);
    }

    private static bool IsSame(YamlMap old, TreeObject item) =>
        old.Text("kind") == item.Kind && old.Text("metadata", "name") == item.Name
        && old.Text("apiVersion") is { } apiVersion && ObjectId.GroupOf(apiVersion) == item.Group
        && (TreeObject.NamespaceIn(old) is not { } ns || ns == item.Namespace);

    private void Compare(YamlMap old, TreeObject item)
    {
        foreach (var rule in ImmutableFields.Of(item.Group, item.Kind))
        {
            var equals = rule.IndexOf('=', StringComparison.Ordinal);
            CompareField(old, item, equals < 0 ? rule : rule[..equals], equals < 0 ? null : rule[(equals + 1)..]);
        }

        switch (item.Group, item.Kind)
        {
            case ("", "PersistentVolumeClaim"):
                CompareSize(old, item);
                break;
            case ("", "ConfigMap" or "Secret") when old.Text("immutable") == "true":
                foreach (var field in Data)
                {
                    CompareField(old, item, field, null);
                }

                break;
            default:
                break;
        }
    }

    private void CompareField(YamlMap old, TreeObject item, string field, string? fallback)
    {
        var path = new KeyPath([.. field.Split('.')]);
        if (!AreSame(old.At(path), item.Written.At(path), fallback) && !IsPatched(item, path) && !IsDropped(item, old.At(path), item.Node.At(path)))
        {
            _diagnostics.Add(OutputDiagnostics.Immutable(PlaceOf(item, path), item.ToString(), field, item.Kind is "PersistentVolumeClaim" or "PersistentVolume"));
        }
    }

    // Of what a patch sets, the committed files don't say what it was.
    private static bool IsPatched(TreeObject item, KeyPath path) =>
        !ReferenceEquals(item.Written, item.Node) && !AreSame(item.Written.At(path), item.Node.At(path), null);

    // What nothing sets any more, and what a Service that becomes an ExternalName has no more, the API server keeps or takes away.
    private static bool IsDropped(TreeObject item, YamlNode? old, YamlNode? now) =>
        item is { Group: "", Kind: "Service" } && (now is null || item.Node.Text("spec", "type") == "ExternalName" || (old is null && now is YamlScalar { Value: "" }));

    private void CompareSize(YamlMap old, TreeObject item)
    {
        var path = new KeyPath(["spec", "resources", "requests", "storage"]);
        if (old.At(path) is YamlScalar before && item.Node.At(path) is YamlScalar now && Quantity.Of(before.Value) is { } larger && Quantity.Of(now.Value) is { } smaller && smaller < larger && !IsPatched(item, path))
        {
            _diagnostics.Add(OutputDiagnostics.Shrinks(PlaceOf(item, path), item.ToString(), path.ToString(), now.Value, before.Value));
        }
    }

    private static Place PlaceOf(TreeObject item, KeyPath path)
    {
        for (var length = path.Keys.Length; length > 0; length--)
        {
            if (item.Node.At(new KeyPath(path.Keys[..length])) is { Source: not null } node)
            {
                return node.Place;
            }
        }

        return item.Place;
    }

    private static bool AreSame(YamlNode? old, YamlNode? now, string? fallback) => (IsNull(old), IsNull(now)) switch
    {
        (true, true) => true,
        (true, false) => now is YamlScalar scalar && scalar.Value == fallback,
        (false, true) => old is YamlScalar scalar && scalar.Value == fallback,
        _ => AreSame(old!, now!),
    };

    private static bool AreSame(YamlNode old, YamlNode now) => (old, now) switch
    {
        (YamlScalar left, YamlScalar right) => left.Value == right.Value,
        (YamlList left, YamlList right) => left.Items.Length == right.Items.Length && left.Items.Zip(right.Items).All(pair => AreSame(pair.First, pair.Second)),
        (YamlMap left, YamlMap right) => left.Entries.All(entry => AreSame(entry.Value, right[entry.Name], null)) && right.Entries.All(entry => !IsNull(left[entry.Name]) || IsNull(entry.Value)),
        _ => false,
    };

    private static bool IsNull(YamlNode? node) => node is null or YamlScalar { IsNull: true };
}
