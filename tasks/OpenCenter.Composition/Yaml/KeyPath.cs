using System.Collections.Immutable;
using System.Text;

namespace OpenCenter.Composition.Yaml;

/// <summary>
/// A path of keys in values, written <c>loki.storage.type</c>; a key with a dot is quoted:
/// <c>podAnnotations."prometheus.io/port"</c>.
/// </summary>
internal sealed record KeyPath(ImmutableArray<string> Keys)
{
    public static readonly KeyPath Root = new(ImmutableArray<string>.Empty);

    public KeyPath Add(string key) => new(Keys.Add(key));

    /// <summary>Whether the other path is this one or lies below it.</summary>
    public bool Contains(KeyPath other) =>
        other.Keys.Length >= Keys.Length && other.Keys.AsSpan()[..Keys.Length].SequenceEqual(Keys.AsSpan());

    public bool Equals(KeyPath? other) => other is not null && Keys.AsSpan().SequenceEqual(other.Keys.AsSpan());

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var key in Keys)
        {
            hash.Add(key, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => string.Join('.', Keys.Select(Quote));

    /// <summary>Reads a written path; false where it is empty, has an empty key or an open quote.</summary>
    public static bool TryParse(string text, out KeyPath path)
    {
        var keys = ImmutableArray.CreateBuilder<string>();
        var key = new StringBuilder();
        var (quoted, wasQuoted) = (false, false);
        foreach (var c in text)
        {
            if (c == '"')
            {
                (quoted, wasQuoted) = (!quoted, true);
            }
            else if (c == '.' && !quoted)
            {
                if (key.Length == 0 && !wasQuoted)
                {
                    path = Root;
                    return false;
                }

                keys.Add(key.ToString());
                key.Clear();
                wasQuoted = false;
            }
            else
            {
                key.Append(c);
            }
        }

        keys.Add(key.ToString());
        path = new KeyPath(keys.DrainToImmutable());
        return !quoted && (key.Length > 0 || wasQuoted);
    }

    private static string Quote(string key) =>
        key.Length == 0 || key.Contains('.', StringComparison.Ordinal) ? $"\"{key}\"" : key;
}
