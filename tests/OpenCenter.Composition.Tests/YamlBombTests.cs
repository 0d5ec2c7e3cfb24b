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
        { "aliases of a text", $"a: &a {new string('x', 1_000_000)}\nb: [{string.Join(',', Enumerable.Repeat("*a", 100_000))}]\n", "OC3001" },
        { "aliases of a comment", $"a: &a\n  # {new string('x', 1_000_000)}\n  b: 1\nc: [{string.Join(',', Enumerable.Repeat("*a", 100_000))}]\n", "OC3001" },
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
