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
        YamlMap map => $"{{{string.Join(',', map.Entries.OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => $"{entry.Name.Length}:{entry.Name}={Text(entry.Value)}"))}}}",
        YamlList list => $"[{string.Join(',', list.Items.Select(Text))}]",
        YamlScalar scalar => $"{GoYaml.TypeOf(scalar)}:{scalar.Value.Length}:{scalar.Value}",
        _ => "",
    };

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
