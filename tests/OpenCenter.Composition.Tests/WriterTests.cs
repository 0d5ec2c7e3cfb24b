using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>What we write comes back, through kustomize, too.</summary>
public sealed class WriterTests
{
    private static readonly string[] Texts =
    [
        "-----BEGIN CERTIFICATE-----\nMIIB\n+/=\n-----END CERTIFICATE-----\n",
        "#!/bin/sh\nset -eu\nif [ \"$1\" = \"x\" ]; then\n\techo 'a: b' # c\nfi\n",
        "{\n  \"panels\": [{\"expr\": \"sum(rate(x[$__rate_interval]))\", \"title\": \"50 %\"}]\n}",
        "trailing space \nnext", "ends with spaces  ", " begins with one", "\n\nbegins with lines", "ends with lines\n\n\n",
        "a\r\nb\r\n", "---\na: 1\n---\nb: 2\n", "...\n", "tab\tinside", "é ü 漢字 😀 \ufeff",
        "{{ .Values.x }}", "${DS_PROMETHEUS}", "%d", "@at", "`tick`", "a: b # c", "- list", "? key", "'", "\"", "\\", new string('x', 10_000),
        string.Join('\n', Enumerable.Repeat("a long line of a dashboard, with words", 500)),
    ];

    [SkippableFact]
    public void Every_text_survives_kustomize()
    {
        Needs.Kubectl();
        Needs.SharedData();
        var texts = Texts
            .Concat(JsonNode.Parse(File.ReadAllText(Path.Combine(Needs.Shared, "vectors/yaml-scalars.json")))!.AsArray().Select(item => item!["text"]!.GetValue<string>()))
            .Where(IsCarried)
            .Distinct()
            .ToArray();
        var data = YamlMap.Of([.. texts.Select((text, number) => ($"t{number}", (YamlNode?)YamlScalar.Text(text)))]);
        var keys = YamlMap.Of([.. texts.Where(text => text is not "<<" && text.Length < 1024 && !text.Any(char.IsControl)).Select(text => (text, (YamlNode?)"x"))]);

        var built = Kustomize(YamlMap.Of(
            ("apiVersion", "example.com/v1"), ("kind", "Sample"), ("metadata", YamlMap.Of(("name", "sample"))), ("data", data), ("keys", keys)));

        var read = (YamlMap)built["data"]!;
        Assert.Equal(texts, Enumerable.Range(0, texts.Length).Select(number => ((YamlScalar)read[$"t{number}"]!).Value));
        Assert.All(read.Entries, entry => Assert.Equal(GoYamlType.String, GoYaml.TypeOf((YamlScalar)entry.Value)));
        Assert.Equal(keys.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal), ((YamlMap)built["keys"]!).Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_million_random_texts_come_back() =>
        Gen.String[Gen.Char["abc 019.:-#'\"\\\n\t\r{}[],&*!|>%@`~=<\u0085\u2028\ufeffé漢"], 0, 12].Array[100].Sample(
            texts =>
            {
                var written = YamlWriter.Write(YamlList.Of(texts.Select(text => (YamlNode)YamlScalar.Text(text))));
                var read = (YamlList)YamlReader.ReadSingle(new SourceFile("x.yaml", written), new DiagnosticBag())!;
                return read.Items.Select(item => ((YamlScalar)item).Value).SequenceEqual(texts)
                    && read.Items.All(item => GoYaml.TypeOf((YamlScalar)item) == GoYamlType.String);
            },
            iter: 10_000);

    [Theory]
    [InlineData("a:\n", "a: null\n")]
    [InlineData("a: ~\nb: yes\nc: 0o17\nd: -.5\ne: 10.0.0.0/8\nf: -x\n", "a: ~\nb: yes\nc: 0o17\nd: -.5\ne: 10.0.0.0/8\nf: -x\n")]
    [InlineData("a: 'yes'\nb: \"~\"\nc: '10'\nd: |\n  one line\ne: >\n  folded\n  lines\n", "a: \"yes\"\nb: \"~\"\nc: \"10\"\nd: |\n  one line\ne: |\n  folded lines\n")]
    [InlineData("[[a, [b]], [], {}, {c: [d, {e: {}}], f: [[]]}]", "- - a\n  - - b\n- []\n- {}\n- c:\n  - d\n  - e: {}\n  f:\n  - []\n")]
    [InlineData("- |\n  a\n\n  b\n- x: |-\n    a\n    b\n", "- |\n  a\n\n  b\n- x: |-\n    a\n    b\n")]
    [InlineData("a: x\n  #b\n", "a: x\n")]
    [InlineData("[%, `, >, ?, a:]", "- \"%\"\n- \"`\"\n- \">\"\n- \"?\"\n- \"a:\"\n")]
    [InlineData("{...: 1, k: ---}", "\"...\": 1\nk: \"---\"\n")]
    [InlineData("\"a\\nb\": \"\\a\\t\\u2028\\uFEFF😀é\"\n", "\"a\\nb\": \"\\u0007\\t\\u2028\\uFEFF😀é\"\n")]
    public void What_was_read_is_written_as_block_YAML_with_one_style_for_each_text(string text, string written) =>
        Assert.Equal(written, Encoding.UTF8.GetString(YamlWriter.Write(Read(text))));

    [Fact]
    public void What_is_plain_between_brackets_is_the_same_in_a_block() =>
        Gen.Select(Gen.String[Gen.Char["ab :-?#,[]{}&*!|>'\"%@`.\n\t~=<\u0085\u2028\ufeff"], 1, 8], Gen.Char["[{-"]).Sample(
            (text, around) =>
            {
                var source = new SourceFile("x.yaml", Encoding.UTF8.GetBytes(around switch { '[' => $"[{text}]", '{' => $"{{k{text}: {text}}}", _ => $"- {text}" }));
                return YamlReader.ReadSingle(source, new DiagnosticBag()) is not { } read || Text(read) == Text(Read(Encoding.UTF8.GetString(YamlWriter.Write(read))));
            },
            iter: 20_000);

    [Fact]
    public void A_key_that_is_longer_than_readers_take_is_announced()
    {
        var key = new string('é', 1000) + '\n';
        var written = YamlWriter.Write(YamlMap.Of(("a", YamlMap.Of((key, YamlList.Of("b", "c"))))));

        Assert.Equal(["b", "c"], ((YamlList)((YamlMap)((YamlMap)Read(Encoding.UTF8.GetString(written)))["a"]!)[key]!).Items.Select(item => ((YamlScalar)item).Value));
    }

    [SkippableFact]
    public void Random_trees_survive_kustomize()
    {
        Needs.Kubectl();
        var number = 0;
        Trees(3).Array[40].Sample(
            trees =>
            {
                var node = YamlMap.Of([.. trees.Select(tree => ($"t{number++}", (YamlNode?)tree))]);
                var built = Kustomize(YamlMap.Of(
                    ("apiVersion", "example.com/v1"), ("kind", "Sample"), ("metadata", YamlMap.Of(("name", "sample"))), ("data", node)));
                return Text(node) == Text(built["data"]!);
            },
            iter: 10, threads: 1);
    }

    private static Gen<YamlNode> Trees(int depth)
    {
        var scalar = Gen.OneOf(
            Gen.String[Gen.Char["ab 01.:-#'\"\\\n{}[],&*!|>%~=é"], 0, 8].Select(text => (YamlNode)YamlScalar.Text(text)),
            Gen.Int.Select(value => (YamlNode)value),
            Gen.Bool.Select(value => (YamlNode)value));
        return depth == 0 ? scalar : Gen.OneOf(
            scalar,
            Trees(depth - 1).Array[0, 4].Select(items => (YamlNode)YamlList.Of(items)),
            Gen.Select(Gen.String[Gen.Char["abcy01.:/-"], 1, 6], Trees(depth - 1)).Array[0, 4]
                .Select(entries => (YamlNode)YamlMap.Of([.. entries.DistinctBy(entry => entry.Item1).Select(entry => (entry.Item1, (YamlNode?)entry.Item2))])));
    }

    // kustomize writes what it has read once more: control characters and the Unicode line breaks it then can't read itself.
    private static bool IsCarried(string text) => text.All(c => c is '\n' or '\t' or '\r' || (!char.IsControl(c) && c is not ('\u2028' or '\u2029')));

    // Independent of key order and style.
    private static string Text(YamlNode node) => node switch
    {
        YamlMap map => $"{{{string.Join(',', map.Entries.Select(entry => $"{Text(entry.Key)}={Text(entry.Value)}").Order(StringComparer.Ordinal))}}}",
        YamlList list => $"[{string.Join(',', list.Items.Select(Text))}]",
        YamlScalar { IsNull: true } => "null",
        YamlScalar scalar => $"{GoYaml.TypeOf(scalar)}:{scalar.Value.Length}:{scalar.Value}",
        _ => "",
    };

    private static YamlNode Read(string text) => YamlReader.ReadSingle(new SourceFile("x.yaml", Encoding.UTF8.GetBytes(text)), new DiagnosticBag())!;

    private static YamlMap Kustomize(YamlMap item)
    {
        var folder = Directory.CreateTempSubdirectory("opencenter-test-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "object.yaml"), YamlWriter.Write(item));
            File.WriteAllText(Path.Combine(folder, "kustomization.yaml"), "resources: [object.yaml]\n");
            var start = new ProcessStartInfo("kubectl", ["kustomize", folder]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = new UTF8Encoding(false) };
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            var error = process.StandardError.ReadToEnd();
            Assert.True(error.Length == 0, error);
            process.WaitForExit();
            return (YamlMap)YamlReader.ReadSingle(new SourceFile("built.yaml", Encoding.UTF8.GetBytes(output)), new DiagnosticBag())!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
