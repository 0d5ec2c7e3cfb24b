using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>A patch of kustomize's, so that what is checked is what a cluster gets. What it can't follow it leaves as it is.</summary>
/// <param name="Target">What it changes.</param>
/// <param name="Change">A map: a strategic merge patch; a list: JSON 6902.</param>
internal sealed record ObjectPatch(PatchTarget Target, YamlNode Change)
{
    /// <summary>Of a file, or of an entry of <c>patches</c>; none where its target, or its text, is not to be understood.</summary>
    /// <param name="document">The patch, or an entry <c>{target, patch}</c>.</param>
    public static ImmutableArray<ObjectPatch> Of(YamlNode document)
    {
        if (document is not YamlMap map)
        {
            return [];
        }

        if (map["patch"] is not YamlScalar text)
        {
            return PatchTarget.OfObject(map) is { } named ? [new ObjectPatch(named, map)] : [];
        }

        return Of(Parse(text), map["target"] as YamlMap);
    }

    /// <summary>Of a patch's documents and the target beside them, if there is one.</summary>
    public static ImmutableArray<ObjectPatch> Of(ImmutableArray<YamlNode> documents, YamlMap? target)
    {
        var patches = ImmutableArray.CreateBuilder<ObjectPatch>();
        foreach (var document in documents)
        {
            if ((target is not null ? PatchTarget.OfSelector(target) : document is YamlMap map ? PatchTarget.OfObject(map) : null) is { } selected)
            {
                patches.Add(new ObjectPatch(selected, document));
            }
        }

        return patches.DrainToImmutable();
    }

    /// <summary>The texts of a patch that stands in a scalar; each node has that scalar's place.</summary>
    public static ImmutableArray<YamlNode> Parse(YamlScalar text) =>
        text.Source is not null && YamlReader.Read(new SourceFile(text.Source.Path, Utf8.Strict.GetBytes(text.Value)), new DiagnosticBag()) is { } documents
            ? [.. documents.Select(document => At(document, text))]
            : [];

    /// <summary>The objects as the patches leave them, in the order in which they are given.</summary>
    public static void Apply(IReadOnlyList<ObjectPatch> patches, IList<TreeObject> objects)
    {
        foreach (var patch in patches)
        {
            for (var at = objects.Count - 1; at >= 0; at--)
            {
                if (!patch.Target.Matches(objects[at]))
                {
                    continue;
                }

                if (patch.Apply(objects[at]) is not { } node)
                {
                    objects.RemoveAt(at);
                }
                else if (node.Text("metadata", "name") is { } name && node.Text("kind") is { } kind && node.Text("apiVersion") is { } apiVersion)
                {
                    var ns = TreeObject.NamespaceIn(node) ?? objects[at].Namespace;
                    objects[at] = objects[at] with { Node = node, Name = name, Kind = kind, ApiVersion = apiVersion, Namespace = ns, Patches = objects[at].Patches.Add(patch) };
                }
            }
        }
    }

    private YamlMap? Apply(TreeObject item)
    {
        if (Change is YamlList operations)
        {
            return JsonPatch.Apply(item.Node, operations);
        }

        if (Change is not YamlMap patch)
        {
            return item.Node;
        }

        if (patch.Text("$patch") == "delete")
        {
            return null;
        }

        // What has a target of its own says nothing by the name in it.
        return (YamlMap)StrategicMerge.Merge(item.Node, Target.IsPattern ? patch.Without("apiVersion").Without("kind").Without("metadata") : patch, MergesLists(item.Group));
    }

    // kustomize knows the merge keys of Kubernetes' own kinds alone.
    private static bool MergesLists(string group) =>
        KnownKinds.IsBuiltIn(group) && !group.EndsWith(".toolkit.fluxcd.io", StringComparison.Ordinal);

    private static YamlNode At(YamlNode node, YamlScalar place) => node switch
    {
        YamlMap map => new YamlMap(place.Source, place.Line, place.Column, [.. map.Entries.Select(entry => new YamlEntry((YamlScalar)At(entry.Key, place), At(entry.Value, place)))]),
        YamlList list => new YamlList(place.Source, place.Line, place.Column, [.. list.Items.Select(item => At(item, place))]),
        YamlScalar scalar => scalar with { Source = place.Source, Line = place.Line, Column = place.Column },
        _ => node,
    };
}
