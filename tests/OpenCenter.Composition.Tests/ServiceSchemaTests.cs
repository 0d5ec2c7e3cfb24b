using System.Text.Json;
using Json.Schema;
using NuGet.Versioning;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>The JSON Schema of service.yaml, which editors have, says what the reader says.</summary>
public sealed class ServiceSchemaTests
{
    // Between them they have every key.
    private const string Service = """
        apiVersion: opencenter.io/v1
        kind: Service
        metadata: {name: app, layer: platform}
        spec:
          requiresSdk: "0.1"
          namespaces: [{name: app, podSecurity: restricted, create: true}]
          providers: [openstack]
          provides: [thing]
          requires: [{service: other}, {capability: gateway}]
          after: [later]
          settings:
          - {name: size, type: integer, description: how large, example: 3, default: 4, oneOf: [3, 4], profile: ha}
          secrets: [{name: app-credentials, description: who may read, keys: [user], with: gateway, profile: minimal}]
          onRemoval: keep
          creates: [v1/Secret/app/made]
          components:
          - name: 10-chart
            requires: [{service: third}]
            health: [{apiVersion: a/v1, kind: A, current: "true", failed: "false", inProgress: "false"}]
            release:
              name: app
              chart: app
              version: "{version}"
              source: {kind: HelmRepository, url: "https://charts.example.com", verify: {provider: cosign}}
              crds: Skip
              spec: {timeout: 5m}
              layered: {secret: app, keys: {base: a.yaml, override: b.yaml, enterprise: c.yaml}}
              values:
                free: [config]
                locked: [{path: a.b, reason: hardened}]
                lists: [{path: ports, mergeBy: name}, {path: args, append: true}]
          - name: 20-git
            git: {url: "https://git.example.com/x", tag: v1, commit: 0123456789abcdef0123456789abcdef01234567, path: deploy, targetNamespace: app, patches: [{patch: x}], images: [{name: example.com/x, newName: registry.example.com/x, edition: enterprise}]}
        """;

    private const string Platform = """
        apiVersion: opencenter.io/v1
        kind: Platform
        metadata: {name: core, layer: platform}
        spec: {requiresSdk: "0.1"}
        """;

    private static readonly JsonSchema Schema = JsonSchema.FromFile(Path.Combine(Needs.Repository, "sdk/OpenCenter.Sdk/service.schema.json"));

    public static TheoryData<string> Documents => [Service, Platform];

    public static TheoryData<string> Catalogue =>
        [.. Directory.EnumerateFiles(Path.Combine(Needs.Repository, "content"), "service.yaml", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Needs.Repository, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Catalogue))]
    public void Every_descriptor_of_the_catalogue_passes_the_schema(string file) =>
        Assert.True(Accepts(Read(File.ReadAllText(Path.Combine(Needs.Repository, file)))));

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_schema_knows_the_readers_keys_and_no_other(string document)
    {
        var root = Read(document);

        Assert.True(Accepts(root));
        Assert.Empty(Errors(root));
        foreach (var (_, changed) in Changes(root, node => node is YamlMap map ? [map with { Entries = map.Entries.Add(new YamlEntry(YamlScalar.Text("unheard-of-key"), "x")) }] : []))
        {
            // Flux's and kustomize's own objects are theirs to know.
            var unknown = Errors(changed).SingleOrDefault(error => error.Code == "OC1006");
            Assert.Equal(unknown is null, Accepts(changed));
            // What the reader would have known there stands in the documents, and so in the schema.
            Assert.All(unknown is null ? [] : KeysIn(unknown), key => Assert.Contains($"{key}:", Service, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_schema_and_the_reader_refuse_the_same(string document)
    {
        var count = 0;
        foreach (var (_, changed) in Changes(Read(document), Mutations))
        {
            // The one rule that spans the whole file: a release, or a Secret, has a namespace.
            var errors = Errors(changed).Where(error => !error.Message.Contains("'spec.namespaces' is missing", StringComparison.Ordinal)).ToArray();
            Assert.True(Accepts(changed) == (errors.Length == 0), $"{string.Join(' ', errors.Select(error => error.ToString()))}\n{System.Text.Encoding.UTF8.GetString(YamlWriter.Write(changed))}");
            count++;
        }

        Assert.True(count > 20, $"{count}");
    }

    private static IEnumerable<YamlNode> Mutations(YamlNode node) => node switch
    {
        YamlMap map => [.. map.Entries.Select(entry => map with { Entries = map.Entries.Remove(entry) }), YamlScalar.Text("Text"), YamlList.Of(map)],
        YamlList list => [YamlMap.Of(("x", list)), YamlScalar.Text("Text"), YamlList.Of(YamlList.Of())],
        _ => [YamlList.Of(node), YamlMap.Of(("x", node)), YamlScalar.Plain("true"), YamlScalar.Plain("12"), YamlScalar.Text("Not A Word"), YamlScalar.Text("1.x"), YamlScalar.Text("a/../b"), YamlScalar.Text("host:5000/a:1.0"), YamlScalar.Text("version")],
    };

    // Each node in turn, changed.
    private static IEnumerable<(YamlNode Node, YamlNode Changed)> Changes(YamlNode node, Func<YamlNode, IEnumerable<YamlNode>> change) =>
        change(node).Select(changed => (node, changed)).Concat(node switch
        {
            YamlMap map => map.Entries.SelectMany(entry => Changes(entry.Value, change).Select(below => (below.Node, (YamlNode)(map with { Entries = map.Entries.Replace(entry, entry with { Value = below.Changed }) })))),
            YamlList list => list.Items.SelectMany(item => Changes(item, change).Select(below => (below.Node, (YamlNode)(list with { Items = list.Items.Replace(item, below.Changed) })))),
            _ => [],
        });

    private static string[] KeysIn(Diagnostic unknown) => unknown.Message[(unknown.Message.IndexOf("There are: ", StringComparison.Ordinal) + "There are: ".Length)..].TrimEnd('.').Split(", ");

    private static bool Accepts(YamlNode node)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            ValuesJson.Write(json, node);
        }

        using var document = JsonDocument.Parse(stream.ToArray());
        return Schema.Evaluate(document.RootElement).IsValid;
    }

    private static Diagnostic[] Errors(YamlNode node)
    {
        var diagnostics = new DiagnosticBag();
        _ = DescriptorReader.Read(new SourceFile("service.yaml", YamlWriter.Write(node)), new NuGetVersion("999.0.0"), diagnostics);
        return [.. diagnostics.ToSorted()];
    }

    private static YamlMap Read(string text) => (YamlMap)YamlReader.ReadSingle(new SourceFile("service.yaml", Utf8.Strict.GetBytes(text)), new DiagnosticBag())!;
}
