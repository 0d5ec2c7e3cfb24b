using System.Text.RegularExpressions;

namespace OpenCenter.Composition.Tests;

/// <summary><c>docs/security.md</c> promises nothing without a test.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly ILookup<string, string> Sources = Directory.EnumerateFiles(Path.Combine(Needs.Repository, "tests"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
        .ToLookup(file => Path.GetFileNameWithoutExtension(file)!, StringComparer.Ordinal);

    public static TheoryData<string> Promises => [.. File.ReadAllLines(Path.Combine(Needs.Repository, "docs/security.md")).Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal) && line != "| promise | test |")];

    [Theory]
    [MemberData(nameof(Promises))]
    public void A_promise_names_tests_that_exist(string row)
    {
        var names = Name().Matches(row.Split(" | ")[^1]).Select(match => match.Groups[1].Value).ToArray();

        Assert.NotEmpty(names);
        var current = "";
        foreach (var name in names)
        {
            if (name.Contains('/', StringComparison.Ordinal))
            {
                Assert.True(Path.Exists(Path.Combine(Needs.Repository, name)), name);
                continue;
            }

            // A test whose class is not said is of the class before.
            var parts = name.Split('.');
            current = parts.Length == 2 || parts[0].EndsWith("Tests", StringComparison.Ordinal) ? parts[0] : current;
            var source = Assert.Single(Sources[current]);
            Assert.True(parts[^1] == current || Regex.IsMatch(File.ReadAllText(source), $@"\bpublic (void|async Task) {parts[^1]}\("), name);
        }
    }

    [GeneratedRegex("`([A-Za-z0-9_./]+)`")]
    private static partial Regex Name();
}
