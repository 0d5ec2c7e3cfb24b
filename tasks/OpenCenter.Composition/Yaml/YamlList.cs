using System.Collections.Immutable;

namespace OpenCenter.Composition.Yaml;

/// <summary>A sequence.</summary>
internal sealed record YamlList(SourceFile? Source, int Line, int Column, ImmutableArray<YamlNode> Items)
    : YamlNode(Source, Line, Column)
{
    private readonly long _size = 1 + SumOf(Items);

    // A copy with other items has another size.
    public ImmutableArray<YamlNode> Items
    {
        get;
        init => (field, _size) = (value, 1 + SumOf(value));
    } = Items;

    public override long Size => _size;

    /// <summary>This list with each item replaced; itself where nothing is another.</summary>
    public YamlList Replace(Func<YamlNode, YamlNode> replace) =>
        Replaced.Each(Items, replace) is var items && items == Items ? this : this with { Items = items };

    public static YamlList Of(params IEnumerable<YamlNode> items) => new(null, 0, 0, [.. items]);

    private static long SumOf(ImmutableArray<YamlNode> items)
    {
        long sum = 0;
        foreach (var item in items)
        {
            sum += item.Size;
        }

        return sum;
    }
}
