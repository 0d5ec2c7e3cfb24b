namespace OpenCenter.Composition.Tests;

/// <summary>A Secret that a service's chart names in its values, where no reference shows, is brought by the cluster.</summary>
public sealed class RequiredSecretTests : IDisposable
{
    private const string Bucket = "secrets: [{name: bucket, description: of the object storage, keys: [user, key]}]";

    private readonly TestCluster _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_cluster_that_forgets_it_is_told_which_Secret_with_which_keys_to_write_where()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", Bucket));

        var found = _cluster.Expect("OC1045");

        Assert.Equal("'alpha' needs the Secret 'alpha/bucket' (of the object storage) with the keys user, key. Write it to prerequisites/alpha/, encrypted with SOPS. "
            + "If something else makes it, add <ClusterExternal Include=\"v1/Secret/alpha/bucket\" />.", found.Message);
        Assert.Equal((_cluster.ProjectFile, 3), (found.Place!.Value.File, found.Place.Value.Line));
        Assert.False(Directory.Exists(_cluster.TreePath));
    }

    [Fact]
    public void One_that_a_release_refers_to_is_reported_once()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", Bucket) + "\n    spec: {valuesFrom: [{kind: Secret, name: bucket, valuesKey: key, targetPath: password}]}");

        _cluster.Expect("OC1045");
        Assert.DoesNotContain(_cluster.Build().Diagnostics, found => found.Code == "OC4012");
    }

    [Fact]
    public void A_misspelt_name_and_a_misspelt_key_get_the_nearest()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", Bucket)).File("prerequisites/alpha/bucket.yaml", Secret("buckets", "user: ENC", "keys: ENC"));
        Assert.Contains("Did you mean 'buckets'?", _cluster.Expect("OC1045").Message, StringComparison.Ordinal);

        _cluster.File("prerequisites/alpha/bucket.yaml", Secret("bucket", "user: ENC", "keys: ENC"));
        var found = _cluster.Expect("OC1046");

        Assert.StartsWith("'alpha' reads the key 'key' of the Secret 'alpha/bucket' (of the object storage), which has none of that name. Did you mean 'keys'?", found.Message, StringComparison.Ordinal);
        Assert.Equal((_cluster.PathOf("prerequisites/alpha/bucket.yaml"), 1), (found.Place!.Value.File, found.Place.Value.Line));
    }

    [Theory]
    [InlineData("v1", "Secret", "stringData: {user: ENC, key: ENC}")]
    [InlineData("v1", "Secret", "data: {user: ENC}\nstringData: {key: ENC}")]
    [InlineData("bitnami.com/v1alpha1", "SealedSecret", "spec: {encryptedData: {user: x, key: y}}")]
    [InlineData("external-secrets.io/v1", "ExternalSecret", "spec: {target: {name: bucket}}")]
    public void Whatever_makes_it_will_do(string apiVersion, string kind, string rest)
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", Bucket))
            .File("prerequisites/alpha/bucket.yaml", TestCluster.Manifest(kind, "bucket", "alpha", apiVersion, rest + "\n"));

        // Nor is it one that nobody reads.
        Assert.DoesNotContain(_cluster.Build().Diagnostics, found => found.Code is "OC1045" or "OC1046" or "OC4026");
    }

    [Fact]
    public void One_that_comes_only_after_the_service_is_a_deadlock()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", Bucket)).File("resources/alpha/bucket.yaml", Secret("bucket", "user: ENC", "key: ENC"));

        var found = _cluster.Expect("OC4024");

        Assert.StartsWith("Service 'alpha': spec.secrets names Secret 'alpha/bucket', which comes with 'alpha-resources', and that waits until 'alpha' is ready", found.Message, StringComparison.Ordinal);
        Assert.Equal(_cluster.PathOf("resources/alpha/bucket.yaml"), found.Place!.Value.File);
    }

    [Fact]
    public void One_for_another_service_is_needed_with_that_service_alone()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "secrets: [{name: client, description: of the identity provider, with: oidc}]"));
        _cluster.BuildClean();

        _cluster.Item("ClusterCapability", "oidc", ("ProvidedExternally", "true"));
        Assert.Contains("'alpha/client' (of the identity provider). Write it", _cluster.Expect("OC1045").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ha", true)]
    [InlineData("minimal", false)]
    public void One_for_a_profile_and_its_settings_are_asked_for_in_that_profile_alone(string profile, bool isNeeded)
    {
        _cluster.Property("ClusterProfile", profile).Service("alpha", TestCluster.DefaultSpec("alpha",
            "secrets: [{name: bucket, description: of the object storage, profile: ha}]\nsettings: [{name: bucket, type: string, description: of the logs, example: logs, profile: ha}]"));

        var found = _cluster.Build().Diagnostics;

        Assert.Equal(isNeeded ? ["OC1021", "OC1045"] : [], found.Select(each => each.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_profile_s_own_setting_is_no_variable_in_the_other()
    {
        _cluster.Property("ClusterProfile", "minimal")
            .Service("alpha", TestCluster.DefaultSpec("alpha", "settings: [{name: bucket, type: string, description: of the logs, default: logs, profile: ha}]"), files: ("values/base.yaml", "bucket: ${cluster.alpha.bucket}\n"));

        Assert.EndsWith("values/base.yaml", _cluster.Expect("OC1018").Place!.Value.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_may_hold_variables()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", "secrets: [{name: login, description: of the server, keys: ['${cluster.name}.password']}]"));

        Assert.Contains("with the key test.password.", _cluster.Expect("OC1045").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_that_says_that_it_is_there_hears_nothing()
    {
        _cluster.Service("alpha", TestCluster.DefaultSpec("alpha", Bucket)).Item("ClusterExternal", "v1/Secret/alpha/bucket");

        _cluster.BuildClean();
    }

    private static string Secret(string name, params string[] data) =>
        TestCluster.Manifest("Secret", name, "alpha", rest: $"stringData: {{{string.Join(", ", data)}}}\n");
}
