using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>What a package or a project calls things stays a name: it leads nowhere, and ends where it ends.</summary>
public sealed class HostileNameTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("namespaces: [{name: alpha", "namespaces: [{name: ../../alpha", "OC1010")]
    [InlineData("- name: alpha", "- name: ../../alpha", "OC1010")]
    [InlineData("    name: alpha", "    name: ../../alpha", "OC1010")]
    [InlineData("    name: alpha", "    name: /alpha", "OC1010")]
    [InlineData("    name: alpha", "    name: \"al\\npha: x\"", "OC1010")]
    [InlineData("    chart: alpha", "    layered: {secret: ../../alpha}\n    chart: alpha", "OC4015", "Layered")]
    [InlineData("components:", "secrets: [{name: ../x, description: d}]\ncomponents:", "OC1010")]
    public void A_name_in_a_descriptor_that_leads_elsewhere_is_an_error_and_nothing_is_written(string part, string by, string code, string mode = "Merged")
    {
        var spec = TestCluster.DefaultSpec("alpha");
        Assert.Contains(part, spec, StringComparison.Ordinal);
        _cluster.Service("alpha", spec.Replace(part, by, StringComparison.Ordinal)).File("values/alpha.yaml", "a: 1\n").Property("FluxValuesMode", mode);

        Assert.Contains(_cluster.Build().Diagnostics, found => found.Code == code && found.Severity == Severity.Error);
        Assert.False(Directory.Exists(_cluster.TreePath));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_cluster.Root, "alpha*"));
    }

    [Theory]
    [InlineData("../../etc")]
    [InlineData("a/../../b")]
    [InlineData("..")]
    public void A_path_out_of_a_Git_repository_is_an_error(string path)
    {
        _cluster.Service("alpha", $"components:\n- name: alpha\n  git: {{url: https://example.com/x, tag: v1, path: {path}}}");

        Assert.Contains("a folder of the repository", _cluster.Expect("OC1010").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("al: pha\\nspec: {suspend: true}")]
    [InlineData("- alpha # no comment")]
    [InlineData("&a alpha")]
    [InlineData("{{ .Values.x }}")]
    [InlineData("---\\n...")]
    [InlineData("0x1F")]
    [InlineData("\\u2028\\u0085 tail ")]
    public void A_text_of_a_descriptor_does_not_leave_its_scalar(string chart)
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha").Replace("chart: alpha", $"chart: \"{chart}\"", StringComparison.Ordinal));
        _cluster.BuildClean();
        var expected = System.Text.Json.JsonSerializer.Deserialize<string>($"\"{chart}\"");

        var release = (YamlMap)Assert.Single(YamlReader.Read(new SourceFile("helmrelease.yaml", File.ReadAllBytes(Path.Combine(_cluster.TreePath, "components/alpha/helmrelease.yaml"))), new DiagnosticBag())!.Value);
        Assert.Equal(["apiVersion", "kind", "metadata", "spec"], release.Entries.Select(entry => entry.Name));
        Assert.Null(release.Text("spec", "suspend"));
        Assert.Equal(expected, release.Text("spec", "chart", "spec", "chart"));
    }

    [Theory]
    [InlineData("x\nadmin: true")]
    [InlineData("x, admin: true}")]
    [InlineData("x # y")]
    [InlineData("'\"")]
    public void A_variable_does_not_leave_its_scalar(string value)
    {
        _cluster.Service("alpha").Item("ClusterVariable", "host", ("Value", value)).File("values/alpha.yaml", "plain: ${cluster.host}\nflow: {host: \"${cluster.host}\", single: '${cluster.host}'}\nblock: |\n  ${cluster.host}\n");
        _cluster.Build();

        var values = (YamlMap)Assert.Single(YamlReader.Read(new SourceFile("values.yaml", File.ReadAllBytes(Path.Combine(_cluster.TreePath, "components/alpha/values.yaml"))), new DiagnosticBag())!.Value);
        Assert.Equal(["plain", "flow", "block"], values.Entries.Select(entry => entry.Name));
        Assert.All([values.Text("plain"), values.Text("flow", "host"), values.Text("flow", "single")], text => Assert.Equal(value, text));
        Assert.Equal(value + "\n", values.Text("block"));
    }

    [SkippableFact]
    public void A_namespace_that_looks_like_a_number_stays_a_name()
    {
        Needs.Kubectl();
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha").Replace("name: alpha, podSecurity", "name: \"123\", podSecurity", StringComparison.Ordinal), files: ("manifests/x.yaml", TestCluster.Manifest("Service", "x")));
        _cluster.BuildClean();

        var service = Kustomize.Object(_cluster, "alpha", "Service");
        Assert.Equal("123", service.Text("metadata", "namespace"));
        Assert.True(((YamlScalar)((YamlMap)service["metadata"]!)["namespace"]!).IsQuoted);
    }

    [SkippableFact]
    public void A_dot_in_a_name_is_a_dot_where_a_namespace_is_added()
    {
        Needs.Kubectl();
        _cluster.Service("alpha").File("resources/alpha/a.yaml", TestCluster.Manifest("ConfigMap", "a.b")).File("resources/alpha/b.yaml", TestCluster.Manifest("ConfigMap", "a-b", "default"));
        _cluster.BuildClean();

        Assert.Equal(
            ["a-b in default", "a.b in alpha"],
            Kustomize.Run(Path.Combine(_cluster.TreePath, "components/alpha-resources")).Select(item => $"{item.Text("metadata", "name")} in {item.Text("metadata", "namespace")}").Order(StringComparer.Ordinal));
    }
}
