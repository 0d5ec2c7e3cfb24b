using System.Diagnostics;
using System.Text;

namespace OpenCenter.Composition.Tests;

/// <summary>A package is untrusted input: what would fill the memory or never end is an error at once.</summary>
public sealed class YamlBombTests : IDisposable
{
    private readonly TestCluster _cluster = new TestCluster().Service("app");

    public void Dispose() => _cluster.Dispose();

    public static TheoryData<string, string, string> Bombs => new()
    {
        { "aliases", Aliases(), "OC3001" },
        { "flow lists", $"a: {new string('[', 100_000)}", "OC3001" },
        { "flow maps", $"a: {string.Concat(Enumerable.Repeat("{a: ", 100_000))}", "OC3001" },
        { "block lists", $"a:\n  {string.Concat(Enumerable.Repeat("- ", 100_000))}x\n", "OC3001" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_an_error_and_no_hang(string name, string text, string code)
    {
        _cluster.Build();
        _cluster.File("values/app.yaml", text);

        var watch = Stopwatch.StartNew();
        var found = _cluster.Expect(code);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{name}: {watch.Elapsed}");
        Assert.True(found.Place is { Line: > 0 }, name);
    }

    [Fact]
    public void A_file_of_200_megabytes_is_not_read()
    {
        _cluster.File("values/app.yaml", "");
        using (var file = File.OpenWrite(_cluster.PathOf("values/app.yaml")))
        {
            file.SetLength(200_000_000);
        }

        var before = GC.GetTotalAllocatedBytes();

        Assert.Contains("larger than 16 MiB", _cluster.Expect("OC1014").Message, StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 50_000_000);
    }

    // Nine levels of ten: 10^9 nodes.
    private static string Aliases()
    {
        var text = new StringBuilder("a0: &a0 x\n");
        for (var level = 1; level <= 9; level++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{level}: &a{level} [{string.Join(',', Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        }

        return text.ToString();
    }
}
