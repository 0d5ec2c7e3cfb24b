namespace OpenCenter.Composition.Tests;

/// <summary>What a package deploys names one version, tag or commit.</summary>
public sealed class PinTests : IDisposable
{
    private const string Sha = "f123456789abcdef0123456789abcdef01234567";

    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("GitRepository", "ref: {branch: main}", "spec.ref.tag is missing", "Write a tag, or a commit.")]
    [InlineData("OCIRepository", "ref: {semver: 1.x}", "spec.ref.tag is missing", "Write a tag, or a digest.")]
    [InlineData("OCIRepository", "ref: {tag: latest}", "spec.ref.tag is 'latest'", "Write a tag, or a digest.")]
    [InlineData("OCIRepository", "provider: generic", "spec.ref is missing", "Write a tag.")]
    [InlineData("HelmRelease", "version: 1.x", "spec.chart.spec.version is '1.x'", "Write one version of the chart.")]
    public void What_can_change_by_itself_is_an_error(string kind, string text, string problem, string fix)
    {
        _cluster.Service("alpha", files: ("manifests/it.yaml", Object(kind, text, "alpha")));

        Assert.Equal($"{kind} 'alpha/it': {problem}, so the cluster can change without a change here. {fix}", _cluster.Expect("OC4028").Message);
    }

    [Theory]
    [InlineData("GitRepository", "ref: {tag: v1.0.0}")]
    [InlineData("GitRepository", "ref: {branch: main, commit: " + Sha + "}")]
    [InlineData("OCIRepository", "ref: {tag: 1.0.0}")]
    [InlineData("OCIRepository", "ref: {semver: 1.x, digest: 'sha256:" + Sha + "'}")]
    [InlineData("HelmRelease", "version: 1.2.3")]
    public void What_stays_as_it_was_tried_is_right(string kind, string text)
    {
        _cluster.Service("alpha", files: ("manifests/it.yaml", Object(kind, text, "alpha"))).BuildClean();
    }

    [Fact]
    public void A_chart_of_a_Git_source_has_the_sources_version()
    {
        _cluster.Service("alpha", files: ("manifests/it.yaml", Object("GitRepository", "ref: {tag: v1.0.0}", "alpha") + "---\n"
            + Object("HelmRelease", "interval: 1h", "alpha").Replace("{kind: HelmRepository,", "{kind: GitRepository,", StringComparison.Ordinal))).BuildClean();
    }

    [Fact]
    public void The_clusters_own_applications_may_follow_a_branch()
    {
        _cluster.Service("alpha").File("applications/shop/it.yaml", Object("GitRepository", "ref: {branch: main}", "shop")).BuildClean();
    }

    private static string Object(string kind, string text, string ns) => kind == "HelmRelease"
        ? TestCluster.Manifest(kind, "it", ns, "helm.toolkit.fluxcd.io/v2", $"spec:\n  interval: 5m\n  chart:\n    spec:\n      chart: it\n      sourceRef: {{kind: HelmRepository, name: it}}\n      {text}\n")
            + "---\n" + TestCluster.Manifest("HelmRepository", "it", ns, "source.toolkit.fluxcd.io/v1", "spec: {interval: 1h, url: \"https://charts.example.com\"}\n")
        : TestCluster.Manifest(kind, "it", ns, "source.toolkit.fluxcd.io/v1", $"spec:\n  interval: 1h\n  url: {(kind == "GitRepository" ? "https" : "oci")}://example.com/it\n  {text}\n");
}
