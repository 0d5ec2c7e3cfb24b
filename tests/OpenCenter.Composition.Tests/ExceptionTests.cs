using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Tests;

/// <summary>What packages lock, and what a project allows itself all the same, until a day.</summary>
public sealed class ExceptionTests : IDisposable
{
    private readonly TestCluster _cluster = new TestCluster().Service(
        "app",
        TestCluster.DefaultSpec("app") + "\n    values: {locked: [{path: pod.security, reason: it reads the disk}]}",
        files: ("values/base.yaml", "pod: {security: {user: 1000, group: 1000}}\n"));

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("a: 1\npod:\n  security:\n    group: 0\n", 4, 12, "pod.security.group")]
    [InlineData("a: 1\npod:\n  security: null\n", 3, 13, "pod.security")]
    [InlineData("a: 1\npod: none\n", 2, 6, "pod")]
    public void An_override_of_a_locked_value_is_an_error_at_its_place(string values, int line, int column, string path)
    {
        _cluster.File("values/app.yaml", values);

        var found = _cluster.Expect("OC3008");

        Assert.Equal(new Place(_cluster.PathOf("values/app.yaml"), line, column), found.Place);
        Assert.Equal(Severity.Error, found.Severity);
        Assert.Equal($"'{path}' of 'app' is locked: it reads the disk. If this cluster must differ, add <ClusterAllow Include=\"app:{path}\" Reason=\"…\" Expires=\"yyyy-MM-dd\" />.", found.Message);
    }

    [Theory]
    [InlineData("pod:\n  security:\n    group: ENC[AES256_GCM,data:x,iv:y,tag:z,type:int]\n", 3, 12, "pod.security.group")]
    [InlineData("pod: ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]\n", 1, 6, "pod")]
    public void An_encrypted_override_of_a_locked_value_is_one_too(string values, int line, int column, string path)
    {
        _cluster.File("values/app.sops.yaml", values + "sops:\n  mac: ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]\n");

        var found = _cluster.Expect("OC3008");

        Assert.Equal(new Place(_cluster.PathOf("values/app.sops.yaml"), line, column), found.Place);
        Assert.Contains($"'{path}' of 'app' is locked", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layered_mode_locks_the_same()
    {
        _cluster.Property("FluxValuesMode", "Layered").File("values/app.yaml", "pod: {security: {group: 0}}\n");

        Assert.Contains("'pod.security.group'", _cluster.Expect("OC3008").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_locked_value_is_named()
    {
        _cluster.File("values/app.yaml", "pod: {security: {user: 0, group: 0}}\n");

        Assert.Equal(["'pod.security.user'", "'pod.security.group'"], _cluster.Build().Diagnostics.Select(found => found.Message.Split(' ')[0]));
    }

    [Fact]
    public void The_package_itself_and_values_beside_the_locked_ones_are_free()
    {
        _cluster.File("values/app.yaml", "pod: {labels: {a: b}}\n").BuildClean();
    }

    [Fact]
    public void An_exception_allows_what_it_names_and_nothing_else()
    {
        Allow("2026-12-31").File("values/app.yaml", "pod: {security: {user: 0}}\n").BuildClean();
        Assert.Contains("user: 0", _cluster.Tree("components/app/values.yaml"), StringComparison.Ordinal);

        _cluster.File("values/app.yaml", "pod: {security: {user: 0, group: 0}}\n");
        Assert.Contains("'pod.security.group'", _cluster.Expect("OC3008").Message, StringComparison.Ordinal);
    }

    // The day of the build is 2026-06-15.
    [Theory]
    [InlineData("2026-07-16", null, null)]
    [InlineData("2026-07-15", "OC3012", "ClusterAllow 'app:pod.security.user' expires in 30 days, on 2026-07-15.")]
    [InlineData("2026-06-16", "OC3012", "ClusterAllow 'app:pod.security.user' expires in 1 day, on 2026-06-16.")]
    [InlineData("2026-06-15", "OC3012", "ClusterAllow 'app:pod.security.user' expires in 0 days, on 2026-06-15.")]
    [InlineData("2026-06-14", "OC3011", "ClusterAllow 'app:pod.security.user' expired on 2026-06-14. Remove the exception and the override, or give it a new day.")]
    [InlineData("", "OC3010", "ClusterAllow 'app:pod.security.user' needs a day on which it is looked at again: Expires=\"yyyy-MM-dd\".")]
    [InlineData("31.12.2026", "OC3010", "ClusterAllow 'app:pod.security.user' needs a day on which it is looked at again: Expires=\"yyyy-MM-dd\".")]
    public void An_exception_warns_for_thirty_days_and_then_ends(string expires, string? code, string? message)
    {
        Allow(expires).File("values/app.yaml", "pod: {security: {user: 0}}\n");

        var found = _cluster.Build().Diagnostics;

        Assert.Equal(code is null ? [] : [(code, message!, new Place(_cluster.ProjectFile, 4, 5))], found.Select(found => (found.Code, found.Message, found.Place!.Value)));
    }

    [Fact]
    public void An_exception_says_why()
    {
        _cluster.Item("ClusterAllow", "app:pod.security.user", ("Expires", "2026-12-31")).File("values/app.yaml", "pod: {security: {user: 0}}\n");

        Assert.Equal("ClusterAllow 'app:pod.security.user' needs a Reason, for whoever reads it next.", Assert.Single(_cluster.Build().Diagnostics).Message);
    }

    [Fact]
    public void An_exception_that_allows_nothing_is_to_be_removed()
    {
        Allow("2026-12-31");

        var found = Assert.Single(_cluster.Build().Diagnostics);

        Assert.Equal("ClusterAllow 'app:pod.security.user' allows nothing: no locked value and nothing that looks like a secret is there. Remove it.", found.Message);
        Assert.Equal(new Place(_cluster.ProjectFile, 4, 5), found.Place);
    }

    private TestCluster Allow(string expires) => _cluster.Item("ClusterAllow", "app:pod.security.user", ("Reason", "a test"), ("Expires", expires));
}
