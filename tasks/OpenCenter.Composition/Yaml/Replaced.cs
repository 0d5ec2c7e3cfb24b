using System.Collections.Immutable;

namespace OpenCenter.Composition.Yaml;

/// <summary>An array of which only a few items change.</summary>
internal static class Replaced
{
    /// <summary>Each item replaced; the same array where nothing is another.</summary>
    public static ImmutableArray<T> Each<T>(ImmutableArray<T> items, Func<T, T> replace)
        where T : class
    {
        ImmutableArray<T>.Builder? replaced = null;
        for (var at = 0; at < items.Length; at++)
        {
            var item = replace(items[at]);
            if (!ReferenceEquals(item, items[at]))
            {
                replaced ??= items.ToBuilder();
                replaced[at] = item;
            }
        }

        return replaced?.DrainToImmutable() ?? items;
    }
}
