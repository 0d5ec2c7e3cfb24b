using OpenCenter.Composition.Secrets;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>What is lost where a list replaces another, in few words.</summary>
internal static class DroppedEntries
{
    private const int MostNames = 5;

    /// <summary>Empty where every entry of the lower list, under a key, has one of its name, or of its text, in the higher one.</summary>
    public static string Of(string key, YamlList low, YamlList high)
    {
        var kept = high.Items.Select(Name).ToHashSet(StringComparer.Ordinal);
        var lost = low.Items.Select(Name).Where(name => !kept.Contains(name)).ToArray();
        var names = lost.OfType<string>().Where(name => !Hidden.IsSecret(key, name)).Take(MostNames).Select(name => $"'{name}'").ToArray();
        var more = lost.Length - names.Length;
        return lost.Length == 0 ? ""
            : names.Length == 0 ? $"{more} of {low.Items.Length} entries"
            : string.Join(", ", names) + (more > 0 ? $" and {more} more" : "");
    }

    // A scalar is its own name; null where an entry has none.
    private static string? Name(YamlNode entry) => entry switch
    {
        YamlScalar scalar => scalar.Value,
        YamlMap map => map.Text("name") ?? map.Text("key") ?? map.Text("id"),
        _ => null,
    };
}
