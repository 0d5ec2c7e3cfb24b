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
            return Clean(high);
        }

        foreach (var entry in high.Entries)
        {
            if (entry.Name.StartsWith('$'))
            {
                continue;
            }

            map = entry.Value is YamlScalar { IsNull: true } || (entry.Value as YamlMap)?.Text("$patch") == "delete" ? map.Without(entry.Name)
                : map[entry.Name] is not { } old ? map.Set(entry.Name, Clean(entry.Value))
                : map.Set(entry.Name, old is YamlList oldList && entry.Value is YamlList newList && mergesLists && KeyOf(entry.Name, newList) is { } key
                    ? MergeLists(oldList, newList, key)
                    : Merge(old, entry.Value, mergesLists));
        }

        return map;
    }

    // The lists of pods and Services that have a merge key; the others are replaced.
    private static string? KeyOf(string field, YamlList entries) => field switch
    {
        "containers" or "initContainers" or "ephemeralContainers" or "volumes" or "env" or "imagePullSecrets" or "secrets" => "name",
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
            var at = (item as YamlMap)?.Text(key) is { } id ? items.FindIndex(other => (other as YamlMap)?.Text(key) == id) : -1;
            var isDeletion = (item as YamlMap)?.Text("$patch") == "delete";
            if (at >= 0 && isDeletion)
            {
                items.RemoveAt(at);
            }
            else if (at >= 0)
            {
                items[at] = Merge(items[at], item, mergesLists: true);
            }
            else if (!isDeletion)
            {
                items.Add(Clean(item));
            }
        }

        return high with { Items = [.. items] };
    }

    // What a patch brings anew has no directives, and no null.
    private static YamlNode Clean(YamlNode node) => node is YamlMap map
        ? map with { Entries = [.. map.Entries.Where(entry => !entry.Name.StartsWith('$') && entry.Value is not YamlScalar { IsNull: true }).Select(entry => entry with { Value = Clean(entry.Value) })] }
        : node;
}
