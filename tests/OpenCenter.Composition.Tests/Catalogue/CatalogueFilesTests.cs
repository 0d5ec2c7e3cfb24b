using OpenCenter.Catalogue;

namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>What is said of the catalogue elsewhere is what <c>content/</c> makes of it.</summary>
public sealed class CatalogueFilesTests : IDisposable
{
    private static readonly string[] Files = ["sdk/OpenCenter.Sdk/catalogue.json", "docs/catalogue.md"];

    private readonly string _root = Directory.CreateTempSubdirectory("catalogue-").FullName;

    public CatalogueFilesTests()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "content"), Path.Combine(Needs.Repository, "content"));
        foreach (var file in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
            File.Copy(Path.Combine(Needs.Repository, file), PathOf(file));
        }
    }

    public void Dispose()
    {
        // A link, but where a test has a folder of its own.
        if (new DirectoryInfo(PathOf("content")).LinkTarget is not null)
        {
            Directory.Delete(PathOf("content"));
        }

        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void Both_files_are_up_to_date() => Assert.Empty(CatalogueFiles.Stale(_root));

    [Theory]
    [InlineData("sdk/OpenCenter.Sdk/catalogue.json", 5)]
    [InlineData("docs/catalogue.md", 9)]
    public void A_stale_one_is_an_error_at_the_first_line_that_differs_until_it_is_written(string file, int line)
    {
        var lines = File.ReadAllLines(PathOf(file));
        lines[line - 1] += " ";
        File.WriteAllText(PathOf(file), string.Join('\n', lines) + "\n");

        Assert.Equal([$"{PathOf(file)}({line}): error CATALOGUE: This file is not what content/ makes of it. Run 'dotnet run --project tasks/OpenCenter.Catalogue' and commit it."], CatalogueFiles.Stale(_root));
        Assert.Equal([PathOf(file)], CatalogueFiles.Write(_root));
        Assert.Empty(CatalogueFiles.Stale(_root));
    }

    [Fact]
    public void One_that_is_missing_is_stale()
    {
        File.Delete(PathOf("docs/catalogue.md"));

        Assert.StartsWith($"{PathOf("docs/catalogue.md")}(1): error", Assert.Single(CatalogueFiles.Stale(_root)), StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_of_a_descriptor_breaks_out_of_its_cell()
    {
        Directory.Delete(Path.Combine(_root, "content"));
        var folder = Directory.CreateDirectory(Path.Combine(_root, "content/app")).FullName;
        File.WriteAllText(Path.Combine(folder, "App.csproj"), "<Project><PropertyGroup><Version>1.0.0</Version></PropertyGroup></Project>");
        File.WriteAllText(Path.Combine(folder, "service.yaml"), """
            apiVersion: opencenter.io/v1
            kind: Service
            metadata: {name: app, layer: platform}
            spec:
              namespaces: [{name: app, podSecurity: restricted}]
              provides: ["a | b", "<script>", "`code`"]
              requires: [{capability: "one\ntwo*"}]
              components:
              - name: app
                release: {name: app, chart: "x|y", source: {kind: HelmRepository, url: "https://charts.example.com"}}
            """);

        _ = CatalogueFiles.Write(_root).ToArray();

        Assert.Equal(
            @"| [app](../content/app/README.md) | 1.0.0 | x\|y | platform | app: restricted | a \| b<br>&lt;script><br>\`code\` | *one two\** |  |",
            File.ReadAllLines(PathOf("docs/catalogue.md"))[^1]);
    }

    private string PathOf(string file) => Path.Combine(_root, file);
}
