using System.Globalization;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>JSON patches (RFC 6902). An operation that can't be done is kustomize's to report: the object then stays as it is.</summary>
internal static class JsonPatch
{
    public static YamlMap Apply(YamlMap item, YamlList operations)
    {
        YamlNode? node = item;
        foreach (var operation in operations.Items.OfType<YamlMap>())
        {
            node = Apply(node, operation);
            if (node is null)
            {
                return item;
            }
        }

        return node as YamlMap ?? item;
    }

    private static YamlNode? Apply(YamlNode node, YamlMap operation)
    {
        if (operation.Text("path") is not { } path)
        {
            return null;
        }

        var from = JsonPointer.Keys(operation.Text("from") ?? "");
        return operation.Text("op") switch
        {
            "add" => operation["value"] is { } value ? Change(node, JsonPointer.Keys(path), value, isNew: true) : null,
            "replace" => operation["value"] is { } value ? Change(node, JsonPointer.Keys(path), value, isNew: false) : null,
            "remove" => Change(node, JsonPointer.Keys(path), null, isNew: false),
            "copy" => At(node, from) is { } source ? Change(node, JsonPointer.Keys(path), source, isNew: true) : null,
            "move" => At(node, from) is { } source && Change(node, from, null, isNew: false) is { } without ? Change(without, JsonPointer.Keys(path), source, isNew: true) : null,
            "test" => node,
            _ => null,
        };
    }

    private static YamlNode? At(YamlNode node, ReadOnlySpan<string> keys)
    {
        YamlNode? found = node;
        foreach (var key in keys)
        {
            found = found switch
            {
                YamlMap map => map[key],
                YamlList list when IndexOf(list, key) is var at && at < list.Items.Length => list.Items[at],
                _ => null,
            };
        }

        return found;
    }

    // A value of null takes away what is there.
    private static YamlNode? Change(YamlNode? node, ReadOnlySpan<string> keys, YamlNode? value, bool isNew)
    {
        if (keys.IsEmpty)
        {
            return value;
        }

        switch (node)
        {
            case YamlMap map when keys.Length == 1 && value is null:
                return map[keys[0]] is null ? null : map.Without(keys[0]);
            case YamlMap map when keys.Length == 1:
                return isNew || map[keys[0]] is not null ? map.Set(keys[0], value!) : null;
            case YamlMap map:
                return Change(map[keys[0]], keys[1..], value, isNew) is { } changed ? map.Set(keys[0], changed) : null;
            case YamlList list:
                return Change(list, keys, value, isNew);
            default:
                return null;
        }
    }

    private static YamlList? Change(YamlList list, ReadOnlySpan<string> keys, YamlNode? value, bool isNew)
    {
        var at = IndexOf(list, keys[0]);
        if (keys.Length == 1 && isNew && value is not null && at <= list.Items.Length)
        {
            return list with { Items = list.Items.Insert(at, value) };
        }

        if (at >= list.Items.Length)
        {
            return null;
        }

        if (keys.Length == 1)
        {
            return list with { Items = value is null ? list.Items.RemoveAt(at) : list.Items.SetItem(at, value) };
        }

        return Change(list.Items[at], keys[1..], value, isNew) is { } changed
            ? list with { Items = list.Items.SetItem(at, changed) }
            : null;
    }

    // Beyond the end where the text is no index.
    private static int IndexOf(YamlList list, string key) =>
        key == "-" ? list.Items.Length
        : int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at
        : int.MaxValue;
}
