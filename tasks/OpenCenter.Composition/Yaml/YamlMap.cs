using System.Collections.Immutable;

namespace OpenCenter.Composition.Yaml;

/// <summary>A mapping with scalar keys, in the order in which they were written.</summary>
internal sealed record YamlMap(SourceFile? Source, int Line, int Column, ImmutableArray<YamlEntry> Entries)
    : YamlNode(Source, Line, Column)
{
    private const int FewEntries = 8;

    private readonly long _size = 1 + SumOf(Entries);
    private readonly Dictionary<string, int>? _index = Index(Entries);

    // A copy with other entries has another size and index.
    public ImmutableArray<YamlEntry> Entries
    {
        get;
        init => (field, _size, _index) = (value, 1 + SumOf(value), Index(value));
    } = Entries;

    public override long Size => _size;

    /// <summary>The value under a key, or null where the key is missing.</summary>
    public YamlNode? this[string key] => Find(key)?.Value;

    public YamlEntry? Find(string key) => IndexOf(key) is >= 0 and var at ? Entries[at] : null;

    /// <summary>Where among the entries a key stands first; -1 where it is missing.</summary>
    public int IndexOf(string key)
    {
        if (_index is { } index)
        {
            return index.GetValueOrDefault(key, -1);
        }

        for (var at = 0; at < Entries.Length; at++)
        {
            if (Entries[at].Name == key)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>This map with each entry replaced; itself where nothing is another.</summary>
    public YamlMap Replace(Func<YamlEntry, YamlEntry> replace) =>
        Replaced.Each(Entries, replace) is var entries && entries == Entries ? this : this with { Entries = entries };

    /// <summary>The text of a scalar under a path of keys, or null.</summary>
    public string? Text(params string[] path) => (At(path) as YamlScalar)?.Value;

    /// <summary>The value under a path of keys, or null.</summary>
    public YamlNode? At(KeyPath path) => At(path.Keys.AsSpan());

    /// <summary>This map with another value where <see cref="At(KeyPath)"/> finds one.</summary>
    public YamlMap With(KeyPath path, YamlNode value) => With(path.Keys.AsSpan(), value);

    /// <summary>This map with a value under a key, whether it had one there or not.</summary>
    public YamlMap Set(string key, YamlNode value)
    {
        var at = IndexOf(key);
        return at < 0 ? this with { Entries = Entries.Add(new YamlEntry(YamlScalar.Text(key), value)) }
            : ReferenceEquals(Entries[at].Value, value) ? this
            : this with { Entries = Entries.SetItem(at, Entries[at] with { Value = value }) };
    }

    /// <summary>This map without a key, whether it had it or not.</summary>
    public YamlMap Without(string key) =>
        Find(key) is null ? this : this with { Entries = [.. Entries.Where(entry => entry.Name != key)] };

    private YamlNode? At(ReadOnlySpan<string> path)
    {
        YamlNode? node = this;
        foreach (var key in path)
        {
            node = (node as YamlMap)?[key];
        }

        return node;
    }

    private YamlMap With(ReadOnlySpan<string> path, YamlNode value) =>
        Set(path[0], path.Length == 1 ? value : ((YamlMap)this[path[0]]!).With(path[1..], value));

    /// <summary>A map of ours; entries without a value are left out.</summary>
    public static YamlMap Of(params (string Key, YamlNode? Value)[] entries)
    {
        var all = ImmutableArray.CreateBuilder<YamlEntry>(entries.Length);
        foreach (var (key, value) in entries)
        {
            if (value is not null)
            {
                all.Add(new YamlEntry(YamlScalar.Text(key), value));
            }
        }

        return new YamlMap(null, 0, 0, all.DrainToImmutable());
    }

    private static Dictionary<string, int>? Index(ImmutableArray<YamlEntry> entries)
    {
        if (entries.Length <= FewEntries)
        {
            return null;
        }

        var index = new Dictionary<string, int>(entries.Length, StringComparer.Ordinal);
        for (var i = 0; i < entries.Length; i++)
        {
            index.TryAdd(entries[i].Name, i);
        }

        return index;
    }

    private static long SumOf(ImmutableArray<YamlEntry> entries)
    {
        long sum = 0;
        foreach (var entry in entries)
        {
            sum += entry.Key.Size + entry.Value.Size;
        }

        return sum;
    }
}
