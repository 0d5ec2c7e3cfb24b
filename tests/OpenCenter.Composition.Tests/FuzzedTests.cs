namespace OpenCenter.Composition.Tests;

/// <summary>What tests/OpenCenter.Fuzz found, as small as it got: once an exception, or no end.</summary>
public sealed class FuzzedTests : IDisposable
{
    private readonly TestCluster _cluster = new TestCluster().Service("app");

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("range: [1.0.0, )\n")]
    [InlineData("...\na: 1\n")]
    [InlineData("hosts: [a, ]b\n")]
    public void Text_that_the_YAML_parser_gives_up_on_is_an_error_at_its_place(string text)
    {
        _cluster.File("values/app.yaml", text);

        Assert.True(_cluster.Expect("OC3001").Place is { Line: > 0, Column: > 0 });
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("0x{0}")]
    [InlineData("0o{0}")]
    [InlineData("0{0}")]
    [InlineData("1{0}e5")]
    public void A_number_as_long_as_a_file_is_not_multiplied_out(string form)
    {
        _cluster.BuildClean();
        _cluster.Item("ClusterVariable", "long", ("Value", form.Replace("{0}", new string('7', 500_000), StringComparison.Ordinal)));
        _cluster.File("values/app.yaml", $"a: {form.Replace("{0}", new string('7', 400_000), StringComparison.Ordinal)}\nb: ${{cluster.long}}\n");

        var before = GC.GetAllocatedBytesForCurrentThread();
        _cluster.Build();

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200_000_000);
    }

    [Theory]
    [InlineData("app")]
    [InlineData("git")]
    public void An_empty_key_in_a_patch_is_a_field_that_does_not_exist(string component)
    {
        _cluster.Service("git", "namespaces: [{name: git, podSecurity: restricted}]\ncomponents:\n- name: git\n  git: {url: https://example.com/x, tag: v1, path: x}")
            .File($"patches/{component}/x.yaml", TestCluster.Manifest("HelmRelease", "app", apiVersion: "helm.toolkit.fluxcd.io/v2", rest: "\"\": x\n"));

        Assert.Equal(5, _cluster.Expect("OC4030").Place!.Value.Line);
    }

    [Theory]
    [InlineData("prerequisites/app/kustomization.yaml")]
    [InlineData("resources/app/x.yaml")]
    [InlineData("patches/app/x.yaml")]
    [InlineData("values/app.yaml")]
    public void A_document_that_is_a_text_alone_is_an_error_also_where_the_text_looks_secret(string path)
    {
        _cluster.File(path, "apiVer-1iVer-1iVer-1iVer-1iVer-1iVer-1\n");

        Assert.Contains(_cluster.Build().Diagnostics, found => found.Severity == Diagnostics.Severity.Error && found.Place!.Value.File == _cluster.PathOf(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("- x.yaml\n")]
    public void A_kustomization_that_is_no_map_is_an_error(string text)
    {
        _cluster.File("prerequisites/app/kustomization.yaml", text);

        Assert.Equal(_cluster.PathOf("prerequisites/app/kustomization.yaml"), _cluster.Expect("OC4001").Place!.Value.File);
    }

    [Theory]
    [InlineData("\\[\\](?=}.*packageFolders)", "[null]")]
    [InlineData("\"service.yaml\"", "null")]
    [InlineData("\"sha512\":\"[^\"]+\"", "\"sha512\":null")]
    [InlineData("\"path\":\"[^\"]+\"", "\"path\":null")]
    public void A_null_in_the_restore_result_is_an_error(string text, string replacement)
    {
        _cluster.BuildClean();
        _cluster.Restored = true;
        var file = Path.Combine(_cluster.Root, "obj/project.assets.json");
        var changed = System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(file), text, replacement);
        Assert.Contains("null", changed, StringComparison.Ordinal);
        File.WriteAllText(file, changed);

        Assert.Contains("null stands where a text belongs", _cluster.Expect("OC1002").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test.app", "TEST.APP")]
    [InlineData("Test.app", "Test.app")]
    public void A_package_that_the_restore_result_has_twice_is_an_error(string first, string second)
    {
        _cluster.BuildClean();
        _cluster.Restored = true;
        var file = Path.Combine(_cluster.Root, "obj/project.assets.json");
        var text = File.ReadAllText(file);
        File.WriteAllText(file, text.Replace($"\"{first}/1.0.0\":{{\"type\"", $"\"{second}/2.0.0\":{{\"type\":\"package\",\"path\":\"{first}/1.0.0\",\"files\":[],\"sha512\":\"\"}},\"{first}/1.0.0\":{{\"type\"", StringComparison.Ordinal));

        Assert.Contains("twice", _cluster.Expect("OC1002").Message, StringComparison.Ordinal);
    }
}
