namespace OpenCenter.Composition.Tests;

/// <summary>What a descriptor says of a Git source's images, as Flux will read it.</summary>
public sealed class GitComponentTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("community", "all")]
    [InlineData("enterprise", "all private")]
    public void Images_are_renamed_in_the_edition_that_they_are_for_or_in_each(string edition, string expected)
    {
        Service("[{name: example.com/all, newName: mirror.example.com/all}, {name: example.com/private, newName: '${cluster.registry}/private', edition: enterprise}]")
            .Property("ClusterEdition", edition).Item("ClusterVariable", "registry", ("Value", "registry.example.com:5000"));

        _cluster.BuildClean();

        var names = new Dictionary<string, string>
        {
            ["all"] = "  - name: example.com/all\n    newName: mirror.example.com/all\n",
            ["private"] = "  - name: example.com/private\n    newName: registry.example.com:5000/private\n",
        };
        Assert.EndsWith("  images:\n" + string.Concat(expected.Split(' ').Select(name => names[name])), _cluster.Tree("services/shop.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_nothing_defines_is_an_error_at_its_place()
    {
        Service("[{name: example.com/a, newName: '${cluster.registry}/a'}]");

        Assert.Equal(_cluster.PackageFile("shop", "service.yaml"), _cluster.Expect("OC1018").Place!.Value.File);
    }

    [Theory]
    [InlineData("{name: example.com/a:1.0, newName: example.com/b}", "'spec.components[0].git.images[0].name' is 'example.com/a:1.0'")]
    [InlineData("{name: example.com/a, newName: example.com/b:1.0}", "'spec.components[0].git.images[0].newName' is 'example.com/b:1.0'")]
    [InlineData("{name: example.com/a, newName: example.com/b@sha256}", "'spec.components[0].git.images[0].newName' is 'example.com/b@sha256'")]
    [InlineData("{name: example.com/, newName: example.com/b}", "'spec.components[0].git.images[0].name' is 'example.com/'")]
    public void A_tag_stays_the_manifests_own(string image, string message)
    {
        Service($"[{image}]");

        Assert.StartsWith(message, _cluster.Expect("OC1010").Message, StringComparison.Ordinal);
    }

    private TestCluster Service(string images) => _cluster.Service("shop", $"components:\n- name: shop\n  git: {{url: 'https://git.example.com/shop', tag: v1, images: {images}}}");
}
