using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>What a chart knows, and what a cluster sets all the same.</summary>
public sealed class ChartTests : IDisposable
{
    private const string Shape = """
        {"format": 1, "chart": "app", "version": "1.0.0", "values": {
          "replicas": "integer", "debug": "boolean", "hosts": "list", "config": "any",
          "image": {"repository": "string", "tag": "string"},
          "ini": {"server": {"port": "integer"}},
          "labels": {"*": "open", "app": "string"},
          "strict": {"*": "forbidden", "level": "string"},
          "count": ["integer", "null"], "policy": ["=Always", "=Never"], "port": ["=auto", 80, false], "notes": {"*": ["string"]},
          "probe": {"=": ["map"], "path": ["string"]}}}
        """;

    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("replica: 2\n", "OC3027", 1, "Did you mean 'replicas'?")]
    [InlineData("image:\n  name: x\n", "OC3027", 2, "'image.name'")]
    [InlineData("strict:\n  levle: x\n", "OC3028", 2, "Did you mean 'level'?")]
    [InlineData("debug: \"false\"\n", "OC3029", 1, "is a boolean in the chart, but a text here")]
    [InlineData("image: nginx\n", "OC3029", 1, "is a map in the chart, but a text here")]
    [InlineData("hosts: {a: b}\n", "OC3029", 1, "is a list in the chart, but a map here")]
    [InlineData("count: \"3\"\n", "OC3030", 1, "'count' of 'app' must be an integer or null: Helm would not install a text.")]
    [InlineData("probe: /healthz\n", "OC3030", 1, "must be a map: Helm would not install a text.")]
    [InlineData("probe: {path: [/healthz]}\n", "OC3030", 1, "'probe.path' of 'app' must be a text")]
    [InlineData("notes:\n  example.com/port: 9090\n", "OC3030", 2, "must be a text: Helm would not install a number.")]
    [InlineData("policy: Alwais\n", "OC3031", 1, "must be 'Always' or 'Never': Helm would not install 'Alwais'. Did you mean 'Always'?")]
    [InlineData("port: 81\n", "OC3031", 1, "must be 'auto' or 80 or false")]
    [InlineData("policy: [Always]\n", "OC3030", 1, "Helm would not install a list.")]
    public void What_the_chart_does_not_know_is_shown_at_its_place(string values, string code, int line, string text)
    {
        Add().File("values/app.yaml", values);

        var found = _cluster.Expect(code);

        Assert.Equal(line, found.Place!.Value.Line);
        Assert.EndsWith("values/app.yaml", found.Place.Value.File, StringComparison.Ordinal);
        Assert.Contains(text, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_of_what_is_open_free_null_or_templated()
    {
        Add("values: {free: [ini]}").File("values/app.yaml", "config: {any: {thing: 1}}\nlabels: {team: x}\nini: {paths: {data: /x}}\nimage: null\ndebug: \"{{ .Values.x }}\"\nreplicas: \"3\"\n");

        _cluster.BuildClean();
    }

    [Theory]
    [InlineData("count: 3\n")]
    [InlineData("count: 3.0\n")]
    [InlineData("count: null\n")]
    [InlineData("policy: \"Never\"\n")]
    [InlineData("policy: null\n")]
    [InlineData("port: auto\n")]
    [InlineData("port: 80\n")]
    [InlineData("port: false\n")]
    [InlineData("notes: {example.com/port: \"9090\"}\n")]
    public void What_the_schema_accepts_is_right(string values)
    {
        Add().File("values/app.yaml", values);

        _cluster.BuildClean();
    }

    [Theory]
    [InlineData("count: \"3\"\npolicy: Alwais\ndebug: \"false\"\nprobe: {path: [x]}\nstrict: {levle: x}\nnotes: {a: 1}\n", "count: 3\npolicy: null\ndebug: false\nprobe: {path: x}\nstrict: null\nnotes: {a: b}\n", "OC3027")]
    [InlineData("image: {name: x}\n", "image: null\n", "OC3027")]
    [InlineData("policy: Always\n", "policy: Alwais\n", "OC3031")]
    [InlineData("probe: {path: [x]}\n", "probe: {other: x}\n", "OC3027 OC3030")]
    public void What_a_higher_tier_corrects_Helm_never_sees(string low, string high, string codes)
    {
        using var cluster = new TestCluster().Item("ClusterValues", "../fleet");
        Add(cluster).File("../fleet/app.yaml", low).File("values/app.yaml", high);

        Assert.Equal(codes, string.Join(' ', cluster.Build().Diagnostics.Where(found => found.Severity != Severity.Information).Select(found => found.Code).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void The_place_of_a_charts_own_defaults_is_none_to_set() => Assert.Equal(
        "The chart of 'app' keeps its own defaults in '_internal_defaults_do_not_set': what is set there loses to every key beside it. Move its keys one level up.",
        Add().File("values/app.yaml", "_internal_defaults_do_not_set: {replicas: 2}\n").Expect("OC3027").Message);

    [Fact]
    public void A_refused_value_that_may_be_a_secret_is_not_shown()
    {
        Add(shape: """{"format": 1, "values": {"auth": {"password": ["=none", "=generated"]}}}""").File("values/app.yaml", "auth: {password: hunter2-Hunter2}\n");

        Assert.DoesNotContain("hunter2", _cluster.Expect("OC3031").Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_chart_is_imported_from_its_folder_and_from_its_archive(bool isArchive)
    {
        var chart = Path.Combine(_cluster.Root, "app");
        Write("Chart.yaml", "name: app\nversion: 2.0.0\ndependencies:\n- {name: db, alias: store, condition: store.enabled}\n- {name: remote}\n");
        Write("values.yaml", "replicas: 1\ndebug: false\n# timeout: 30s\nimage:\n  tag: x\n  # digest: sha\npodAnnotations: {a: b}\nempty: {}\n_internal_defaults_do_not_set:\n  hub: x\n");
        Write("values.schema.json", """{"properties": {"strict": {"$ref": "#/$defs/strict"}, "unsaid": {"type": "object", "properties": {}}}, "$defs": {"strict": {"properties": {"level": {"type": "string"}}, "additionalProperties": false}}}""");
        Write("charts/db/Chart.yaml", "name: db\nversion: 1.0.0\n");
        Write("charts/db/values.yaml", "size: 1Gi\n");
        if (isArchive)
        {
            using var stream = File.Create(chart + ".tgz");
            using var zip = new GZipStream(stream, CompressionLevel.Fastest);
            TarFile.CreateFromDirectory(chart, zip, includeBaseDirectory: true);
        }

        var project = Path.Combine(_cluster.Root, "service/App.csproj");
        Directory.CreateDirectory(Path.GetDirectoryName(project)!);
        File.WriteAllText(Path.Combine(_cluster.Root, "service/service.yaml"), "spec: {components: [{name: app, release: {name: app}}]}\n");
        var result = ServiceChartImport.Run(project, isArchive ? "../app.tgz" : "../app", "");

        Assert.Empty(result.Diagnostics);
        using var shape = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_cluster.Root, "service", result.File)));
        Assert.Equal("2.0.0", shape.RootElement.GetProperty("version").GetString());
        Assert.Equal(
            """{"debug":"boolean","empty":"any","global":"any","hub":"string","image":{"digest":"any","tag":"string"},"podAnnotations":{"*":"open","a":"string"},"remote":"any","replicas":"integer","store":{"enabled":"boolean","global":"any","size":"string"},"strict":{"*":"forbidden","level":["string"]},"timeout":"any","unsaid":["map"]}""",
            JsonSerializer.Serialize(shape.RootElement.GetProperty("values")));

        void Write(string path, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(chart, path))!);
            File.WriteAllText(Path.Combine(chart, path), text);
        }
    }

    [Fact]
    public void An_import_without_a_chart_or_a_release_says_what_is_missing()
    {
        var project = Path.Combine(_cluster.Root, "service/App.csproj");
        Directory.CreateDirectory(Path.GetDirectoryName(project)!);
        File.WriteAllText(Path.Combine(_cluster.Root, "service/service.yaml"), "spec: {components: [{name: a, release: {name: a}}, {name: b, release: {name: b}}]}\n");

        Assert.Equal("OC1031", Assert.Single(ServiceChartImport.Run(project, "x", "").Diagnostics).Code);
        Assert.Equal("OC1030", Assert.Single(ServiceChartImport.Run(project, "", "a").Diagnostics).Code);
        Assert.Equal("OC1014", Assert.Single(ServiceChartImport.Run(project, "absent.tgz", "a").Diagnostics).Code);
    }

    [Theory]
    [InlineData("kube-prometheus-stack", "alertmanager:\n  logLevel: info\n", "OC3027")]
    [InlineData("kube-prometheus-stack", "alertmanager:\n  alertmanagerSpec:\n    logLevel: info\n", null)]
    [InlineData("kube-prometheus-stack", "grafana:\n  grafana.ini:\n    server: {root_url: x}\n", null)]
    [InlineData("loki", "loki:\n  limits_config: {retention_period: 30d, max_streams_per_user: 1}\n", null)]
    [InlineData("loki", "loki:\n  storge: {type: s3}\n", "OC3027")]
    [InlineData("metallb", "speaker:\n  logLevel: verbose\n", "OC3031")]
    [InlineData("cert-manager", "prometheus:\n  servicemonitor:\n    intervall: 30s\n", "OC3028")]
    [InlineData("opentelemetry-kube-stack", "collectors:\n  daemon:\n    image: {pullPolicy: always}\n", "OC3031")]
    [InlineData("opentelemetry-kube-stack", "collectors:\n  daemon:\n    config:\n      receivers: {otlp: {protocols: {grpc: {endpoint: \"0.0.0.0:4317\"}}}}\n", null)]
    [InlineData("velero", "kubectl:\n  image: {tag: 1.32.4}\n", null)]
    [InlineData("istio:istiod", "_internal_defaults_do_not_set:\n  global: {hub: x}\n", "OC3027")]
    [InlineData("istio:istio-base", "_internal_defaults_do_not_set:\n  global: {hub: x}\n", "OC3027")]
    [InlineData("istio:istio-ingressgateway", "_internal_defaults_do_not_set:\n  global: {hub: x}\n", "OC3027")]
    [InlineData("istio:istio-ingressgateway", "unprivilegedPort: true\nkind: DaemonSet\n", null)]
    public void The_catalogues_shapes_find_what_is_wrong_and_nothing_else(string service, string values, string? code)
    {
        var (name, release) = service.Split(':') is [var first, var second] ? (first, second) : (service, service);
        var content = Path.Combine(Needs.Repository, "content", name);
        var descriptor = (YamlMap)YamlReader.ReadSingle(new SourceFile("service.yaml", File.ReadAllBytes(Path.Combine(content, "service.yaml"))), new DiagnosticBag())!;
        var read = ((YamlList)((YamlMap)descriptor["spec"]!)["components"]!).Items.OfType<YamlMap>().Select(component => component["release"]).OfType<YamlMap>().Single(found => found.Text("name") == release);
        var free = ((read["values"] as YamlMap)?["free"] as YamlList)?.Items.OfType<YamlScalar>().Select(path => $"'{path.Value}'") ?? [];
        Add($"values: {{free: [{string.Join(", ", free)}]}}", File.ReadAllText(Path.Combine(content, $"chart/{release}.shape.json"))).File("values/app.yaml", values);

        Assert.Equal(code is null ? [] : [code], _cluster.Build().Diagnostics.Where(found => found.Severity != Severity.Information).Select(found => found.Code));
    }

    private TestCluster Add(string values = "", string shape = Shape) => Add(_cluster, values, shape);

    private static TestCluster Add(TestCluster cluster, string values = "", string shape = Shape) => cluster.Service(
        "app",
        $"""
        namespaces: [{"{name: app, podSecurity: restricted}"}]
        components:
        - name: app
          release:
            name: app
            chart: app
            source: {"{kind: HelmRepository, url: \"https://charts.example.com\"}"}
            {values}
        """,
        files: ("chart/app.shape.json", shape));
}
