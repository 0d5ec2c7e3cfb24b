using System.Text.Json.Nodes;

namespace OpenCenter.Composition.Tests;

/// <summary>What an editor is told of a release's values.</summary>
public sealed class EditorSchemaTests : IDisposable
{
    private const string Shape = """{"format":1,"chart":"alpha","version":"1.0.0","values":{"image":{"tag":"string"},"labels":{"*":"open"},"replicas":"integer","debug":"boolean","hosts":"list","extra":"any","strict":{"*":"forbidden","level":"string"}}}""";

    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_build_writes_the_schema_of_every_release_whose_chart_is_known()
    {
        _cluster.Service("alpha", files: ("chart/alpha.shape.json", Shape)).Service("beta").BuildClean();

        var schema = Schema("alpha");

        Assert.Equal("""{"type":["object","null"],"properties":{"tag":{"type":["string","number","boolean","null"]}},"additionalProperties":false}""", schema["properties"]!["image"]!.ToJsonString());
        Assert.Equal("""{"type":["object","null"],"properties":{}}""", schema["properties"]!["labels"]!.ToJsonString());
        Assert.Equal("""{"type":["boolean","string","null"]}""", schema["properties"]!["debug"]!.ToJsonString());
        Assert.Equal("""{"type":["array","string","null"]}""", schema["properties"]!["hosts"]!.ToJsonString());
        Assert.Equal("{}", schema["properties"]!["extra"]!.ToJsonString());
        Assert.False((bool)schema["additionalProperties"]!);
        Assert.False(File.Exists(FileOf("beta")));
    }

    [Fact]
    public void What_the_package_leaves_free_is_not_described()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha") + "\n    values: {free: [strict, image.digest]}", files: ("chart/alpha.shape.json", Shape)).BuildClean();

        Assert.Equal("{}", Schema("alpha")["properties"]!["strict"]!.ToJsonString());
        Assert.Equal("{}", Schema("alpha")["properties"]!["image"]!["properties"]!["digest"]!.ToJsonString());
    }

    [Fact]
    public void It_is_written_again_only_for_another_version()
    {
        _cluster.Service("alpha", files: ("chart/alpha.shape.json", Shape)).BuildClean();
        File.WriteAllText(FileOf("alpha"), File.ReadAllText(FileOf("alpha")) + " ");
        _cluster.BuildClean();
        Assert.EndsWith(" ", File.ReadAllText(FileOf("alpha")), StringComparison.Ordinal);

        File.WriteAllText(FileOf("alpha"), File.ReadAllText(FileOf("alpha")).Replace("Test.alpha/1.0.0", "Test.alpha/0.9.0", StringComparison.Ordinal));
        _cluster.BuildClean();
        Assert.EndsWith("}\n", File.ReadAllText(FileOf("alpha")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_projects_is_written_again_when_its_chart_is_another_one()
    {
        _cluster.Projects.Add("alpha");
        _cluster.Service("alpha", files: ("chart/alpha.shape.json", Shape)).BuildClean();
        var written = File.GetLastWriteTimeUtc(FileOf("alpha"));
        _cluster.BuildClean();
        Assert.Equal(written, File.GetLastWriteTimeUtc(FileOf("alpha")));

        File.WriteAllText(_cluster.PackageFile("alpha", "chart/alpha.shape.json"), Shape.Replace("replicas", "count", StringComparison.Ordinal));
        _cluster.BuildClean();

        Assert.NotNull(Schema("alpha")["properties"]!["count"]);
    }

    private string FileOf(string release) => Path.Combine(_cluster.Root, "obj/schemas", $"{release}.schema.json");

    private JsonObject Schema(string release) => JsonNode.Parse(File.ReadAllText(FileOf(release)))!.AsObject();
}
