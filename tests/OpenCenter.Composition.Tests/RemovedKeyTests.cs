namespace OpenCenter.Composition.Tests;

/// <summary>An upgrade answers for the overrides of keys that it takes away.</summary>
public sealed class RemovedKeyTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("level: debug", "It was removed between 1.0.0 and 1.1.0. 'logLevel' may be its new name.")]
    [InlineData("image: {repository: a}", "It was removed between 1.0.0 and 1.1.0. 'name' may be its new name.")]
    [InlineData("hosts: [a]", "It was removed between 1.0.0 and 1.1.0.")]
    [InlineData("replica: 1", "Did you mean 'replicas'?")]
    public void An_override_of_a_removed_key_says_which_upgrade_took_it_and_what_came_for_it(string values, string text)
    {
        Upgrade();
        _cluster.File("values/alpha.yaml", values + "\n");

        Assert.EndsWith(text, _cluster.Expect("OC3027").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_old_package_it_is_a_key_like_any_other()
    {
        Upgrade();
        Directory.Delete(Path.Combine(_cluster.Root, "packages/Test.alpha/1.0.0"), recursive: true);
        _cluster.File("values/alpha.yaml", "hosts: [a]\n");

        Assert.EndsWith("so it has no effect.", _cluster.Expect("OC3027").Message, StringComparison.Ordinal);
    }

    private void Upgrade()
    {
        const string old = """{"level":"string","image":{"repository":"string","tag":"string"},"hosts":"list","replicas":"integer"}""";
        const string young = """{"logLevel":"string","image":{"name":"string","tag":"string"},"replicas":"integer"}""";
        _cluster.Service("alpha", isReferenced: false, files: ("chart/alpha.shape.json", Shape(old)));
        _cluster.Item("PackageReference", "Test.alpha");
        _cluster.Build();
        _cluster.Service("alpha", version: "1.1.0", isReferenced: false, files: ("chart/alpha.shape.json", Shape(young)));
        _cluster.BuildClean();
        // The tree is the old version's until the upgrade is committed.
        var record = Path.Combine(_cluster.TreePath, ".opencenter/alpha.json");
        File.WriteAllText(record, File.ReadAllText(record).Replace("Test.alpha/1.1.0", "Test.alpha/1.0.0", StringComparison.Ordinal));
    }

    private static string Shape(string values) => $$"""{"format":1,"chart":"alpha","version":"1","values":{{values}}}""";
}
