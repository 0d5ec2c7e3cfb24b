using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;
using YamlDotNet.Core;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>
/// Reads a map strictly: a key of the wrong type or missing is reported where it is read, an unknown one by
/// <see cref="Done"/>.
/// </summary>
internal sealed class MapReader(YamlMap map, string path, DiagnosticBag diagnostics)
{
    private readonly List<string> _known = [];

    public Place Place => map.Place;

    public string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    public bool Has(string key) => map[key] is not null;

    /// <summary>A string; a number or boolean in its place is an error, as the quotes are missing.</summary>
    public YamlScalar? Text(string key, bool required = false)
    {
        if (Find(key, required) is not { } node)
        {
            return null;
        }

        if (NotText(node) is not { } expected)
        {
            return (YamlScalar)node;
        }

        diagnostics.Add(ProjectDiagnostics.WrongType(node.Place, PathOf(key), expected));
        return null;
    }

    /// <summary>A string of a set of words.</summary>
    public string? Word(string key, bool required, params string[] allowed)
    {
        var text = Text(key, required);
        if (text is null || allowed.Contains(text.Value))
        {
            return text?.Value;
        }

        diagnostics.Add(ProjectDiagnostics.NotOneOf(text.Place, PathOf(key), text.Value, allowed.ToArray()));
        return null;
    }

    public bool? Boolean(string key)
    {
        var node = Find(key, false);
        if (node is YamlScalar { IsQuoted: false, Value: "true" or "false" } scalar)
        {
            return scalar.Value == "true";
        }

        if (node is not null)
        {
            diagnostics.Add(ProjectDiagnostics.WrongType(node.Place, PathOf(key), "true or false"));
        }

        return null;
    }

    /// <summary>Any scalar: a setting's default has the setting's type.</summary>
    public YamlScalar? Scalar(string key)
    {
        var node = Find(key, false);
        if (node is not (null or YamlScalar))
        {
            diagnostics.Add(ProjectDiagnostics.WrongType(node.Place, PathOf(key), "a scalar"));
        }

        return node as YamlScalar;
    }

    public YamlMap? Map(string key, bool required = false)
    {
        var node = Find(key, required);
        if (node is not (null or YamlMap))
        {
            diagnostics.Add(ProjectDiagnostics.WrongType(node.Place, PathOf(key), "a map"));
        }

        return node as YamlMap;
    }

    public MapReader? Reader(string key, bool required = false) =>
        Map(key, required) is { } value ? new MapReader(value, PathOf(key), diagnostics) : null;

    public ImmutableArray<YamlScalar> Texts(string key) => List<YamlScalar>(key, NotText);

    /// <summary>Any scalars but null: what a setting may be has the setting's type.</summary>
    public ImmutableArray<YamlScalar> Scalars(string key) => List<YamlScalar>(key, node => node is YamlScalar { IsNull: false } ? null : "a scalar");

    public ImmutableArray<YamlMap> Maps(string key) => List<YamlMap>(key, node => node is YamlMap ? null : "a map");

    public ImmutableArray<T> Each<T>(string key, Func<MapReader, T?> read)
        where T : class
    {
        var maps = Maps(key);
        var all = ImmutableArray.CreateBuilder<T>(maps.Length);
        for (var i = 0; i < maps.Length; i++)
        {
            var reader = new MapReader(maps[i], $"{PathOf(key)}[{i}]", diagnostics);
            if (read(reader) is { } item)
            {
                all.Add(item);
            }

            reader.Done();
        }

        return all.DrainToImmutable();
    }

    /// <summary>Reports every key that nobody asked for.</summary>
    public void Done()
    {
        foreach (var entry in map.Entries)
        {
            if (!_known.Contains(entry.Name, StringComparer.Ordinal))
            {
                var hint = Nearest.Hint(entry.Name, _known);
                diagnostics.Add(ProjectDiagnostics.UnknownKey(entry.Key.Place, PathOf(entry.Name), hint.Length > 0 ? hint : $" There are: {string.Join(", ", _known.Order(StringComparer.Ordinal))}."));
            }
        }
    }

    // What a node should have been; null where it is a text.
    private static string? NotText(YamlNode node) => node switch
    {
        not YamlScalar => "a string",
        YamlScalar scalar when scalar.IsNull || (!scalar.IsQuoted && Yaml12.TypeOf(scalar.Value) != Yaml12Type.String) => $"a string; write \"{scalar.Value}\" in quotes if that is meant",
        _ => null,
    };

    private ImmutableArray<T> List<T>(string key, Func<YamlNode, string?> isWrong)
        where T : YamlNode
    {
        var node = Find(key, false);
        if (node is not YamlList list)
        {
            if (node is not null)
            {
                diagnostics.Add(ProjectDiagnostics.WrongType(node.Place, PathOf(key), "a list"));
            }

            return [];
        }

        var all = ImmutableArray.CreateBuilder<T>(list.Items.Length);
        foreach (var item in list.Items)
        {
            if (isWrong(item) is { } expected)
            {
                diagnostics.Add(ProjectDiagnostics.WrongType(item.Place, $"{PathOf(key)}[]", expected));
            }
            else
            {
                all.Add((T)item);
            }
        }

        return all.DrainToImmutable();
    }

    private YamlNode? Find(string key, bool required)
    {
        _known.Add(key);
        var node = map[key];
        if (node is null && required)
        {
            diagnostics.Add(ProjectDiagnostics.MissingKey(map.Place, PathOf(key)));
        }

        return node is YamlScalar { IsNull: true, Style: ScalarStyle.Plain } && !required ? null : node;
    }
}
