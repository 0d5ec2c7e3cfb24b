namespace OpenCenter.Composition.Tests;

/// <summary>A Secret that nobody reads is most often one whose name is wrong.</summary>
public sealed class UnreadTests : IDisposable
{
    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_Secret_that_nothing_names_is_a_warning_at_its_place()
    {
        _cluster.Service("alpha").File("prerequisites/alpha/login.yaml", Secret("lgin"));

        var found = _cluster.Expect("OC4026");

        Assert.Equal("Nothing in this cluster reads Secret 'alpha/lgin'. Remove it, or correct its name; "
            + "if something reads it that nobody here can see, add <ClusterExternal Include=\"v1/Secret/alpha/lgin\" />.", found.Message);
        Assert.Equal((_cluster.PathOf("prerequisites/alpha/login.yaml"), 1), (found.Place!.Value.File, found.Place.Value.Line));
    }

    [Theory]
    [InlineData("existingSecret: login")]
    [InlineData("args: [--from=alpha/login]")]
    [InlineData("imagePullSecrets: [{name: login}]")]
    [InlineData("url: secret://login:key")]
    public void A_Secret_that_a_value_names_is_read(string values) => IsRead("values/alpha.yaml", values + "\n");

    [Fact]
    public void A_Secret_that_an_object_refers_to_is_read() => IsRead("applications/shop/web.yaml", TestCluster.Manifest("ServiceAccount", "web", "alpha", rest: "imagePullSecrets: [{name: login}]\n"));

    [Fact]
    public void A_Secret_that_an_object_names_in_a_field_that_nobody_here_knows_is_read() =>
        IsRead("applications/shop/web.yaml", TestCluster.Manifest("Pool", "web", "alpha", "example.com/v1", "spec: {credentials: {from: login}}\n"));

    [Fact]
    public void A_Secret_that_an_annotation_names_is_read() =>
        IsRead("applications/shop/web.yaml", TestCluster.Manifest("Service", "web", "alpha").Replace("metadata:\n", "metadata:\n  annotations: {example.com/auth: login}\n", StringComparison.Ordinal));

    [Fact]
    public void A_Secret_that_the_project_knows_more_of_is_read() => IsRead(null, null, ("ClusterExternal", "v1/Secret/alpha/login"));

    [Theory]
    [InlineData("metadata:\n", "metadata:\n  labels: {example.com/replicate: all}\n")]
    [InlineData("metadata:\n", "metadata:\n  labels: {apps: all}\n")]
    [InlineData("metadata:\n", "metadata:\n  annotations: {example.com/replicate: all}\n")]
    [InlineData("stringData", "type: bootstrap.kubernetes.io/token\nstringData")]
    public void A_Secret_that_somebody_may_look_for_otherwise_is_read(string part, string by)
    {
        _cluster.Service("alpha").File("prerequisites/alpha/login.yaml", Secret("login").Replace(part, by, StringComparison.Ordinal));

        Assert.DoesNotContain(_cluster.Build().Diagnostics, found => found.Code == "OC4026");
    }

    [Theory]
    [InlineData("Opaque")]
    [InlineData("kubernetes.io/tls")]
    [InlineData("kubernetes.io/dockerconfigjson")]
    [InlineData("kubernetes.io/basic-auth")]
    [InlineData("kubernetes.io/ssh-auth")]
    public void Nobody_looks_for_a_type_that_says_only_what_is_in_it(string type)
    {
        _cluster.Service("alpha").File("prerequisites/alpha/login.yaml", Secret("login").Replace("stringData", $"type: {type}\nstringData", StringComparison.Ordinal));

        Assert.Contains(_cluster.Build().Diagnostics, found => found.Code == "OC4026");
    }

    [Fact]
    public void A_Secret_is_not_read_by_the_version_of_an_object()
    {
        _cluster.Service("alpha").File("prerequisites/alpha/login.yaml", Secret("v1")).File("resources/alpha/web.yaml", TestCluster.Manifest("ServiceAccount", "web", "alpha"));

        _cluster.Expect("OC4026");
    }

    [Fact]
    public void A_Secret_is_not_read_by_what_is_named_as_it_is_nor_by_itself()
    {
        _cluster.Service("alpha").File("prerequisites/alpha/login.yaml", Secret("login").Replace("metadata:\n", "metadata:\n  annotations: {kustomize.toolkit.fluxcd.io/ssa: login}\n", StringComparison.Ordinal))
            .File("resources/alpha/login.yaml", TestCluster.Manifest("Service", "login", "alpha"));

        _cluster.Expect("OC4026");
    }

    [Fact]
    public void Where_a_tier_is_encrypted_nobody_here_can_say()
    {
        _cluster.Service("alpha").Service("beta").File("prerequisites/alpha/login.yaml", Secret("login")).File("values/alpha.sops.yaml", "a: ENC[x]\nsops:\n  mac: ENC[x]\n");

        Assert.DoesNotContain(_cluster.Build().Diagnostics, found => found.Code == "OC4026");
    }

    [Fact]
    public void What_another_service_brings_no_encrypted_tier_reads()
    {
        _cluster.Service("alpha").Service("beta").File("prerequisites/beta/login.yaml", Secret("login")).File("values/alpha.sops.yaml", "a: ENC[x]\nsops:\n  mac: ENC[x]\n");

        Assert.Contains(_cluster.Build().Diagnostics, found => found.Code == "OC4026");
    }

    private void IsRead(string? file, string? text, params (string Type, string Include)[] items)
    {
        _cluster.Service("alpha").File("prerequisites/alpha/login.yaml", Secret("login"));
        _cluster.Expect("OC4026");

        if (file is not null)
        {
            _cluster.File(file, text!);
        }

        foreach (var (type, include) in items)
        {
            _cluster.Item(type, include);
        }

        Assert.DoesNotContain(_cluster.Build().Diagnostics, found => found.Code == "OC4026");
    }

    private static string Secret(string name) => TestCluster.Manifest("Secret", name, "alpha", rest: "stringData: {password: ENC}\n");
}
