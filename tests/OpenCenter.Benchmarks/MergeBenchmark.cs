using System.Globalization;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Benchmarks;

/// <summary>Three tiers of many keys, merged, with the origin of every value.</summary>
internal static class MergeBenchmark
{
    public static void Run()
    {
        foreach (var keys in (int[])[10_000, 100_000])
        {
            var layers = Enumerable.Range(0, 3).Select(tier => new ValuesLayer(ValuesTier.Override, Tier(keys, tier), null)).ToArray();
            void Merge()
            {
                var merged = layers.Aggregate(YamlMap.Of(), (low, layer) => new ValuesMerge([]).Merge(low, layer.Values));
                if (ValueOrigin.Of(new EffectiveValues { Merged = merged, Layers = [.. layers], Tiers = [] }).Count < keys)
                {
                    throw new InvalidOperationException("a key was lost");
                }
            }

            for (var warmup = 0; warmup < 10; warmup++)
            {
                Merge();
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var seconds = Command.Median([.. Enumerable.Range(0, 11).Select(_ => Command.Seconds(Merge))]);
            allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / 11;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"merge of 3 × {keys} keys {seconds * 1000,8:f1} ms, {allocated / 1e6:f1} MB allocated"));
        }
    }

    // Half of a tier's keys are its own, so that there is something to override and something to add.
    private static YamlMap Tier(int keys, int tier) => YamlMap.Of(
    [
        .. Enumerable.Range(tier * keys / 200, keys / 100).Select(group => ($"group{group}", (YamlNode?)YamlMap.Of(
        [
            .. Enumerable.Range(0, 100).Select(key => ($"key{key}", (YamlNode?)tier)),
        ]))),
    ]);
}
