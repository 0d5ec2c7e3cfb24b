using System.Diagnostics;
using System.Text;
using CsCheck;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>The comments of values go into the tree with them, and change nothing.</summary>
public sealed class CommentTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_key_keeps_the_comment_above_it_and_a_value_the_one_behind_it()
    {
        _cluster.Service("app", files: ("values/base.yaml", "# Two,\n# on two nodes.\nreplicas: 2  # of three\nhook:  # The webhook.\n  # Inner.\n  port: 1\nnone:  # yet\n")).BuildClean();

        Assert.Equal(
            "# Two,\n# on two nodes.\nreplicas: 2  # of three\nhook:  # The webhook.\n  # Inner.\n  port: 1\nnone: null  # yet\n",
            _cluster.Tree("components/app/values.yaml"));
    }

    [Fact]
    public void The_lowest_tier_that_has_a_key_says_what_stands_above_it_and_the_highest_what_stands_behind_its_value()
    {
        _cluster.Service("app", files: ("values/base.yaml", "# base\na: 1  # one\n# base\nb: {c: 1}\n"))
            .File("values/app.yaml", "# own\na: 2  # two\nb:\n  # own\n  d: 2\n# own\ne: 3\n").BuildClean();

        Assert.Equal("# base\na: 2  # two\n# base\nb:\n  c: 1\n  # own\n  d: 2\n# own\ne: 3\n", _cluster.Tree("components/app/values.yaml"));
    }

    [Fact]
    public void In_Layered_mode_each_tier_has_its_own()
    {
        _cluster.Property("FluxValuesMode", "Layered").Service("app", files: ("values/base.yaml", "# base\na: 1\n")).File("values/app.yaml", "# own\na: 2\n").BuildClean();

        Assert.Equal("# base\na: 1\n", _cluster.Tree("components/app/values-base.yaml"));
        Assert.Equal("# own\na: 2\n", _cluster.Tree("components/app/values-override.yaml"));
    }

    [Theory]
    [InlineData("l:\n  # one\n  - a  # x\n  # two\n  - b: 1\n    # c\n    c: 2\n  # three\n  - {d: 1}\n  # four\n  - - e\n", "l:\n# one\n- a  # x\n# two\n- b: 1\n  # c\n  c: 2\n# three\n- d: 1\n# four\n- - e\n")]
    [InlineData("a:\r\n  #b\r\n  b: 1 #c\t \r\n", "a:\n  #b\n  b: 1  #c\n")]
    [InlineData("## é 漢字 😀 --- a: b\t- c\n#\n# ${cluster.nothing}\na: 1\n", "## é 漢字 😀 --- a: b\t- c\n#\n# ${cluster.nothing}\na: 1\n")]
    [InlineData("base: &base\n  # why\n  b: 1\na:\n  <<: *base\nc: *base\n", "base:\n  # why\n  b: 1\na:\n  # why\n  b: 1\nc:\n  # why\n  b: 1\n")]
    public void Lists_line_ends_and_aliases_have_theirs(string text, string written) => AssertWritten(text, written);

    [Theory]
    [InlineData("# License\n\na: 1\n")]
    [InlineData("# yaml-language-server: $schema=x.json\n# $schema: x\n# vim: sw=2\na: 1 # {\"$imagepolicy\": \"flux-system:app\"}\n")]
    [InlineData("# renovate: datasource=docker\na: 1\n")]
    [InlineData("a: 1\n# the end\n")]
    [InlineData("# a\n---\na: 1\n")]
    [InlineData("# bell \u0007\n# BOM \ufeff\n# old Mac \r# x\na: 1\n")]
    public void What_is_about_the_file_or_for_programs_stays_behind(string text) => AssertWritten(text, "a: 1\n");

    [Theory]
    [InlineData("a:\n  b: 1\n  # of a\nc: 1\n", "a:\n  b: 1\nc: 1\n")]
    [InlineData("a: {b: 1}  # x\nc: [1]  # y\n", "a:\n  b: 1\nc:\n- 1\n")]
    [InlineData("a: |  # x\n  # b\nc: 1\n", "a: |\n  # b\nc: 1\n")]
    [InlineData("a: \"x\n  # y\"\nc: \"x\\ny\"  # z\n", "a: \"x # y\"\nc: |-\n  x\n  y\n")]
    public void What_has_no_place_in_a_block_is_left_out(string text, string written) => AssertWritten(text, written);

    // What one reader takes for the end of a comment would be a value to it.
    [Theory]
    [InlineData('\u0085')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    public void A_line_break_that_not_every_reader_knows_is_never_in_a_comment(char end) =>
        Assert.DoesNotContain(end, Encoding.UTF8.GetString(YamlWriter.WriteWithComments(Read($"# x{end}b: 2\na: 1 # y{end}c: 3\n")!)));

    [Theory]
    [InlineData("# ghp_{0}\na: 1\n", 2)]
    [InlineData("a: 1 # ghp_{0}\n", 1)]
    [InlineData("a: # ghp_{0}\n  b: 1\n", 1)]
    [InlineData("n:\na: &a {{b: 1}}\nc:\n  <<: *a\n# ghp_{0}\nd: 1\n", 6)]
    [InlineData("a:\n# https://me:x{0}@example.com\n- b\n", 3)]
    public void A_secret_in_a_comment_is_one_in_the_tree(string text, int line)
    {
        _cluster.Service("app").File("values/app.yaml", string.Format(System.Globalization.CultureInfo.InvariantCulture, text, new string('x', 32)));

        var found = _cluster.Expect("OC5021");

        Assert.Equal(line, found.Place!.Value.Line);
        Assert.Contains(" in its comment)", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_key_in_a_comment_of_a_package_is_one_in_the_tree()
    {
        _cluster.Service("app", files: ("values/base.yaml", $"# -----BEGIN PRIVATE KEY-----\n# {new string('A', 64)}\na: 1\n"));

        Assert.Equal(3, _cluster.Expect("OC5022").Place!.Value.Line);
    }

    [Fact]
    public void Comments_change_no_value_and_are_the_same_when_they_are_written_again() =>
        Texts.Sample(
            text =>
            {
                if (Read(text) is not { } read)
                {
                    return true;
                }

                var written = YamlWriter.WriteWithComments(read);
                var again = Read(Encoding.UTF8.GetString(written))!;
                return YamlWriter.Write(again).AsSpan().SequenceEqual(YamlWriter.Write(read)) && YamlWriter.WriteWithComments(again).AsSpan().SequenceEqual(written);
            },
            iter: 20_000);

    [SkippableFact]
    public void Comments_change_nothing_for_kubectl()
    {
        Needs.Kubectl();
        var folder = Directory.CreateTempSubdirectory("opencenter-test-").FullName;
        try
        {
            Texts.Array[200].Sample(
                texts =>
                {
                    var maps = texts.Select(Read).OfType<YamlMap>().Where(map => map.Entries.All(entry => entry.Name != "<<" && !entry.Key.IsNull));
                    var items = maps.Select((map, number) => YamlMap.Of(("apiVersion", "v1"), ("kind", "Sample"), ("metadata", YamlMap.Of(("name", $"s{number}"))), ("data", map))).ToArray();
                    var plain = Json(folder, items.Select(item => YamlWriter.Write(item)));
                    return plain.Length > 100 && plain == Json(folder, items.Select(item => YamlWriter.WriteWithComments(item)));
                },
                iter: 2, threads: 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A values file with comments in all the wrong places.
    private static readonly string[] Comments =
        ["# c", " # c", "#", "\n", "\n\n", "\r\n", "\r", "\t", " ", "  ", "# é\u2028x: 1", "# \u0085", "\ufeff", "# ---", "# ${x}: |", "#- a", "---"];

    private static readonly string[] Values =
    [
        "\na: 1", "\nb:", "\nc:\n  d: x", "\n  e: 2", "\n- f", "\n  - g: 1", "\n    h: 'y'", "\ni: |\n  # text", "\nj: >-\n    two\n    # lines", "\nk: \"q\n  # r\"",
        "\nl: {m: 1, n: [2, 3]}", "\no: &p\n  q: 1", "\nr: *p", "\ns: plain\n  text", "\nt: [u,\n  v", "]", "\"w\\nx\"",
    ];

    private static Gen<string> Texts =>
        Gen.OneOf(Gen.Int[0, Comments.Length - 1].Select(at => Comments[at]), Gen.Int[0, Values.Length - 1].Select(at => Values[at])).Array[1, 14].Select(string.Concat);

    private static string Json(string folder, IEnumerable<byte[]> objects)
    {
        var file = Path.Combine(folder, "objects.yaml");
        File.WriteAllBytes(file, [.. objects.SelectMany(bytes => (byte[])[.. "---\n"u8, .. bytes])]);
        var start = new ProcessStartInfo("kubectl", ["annotate", "--local", "-f", file, "a=b", "-o", "json"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        Assert.Equal("", process.StandardError.ReadToEnd());
        process.WaitForExit();
        return output;
    }

    private void AssertWritten(string text, string written)
    {
        _cluster.Service("app", files: ("values/base.yaml", text)).BuildClean();

        Assert.Equal(written, _cluster.Tree("components/app/values.yaml"));
    }

    private static YamlNode? Read(string text) => YamlReader.ReadSingle(new SourceFile("x.yaml", Encoding.UTF8.GetBytes(text)), new DiagnosticBag());
}
