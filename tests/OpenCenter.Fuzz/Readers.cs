using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using NuGet.Versioning;
using OpenCenter.Composition.Charts;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Output;
using OpenCenter.Composition.Tests;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Fuzz;

/// <summary>Every reader of the engine, with seeds.</summary>
internal sealed class Readers : IDisposable
{
    private const string Shape = """{"format": 1, "chart": "app", "version": "1.0.0", "values": {"replicas": "integer", "image": {"tag": "string", "*": "open"}, "hosts": "list"}}""";
    private const string Schema = """{"type": "object", "properties": {"spec": {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer", "minimum": 1}, "mode": {"type": "string", "enum": ["a"], "pattern": "^a"}, "list": {"type": "array", "items": {"$ref": "#/properties/spec"}}}}}}""";
    private const string Crd = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widgets.example.com}\nspec:\n  group: example.com\n  scope: Namespaced\n  names: {kind: Widget, plural: widgets}\n  versions:\n  - name: v1\n    served: true\n    schema:\n      openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}\n";

    private static readonly string Widget = TestCluster.Manifest("Widget", "w", "app", "example.com/v1", "spec: {size: 1, mode: a, list: [{size: 2}]}\n");

    private static readonly (string Path, string Text)[] ProjectFiles =
    [
        ("values/app.yaml", "replicas: 2\nimage: {tag: v1}\nhosts: [a, \"${cluster.domain}\"]\n"),
        ("values/app.sops.yaml", $"password: {Sops.Enc}\n{Sops.Block("")}"),
        ("patches/app/x.yaml", "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: app\nspec:\n  interval: 1m\n"),
        ("patches/app/y.yaml", "target: {kind: HelmRelease}\npatch: |\n  - op: replace\n    path: /spec/interval\n    value: 2m\n"),
        ("resources/app/x.yaml", TestCluster.Manifest("ConfigMap", "x", "app", rest: "data: {a: \"${cluster.name}\"}\n") + "---\n" + Widget),
        ("resources/app/s.sops.yaml", Sops.Secret($"stringData:\n  a: {Sops.Enc}\n")),
        ("prerequisites/app/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: app\nresources: [x.yaml]\nconfigMapGenerator: [{name: c, literals: [a=b], files: [f=x.yaml]}]\npatches: [{path: p.yaml}]\n"),
        ("prerequisites/app/p.yaml", TestCluster.Manifest("ConfigMap", "x", rest: "data: {b: c}\n")),
        ("applications/shop/x.yaml", TestCluster.Manifest("Deployment", "x", "shop", "apps/v1", "spec: {replicas: 1, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: x, image: y:1}]}}}\n")),
        ("crds/widget.yaml", Crd),
        (".sops.yaml", Sops.Rule()),
        ("schemas/example.com/widget_v1.json", Schema),
    ];


    // Written to for every input: memory is quicker than a disk.
    private readonly string _root = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"opencenter-fuzz-{Environment.ProcessId}")).FullName;

    public Reader[] All =>
    [
        new("yaml", Catalogue("*.yaml"), (_, text) => YamlReader.Read(Source(text), new DiagnosticBag())),
        new("descriptor", Catalogue("service.yaml"), (_, text) => DescriptorReader.Read(Source(text), NuGetVersion.Parse("0.1.0"), new DiagnosticBag())),
        Project("values", "values/app.yaml"),
        Project("sops", "values/app.sops.yaml", "resources/app/s.sops.yaml", ".sops.yaml"),
        Project("manifests"),
        Package(),
        Assets(),
        Tree(),
        new("records", [Record("alpha"), Record("cluster"), """[{"path": "components/a/x.yaml", "old": "", "new": "ab"}]"""], ReadRecord),
        Chart(),
        new("archive", [.. Catalogue("values/base.yaml").Take(3)], ReadArchive),
    ];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string[] Catalogue(string pattern)
    {
        var folder = pattern.Contains('/', StringComparison.Ordinal) ? Path.GetDirectoryName(pattern) : null;
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(Needs.Repository, "content"), Path.GetFileName(pattern), SearchOption.AllDirectories)
                .Where(file => folder is null || Path.GetFileName(Path.GetDirectoryName(file)) == folder)
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText),
        ];
    }

    private static SourceFile Source(string text) => new("/input", Encoding.UTF8.GetBytes(text));

    // One of the project's files is changed at a time: one of these, or, where none is named, of those that no other reader has.
    private Reader Project(string name, params string[] chosen)
    {
        var cluster = New(name);
        cluster.Item("ClusterSchemas", "schemas");
        foreach (var (path, text) in ProjectFiles)
        {
            cluster.File(path, text);
        }

        (string Path, string Text)[] files = [.. ProjectFiles.Where(file => chosen.Length == 0 ? IsManifest(file.Path) : chosen.Contains(file.Path))];
        return new Reader(name, [.. files.Select(file => file.Text)], (seed, text) =>
        {
            cluster.File(files[seed].Path, text);
            try
            {
                Build(cluster);
            }
            finally
            {
                cluster.File(files[seed].Path, files[seed].Text);
            }
        });

        static bool IsManifest(string path) => !path.StartsWith("values/", StringComparison.Ordinal) && !path.EndsWith(".sops.yaml", StringComparison.Ordinal);
    }

    private Reader Package()
    {
        (string Path, string Text)[] files =
        [
            ("service.yaml", $"apiVersion: opencenter.io/v1\nkind: Service\nmetadata: {{name: app, layer: platform}}\nspec:\n  {TestCluster.DefaultSpec("app", "settings: [{name: host, type: string, description: d, example: e, default: \"x.${cluster.domain}\"}]\nprovides: [oidc]\nonRemoval: keep\ncreates: [v1/Secret/app/x]").Replace("\n", "\n  ", StringComparison.Ordinal)}\n"),
            ("values/base.yaml", "# Hardened.\nreplicas: 1\nimage:\n  tag: v0\nanchored: &a {x: 1}\nagain: *a\n"),
            ("values/ha.yaml", "replicas: 3\n"),
            ("manifests/x.yaml", TestCluster.Manifest("ConfigMap", "x", rest: "data: {a: \"${cluster.app.host}\"}\n") + "---\n" + Widget),
            ("variants/ha/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{target: {kind: HelmRelease}, patch: \"[{op: add, path: /spec/suspend, value: false}]\"}]\n"),
            ("chart/app.shape.json", Shape),
            ("crds/widget.yaml", Crd),
        ];
        var cluster = New("package");
        return new Reader("package", [.. files.Select(file => file.Text)], (seed, text) =>
        {
            cluster.Package("Test.app", "1.0.0", isReferenced: false, [], [.. files.Select((file, number) => number == seed ? (file.Path, text) : file)]);
            Build(cluster);
        });
    }

    private TestCluster New(string name) =>
        new TestCluster(Directory.CreateDirectory(Path.Combine(_root, name)).FullName).Property("ClusterDomain", "example.com").Service("app", files: ("values/base.yaml", "replicas: 1\n"));

    // What is built without an error is built whole: the next build finds nothing to do.
    private static void Build(TestCluster cluster)
    {
        cluster.Property("FluxTreeMode", "Overwrite");
        var first = cluster.Build();
        if (first.Diagnostics.All(found => found.Severity != Severity.Error) && cluster.Property("FluxTreeMode", "Check").Build().Diagnostics.FirstOrDefault(found => found.Severity == Severity.Error) is { } different)
        {
            throw new InvalidOperationException($"built, but then: {different}");
        }

        if (Directory.Exists(cluster.TreePath))
        {
            Directory.Delete(cluster.TreePath, recursive: true);
        }
    }

    private Reader Assets()
    {
        var cluster = New("assets");
        cluster.Service("beta", dependsOn: ["app"]);
        cluster.BuildClean();
        var file = Path.Combine(cluster.Root, "obj/project.assets.json");
        var text = File.ReadAllText(file);
        cluster.Restored = true;
        return new Reader("assets", [text], (_, changed) =>
        {
            File.WriteAllBytes(file, Encoding.UTF8.GetBytes(changed));
            cluster.Build();
        });
    }

    // A tree as Git gives it: whoever made the pull request wrote its records, and a journal. A person's files stay, in it and beside it.
    private Reader Tree()
    {
        var cluster = New("tree").File("notes.txt", "mine");
        cluster.BuildClean();
        var tree = cluster.TreePath;
        cluster.File("flux/components/app/mine.txt", "mine");
        var files = Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllBytes);
        var release = Path.Combine(tree, "components/app/helmrelease.yaml");
        (string Path, string Text)[] seeds =
        [
            (".opencenter/cluster.json", cluster.Tree(".opencenter/cluster.json")),
            (".opencenter/app.json", cluster.Tree(".opencenter/app.json")),
            (".opencenter/.journal/commit.json", $$"""[{"path": "components/app/x.yaml", "old": "", "new": "{{TreeOnDisk.Hash("new"u8)}}"}, {"path": "components/app/helmrelease.yaml", "old": "{{TreeOnDisk.HashOf(release)}}", "new": ""}]"""),
        ];
        return new Reader("tree", [.. seeds.Select(file => file.Text)], (seed, text) =>
        {
            Directory.Delete(tree, recursive: true);
            foreach (var (file, bytes) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, bytes);
            }

            cluster.File($"flux/{seeds[seed].Path}", text);
            if (seed == 2)
            {
                cluster.File("flux/.opencenter/.journal/0", "new");
            }

            foreach (var mode in (string[])["Check", "Write", "Overwrite"])
            {
                cluster.Property("FluxTreeMode", mode).Build();
                if (File.ReadAllText(cluster.PathOf("notes.txt")) != "mine" || cluster.Tree("components/app/mine.txt") != "mine")
                {
                    throw new InvalidOperationException($"{mode} touched a person's file");
                }
            }
        });
    }

    private static string Record(string name) => Encoding.UTF8.GetString(RecordWriter.Write(new TreeRecord(
        name,
        "Test.alpha/1.0.0",
        name == TreeRecord.Cluster ? "test.csproj" : null,
        ["HelmRelease/alpha/alpha", "Kustomization/flux-system/alpha"],
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("components/alpha/values.yaml", new string('a', 64)).Add("services/alpha.yaml", new string('b', 64)))));

    private static void ReadRecord(int seed, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _ = RecordReader.Read(seed == 1 ? "cluster" : "alpha", "/input", bytes, out _);
        RecordSalvage.Read("alpha", bytes);
        JournalFile.Read(bytes);
    }

    private Reader Chart()
    {
        (string Path, string Text)[] files =
        [
            ("Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n- name: sub\n  alias: other\n  condition: sub.enabled,global.sub\n  tags: [x]\n"),
            ("values.yaml", "replicas: 1\nimage:\n  # tag: v1\n  repository: x\nlist: [1]\nempty: {}\n#  - not: this\npodLabels:\n  a: b\n"),
            ("values.schema.json", """{"type": "object", "properties": {"replicas": {"type": "integer"}, "image": {"$ref": "#/definitions/image"}}, "definitions": {"image": {"properties": {"tag": {"type": ["string", "null"]}}, "additionalProperties": false}}}"""),
            ("charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 1.0.0\n"),
            ("charts/sub/values.yaml", "enabled: true\n"),
        ];
        var folder = Path.Combine(_root, "chart");
        Directory.CreateDirectory(Path.Combine(folder, "charts/sub"));
        foreach (var (path, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, path), text);
        }

        return new Reader("chart", [.. files.Select(file => file.Text)], (seed, text) =>
        {
            File.WriteAllBytes(Path.Combine(folder, files[seed].Path), Encoding.UTF8.GetBytes(text));
            ChartImport.Run(folder, new DiagnosticBag());
            File.WriteAllText(Path.Combine(folder, files[seed].Path), files[seed].Text);
        });
    }

    // The text picks the bytes that are changed in a sound archive.
    private void ReadArchive(int seed, string text)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var name in (string[])["app/Chart.yaml", "app/values.yaml", "app/charts/sub/values.yaml"])
            {
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream("a: 1\nname: app\n"u8.ToArray()) });
            }
        }

        var bytes = tar.ToArray();
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, 40)))
        {
            bytes[(character * 7919 + seed * 31 + text.Length) % bytes.Length] = (byte)(character >> (seed % 4));
        }

        var archive = Path.Combine(_root, "app.tgz");
        using (var file = new GZipStream(File.Create(archive), CompressionLevel.Fastest))
        {
            file.Write(bytes);
        }

        ChartImport.Run(archive, new DiagnosticBag());
    }
}
