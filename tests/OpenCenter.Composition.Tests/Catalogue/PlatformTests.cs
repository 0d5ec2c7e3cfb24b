using System.Text.RegularExpressions;
using System.Xml.Linq;
using NuGet.Versioning;

namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>Packages of packages: a cluster begins with one line.</summary>
public sealed partial class PlatformTests
{
    public static TheoryData<string> Platforms => [.. Directory.EnumerateDirectories(Path.Combine(Needs.Repository, "content"), "platform-*").Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"^\d{4}\.\d{1,2}\.\d+$")]
    private static partial Regex Date();

    [Theory]
    [MemberData(nameof(Platforms))]
    public void A_platform_takes_each_member_from_its_version_to_the_next_minor_one(string platform)
    {
        var versions = Directory.EnumerateFiles(Path.Combine(Needs.Repository, "content"), "OpenCenter.Services.*.csproj", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => NuGetVersion.Parse(XDocument.Load(file).Descendants("Version").Single().Value));
        var project = XDocument.Load(Directory.EnumerateFiles(ContentCluster.Folder(platform), "*.csproj").Single());
        var members = project.Descendants("PackageReference").ToDictionary(member => (string)member.Attribute("Include")!, member => (string)member.Attribute("Version")!);

        Assert.Matches(Date(), project.Descendants("Version").Single().Value);
        Assert.NotEmpty(members);
        Assert.All(members, member => Assert.Equal($"[{versions[member.Key]}, {versions[member.Key].Major}.{versions[member.Key].Minor + 1}.0)", member.Value));
    }

    [Fact]
    public void What_a_platform_brings_needs_no_reference_of_its_own()
    {
        using var cluster = new TestCluster();
        cluster.Service("alpha", isReferenced: false)
            .Package("Test.platform", "2026.11.0", isReferenced: true, ["alpha"], ("service.yaml", "apiVersion: opencenter.io/v1\nkind: Platform\nmetadata: {name: platform}\n"));

        Assert.Equal(["alpha"], cluster.BuildClean().Services.Select(service => service.Name));
    }

    [Fact]
    public void What_a_platform_brings_is_reported_where_the_platform_is_referenced()
    {
        using var cluster = new TestCluster();
        cluster.Service("other").Service("beta", TestCluster.DefaultSpec("beta", "settings:\n  - {name: bucket, type: string, description: bucket of the store, example: prod}"), isReferenced: false)
            .Service("alpha", isReferenced: false, dependsOn: ["beta"])
            .Package("Test.platform", "2026.11.0", isReferenced: true, ["alpha"], ("service.yaml", "apiVersion: opencenter.io/v1\nkind: Platform\nmetadata: {name: platform}\n"));

        var found = cluster.Expect("OC1021");

        Assert.Contains("'beta' needs 'bucket'", found.Text, StringComparison.Ordinal);
        Assert.Contains("Test.platform", File.ReadLines(cluster.ProjectFile).ElementAt(found.Place!.Value.Line - 1), StringComparison.Ordinal);
    }
}
