using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>
/// Kubernetes' strategic merge patch: maps are merged, null deletes, lists of Kubernetes' own kinds are merged where their
/// entries have a key; those of other kinds are replaced.
/// </summary>
internal static class StrategicMerge
{
    /// <param name="low">What is patched.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="mergesLists">Whether the object is of one of Kubernetes' own kinds.</param>
    public static YamlNode Merge(YamlNode low, YamlNode patch, bool mergesLists)
    {
        if (patch is not YamlMap high)
        {
            return patch;
        }

        if (low is not YamlMap map || high.Text("$patch") == "replace")
        {
            return Clean(high, mergesLists);
        }

        foreach (var entry in high.Entries)
        {
            if (entry.Name.StartsWith('$'))
            {
                continue;
            }

            // A null that deletes nothing is nothing to the API server, but may be misspelt.
            map = IsDeletion(entry.Value) ? map.Without(entry.Name)
                : map[entry.Name] is not { } old ? map with { Entries = map.Entries.Add(entry with { Value = Clean(entry.Value, mergesLists) }) }
                : entry.Value is YamlScalar { IsNull: true } ? map.Without(entry.Name)
                : map.Set(entry.Name, old is YamlList oldList && entry.Value is YamlList newList && mergesLists && KeyOf(entry.Name, newList) is { } key
                    ? MergeLists(oldList, newList, key)
                    : Merge(old, entry.Value, mergesLists));
        }

        return map;
    }

    private static bool IsDeletion(YamlNode node) => (node as YamlMap)?.Text("$patch") == "delete";

    // The lists of pods and Services that have a merge key; the others are replaced.
    private static string? KeyOf(string field, YamlList entries) => field switch
    {
        "containers" or "initContainers" or "ephemeralContainers" or "volumes" or "env" or "imagePullSecrets" or "secrets" or "webhooks" => "name",
        "ports" => entries.Items.Any(item => (item as YamlMap)?["containerPort"] is not null) ? "containerPort" : "port",
        "volumeMounts" => "mountPath",
        "volumeDevices" => "devicePath",
        "hostAliases" => "ip",
        "topologySpreadConstraints" => "topologyKey",
        _ => null,
    };

    private static YamlList MergeLists(YamlList low, YamlList high, string key)
    {
        if (high.Items.Any(item => (item as YamlMap)?.Text("$patch") == "replace"))
        {
            return high with { Items = [.. high.Items.Where(item => (item as YamlMap)?.Text("$patch") is null)] };
        }

        var items = low.Items.ToList();
        foreach (var item in high.Items)
        {
            var (id, protocol) = ((item as YamlMap)?.Text(key), (item as YamlMap)?.Text("protocol"));
            var at = id is null ? -1 : items.FindIndex(other => IsOf(other, id) && ((YamlMap)other).Text("protocol") == protocol);
            if (at >= 0 && IsDeletion(item))
            {
                items.RemoveAt(at);
            }
            else if (at >= 0)
            {
                items[at] = Merge(items[at], item, mergesLists: true);
            }
            else if (!IsDeletion(item) && !items.Exists(other => IsOf(other, id) && (((YamlMap)other).Text("protocol") is null) != (protocol is null)))
            {
                items.Add(Clean(item, mergesLists: true));
            }
        }

        return high with { Items = [.. items] };

        // Of two ports of one number, kustomize drops the patch's where only one of them names its protocol.
        bool IsOf(YamlNode other, string? id) => id is not null && (other as YamlMap)?.Text(key) == id;
    }

    // What a patch brings anew has no directives; a list's own, but deletions in one that has a key, kustomize leaves there.
    private static YamlNode Clean(YamlNode node, bool mergesLists) => node switch
    {
        YamlMap map => map with { Entries = [.. map.Entries.Where(entry => !entry.Name.StartsWith('$') && !IsDeletion(entry.Value)).Select(entry => entry with { Value = Clean(entry.Value, mergesLists) })] },
        YamlList list when mergesLists => list with { Items = [.. list.Items.Where(item => !IsDeletion(item))] },
        _ => node,
    };
}
