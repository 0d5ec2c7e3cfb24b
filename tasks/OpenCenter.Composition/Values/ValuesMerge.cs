using System.Collections.Immutable;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>
/// Merges values as Flux 2.9's helm-controller composes <c>valuesFrom</c>: maps key by key, everything else is replaced;
/// null is a value like any other (only Helm, later, deletes with it). Keys keep the order of the lowest tier that has them.
/// </summary>
internal sealed class ValuesMerge(ImmutableArray<ListRule> lists)
{
    /// <summary>Called for each value of the lower map that a higher one replaces by something else.</summary>
    public Action<KeyPath, YamlNode, YamlNode>? Replacing { get; init; }

    public YamlMap Merge(YamlMap low, YamlMap high) => Merge(low, high, KeyPath.Root);

    private YamlMap Merge(YamlMap low, YamlMap high, KeyPath path)
    {
        var merged = low.Entries.ToBuilder();
        foreach (var entry in high.Entries)
        {
            if (low.IndexOf(entry.Name) is >= 0 and var at)
            {
                merged[at] = new YamlEntry(merged[at].Key, Merge(merged[at].Value, entry.Value, path.Add(entry.Name)));
            }
            else
            {
                merged.Add(entry);
            }
        }

        return low with { Entries = merged.DrainToImmutable() };
    }

    private YamlNode Merge(YamlNode low, YamlNode high, KeyPath path)
    {
        if (low is YamlMap lowMap && high is YamlMap highMap)
        {
            return Merge(lowMap, highMap, path);
        }

        if (low is YamlList lowList && high is YamlList highList && lists.FirstOrDefault(rule => rule.Path.Equals(path)) is { } rule)
        {
            return rule.MergeBy is { } key ? MergeBy(lowList, highList, key, path) : lowList with { Items = lowList.Items.AddRange(highList.Items) };
        }

        Replacing?.Invoke(path, low, high);
        return high;
    }

    private YamlList MergeBy(YamlList low, YamlList high, string key, KeyPath path)
    {
        var items = low.Items.ToBuilder();
        foreach (var item in high.Items)
        {
            var id = (item as YamlMap)?.Text(key);
            if (id is not null && items.FirstOrDefault(other => (other as YamlMap)?.Text(key) == id) is { } same)
            {
                items[items.IndexOf(same)] = Merge((YamlMap)same, (YamlMap)item, path);
            }
            else
            {
                items.Add(item);
            }
        }

        return low with { Items = items.DrainToImmutable() };
    }
}
