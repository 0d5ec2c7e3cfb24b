using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Secrets;

namespace OpenCenter.Composition.Tests;

/// <summary>Secrets that are not encrypted are found, at their place and without being shown; what is none is left alone.</summary>
public sealed class ClearSecretTests : IDisposable
{
    private const string Canary = "correct-Horse7battery";

    private readonly TestCluster _cluster = new TestCluster().Service("app").Service("git", "namespaces: [{name: git, podSecurity: restricted}]\ncomponents:\n- name: git\n  git: {url: https://example.com/x, tag: v1, path: x}");

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("values/app.yaml", "auth:\n  adminPassword: CANARY\n", 2, "app:auth.adminPassword")]
    [InlineData("values/app.yaml", "users:\n- {name: a, passwd: CANARY}\n", 2, "app:users[0].passwd")]
    [InlineData("values/app.yaml", "env:\n- name: DB_PASSWORD\n  value: CANARY\n", 3, "app:env[0].value")]
    [InlineData("values/app.yaml", "env:\n- key: DB_PASSWORD\n  path: /x\n  value: CANARY\n", 4, "app:env[0].value")]
    [InlineData("values/app.yaml", "args:\n- --smtp-password=CANARY\n", 2, "app:args[0]")]
    [InlineData("values/app.yaml", "args:\n- --smtp-password\n- CANARY\n", 3, "app:args[1]")]
    [InlineData("values/app.yaml", "adminPassword: {value: CANARY}\n", 1, "app:adminPassword.value")]
    [InlineData("values/app.yaml", "apiTokens:\n- x7Fj2kPq90Zs\n", 2, "app:apiTokens[0]")]
    [InlineData("values/app.yaml", "pin:\n  password: 271828\n", 2, "app:pin.password")]
    [InlineData("values/app.yaml", "config: |\n  [smtp]\n  user = a\n  password = CANARY\n", 4, "app:config")]
    [InlineData("values/app.yaml", "x.y: {db_password: CANARY}\n", 1, "app:\"x.y\".db_password")]
    [InlineData("resources/app/x.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {password: CANARY}\n", 4, "resources/app/x.yaml:data.password")]
    [InlineData("patches/app/x.yaml", "target: {kind: HelmRelease}\npatch: |\n  - op: add\n    path: /spec/values/password\n    value: CANARY\n", 2, "patches/app/x.yaml:patch:[0].value")]
    [InlineData("patches/git/x.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {password: CANARY}\n", 4, "patches/git/x.yaml:data.password")]
    public void A_secret_is_found_where_it_stands_and_can_be_allowed(string file, string text, int line, string allow)
    {
        _cluster.File(file, text.Replace("CANARY", Canary, StringComparison.Ordinal));

        var found = _cluster.Expect("OC5021");

        Assert.Equal((_cluster.PathOf(file), line, Severity.Error), (found.Place!.Value.File, found.Place.Value.Line, found.Severity));
        Assert.Contains($"{allow}", found.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, found.Message, StringComparison.Ordinal);
        _cluster.Item("ClusterAllow", allow, ("Reason", "a test"), ("Expires", "2026-12-31")).BuildClean();
    }

    [Theory]
    [InlineData("secretName: app-tls\nexistingSecret: app\npasswordKey: password\nusernameKey: user\ntokenTTL: 1h\ntokenURL: https://example.com/token\n")]
    [InlineData("secretKeyRef: {name: x, key: password}\npasswordFile: /etc/x\nauth: {secret: grafana-admin, token: vault-token, privateKey: tls.key, secretKey: password}\n")]
    [InlineData("password: ''\ntoken: null\nadminPassword: ${cluster.none}\n")]
    [InlineData("a: {password: '{{ .Values.x }}'}\nb: {password: $(DB_PASSWORD)}\nc: {password: $DB_PASSWORD}\nd: {clientSecret: $oidc.keycloak.clientSecret}\n")]
    [InlineData("forgotPassword: true\nautomountServiceAccountToken: false\nmaxTokens: 100\nallowPassword: 'no'\n")]
    [InlineData("image: {digest: sha256:9b2c8f0e1a3d5c7b9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f}\ncommit: 3f2b8c9d1e0a4b5c6d7e8f901234567890abcdef\nid: 123e4567-e89b-12d3-a456-426614174000\n")]
    [InlineData("class: io.example.platform.observability.collector.DefaultHttpExporterFactory\nurl: https://example.com/a/b?c=d\nrecipient: age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3n0zyj\n")]
    [InlineData("caBundle: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUIyVENDQVgrZ0F3SUJBZ0lVR3p3\nscript: |\n  if password == x; then\n  token=$(cat /x)\n  password: str\n  PASSWORD=\"$1\"\n")]
    public void What_leads_to_a_secret_or_only_looks_random_is_none(string values)
    {
        _cluster.File("values/app.yaml", values).Item("ClusterVariable", "none", ("Value", ""));

        Assert.DoesNotContain(_cluster.Build().Diagnostics, found => found.Code.StartsWith("OC5", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ghp_", 36, "a GitHub token")]
    [InlineData("AKIA", 16, "an AWS access key")]
    [InlineData("glpat-", 20, "a GitLab token")]
    [InlineData("xoxb-", 24, "a Slack token")]
    [InlineData("hvs.", 24, "a Vault token")]
    public void A_known_token_is_found_under_any_name(string prefix, int length, string form)
    {
        _cluster.File("values/app.yaml", $"motd: say {prefix}{new string('A', length)}\n");

        Assert.Contains($"({form})", _cluster.Expect("OC5021").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dsn: postgres://app:hunter2@db.example.com/app", "an address with a password")]
    [InlineData("note: x9Kd82LsQp0Zm4Vt7Yb1Nc6Rf3Gh5Jw8Ta2Ue", "random text")]
    public void An_address_with_a_password_and_random_text_are_found(string line, string reason)
    {
        _cluster.File("values/app.yaml", line + "\n");

        Assert.Contains($"({reason})", _cluster.Expect("OC5021").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: CHANGEME\n")]
    [InlineData("a: change-me-please\n")]
    [InlineData("password: <your password>\n")]
    [InlineData("apiKey: YOUR_API_KEY\n")]
    [InlineData("clientSecret: xxxxxxxx\n")]
    public void A_placeholder_is_an_error(string values)
    {
        _cluster.File("values/app.yaml", values);

        Assert.Equal(1, _cluster.Expect("OC5023").Place!.Value.Line);
    }

    [Theory]
    [InlineData("values/app.yaml", "a: 1\n# -----BEGIN RSA PRIVATE KEY-----\n# BODYBODYBODYBODYBODY\n", 2)]
    [InlineData("values/app.yaml", "a: 1\nb: |\n  -----BEGIN OPENSSH PRIVATE KEY-----\n  BODYBODYBODYBODYBODY\n", 3)]
    [InlineData("values/app.yaml", "a: 1\nb: AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQ\n", 2)]
    [InlineData("resources/app/README.yaml", "# AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQ\n", 1)]
    [InlineData(".sops.yaml", "creation_rules:\n- age: AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQ\n", 2)]
    public void A_private_key_is_found_in_comments_too(string file, string text, int line)
    {
        _cluster.File(file, text);

        Assert.Equal((_cluster.PathOf(file), line), (_cluster.Expect("OC5022").Place!.Value.File, _cluster.Expect("OC5022").Place!.Value.Line));
    }

    [Fact]
    public void A_private_key_of_a_package_is_found_in_Base64_too()
    {
        var key = Convert.ToBase64String("-----BEGIN EC PRIVATE KEY-----\nx\n"u8);
        using var cluster = new TestCluster().Service("app", files: ("manifests/x.yaml", TestCluster.Manifest("ConfigMap", "x", rest: $"data: {{a: {key}}}\n")));

        Assert.Equal(new Place(cluster.PackageFile("app", "manifests/x.yaml"), 5, 11), cluster.Expect("OC5022").Place);
    }

    [Fact]
    public void A_Secret_in_clear_is_an_error_for_each_value_also_in_a_package_and_can_be_allowed()
    {
        using var cluster = new TestCluster()
            .Service("app", files: ("manifests/x.yaml", TestCluster.Manifest("Secret", "x", rest: "stringData: {a: b, c: '', tls.key: d}\n")))
            .Item("ClusterAllow", "Test.app/manifests/x.yaml:stringData.a", ("Reason", "a test"), ("Expires", "2026-12-31"));

        var found = cluster.Expect("OC5020");

        Assert.StartsWith("'stringData.\"tls.key\"' of this Secret", found.Message, StringComparison.Ordinal);
        Assert.Contains("Include='Test.app/manifests/x.yaml:stringData.\"tls.key\"'", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secretGenerator: [{name: x, namespace: app, literals: [a=b]}]\n", "secretGenerator[0].literals[0]")]
    [InlineData("secretGenerator: [{name: x, namespace: app, files: [k=a.txt]}]\n", "secretGenerator[0].files[0]")]
    public void What_a_generator_of_Secrets_is_given_in_clear_is_an_error(string text, string path)
    {
        _cluster.File("resources/app/kustomization.yaml", "kind: Kustomization\n" + text).File("resources/app/a.txt", "b");

        Assert.Contains($"'{path}'", _cluster.Expect("OC5020").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_is_a_secret_is_found_in_the_project()
    {
        _cluster.Item("ClusterVariable", "db.password", ("Value", Canary));

        Assert.Equal(_cluster.ProjectFile, _cluster.Expect("OC5021").Place!.Value.File);
    }

    [Fact]
    public void What_a_descriptor_gives_a_release_is_looked_at()
    {
        using var cluster = new TestCluster().Service("app", TestCluster.DefaultSpec("app") + $"\n    spec: {{values: {{password: {Canary}}}}}");

        Assert.Contains("HelmRelease/app/app:spec.values.password", cluster.Expect("OC5021").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("values/app.yaml", "a: ENC\n")]
    [InlineData("values/app.yaml", "a: b\nsops: {mac: x}\n")]
    [InlineData("resources/app/x.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  a: ENC\n")]
    public void Encrypted_text_that_nothing_decrypts_is_an_error(string file, string text)
    {
        _cluster.File(file, text.Replace("ENC", Sops.Enc, StringComparison.Ordinal));

        Assert.Equal(_cluster.PathOf(file), _cluster.Expect("OC5009").Place!.Value.File);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("False")]
    [InlineData("yes")]
    [InlineData("no")]
    [InlineData("on")]
    [InlineData("off")]
    [InlineData("enabled")]
    [InlineData("disabled")]
    [InlineData("none")]
    public void A_switch_is_no_password(string value)
    {
        _cluster.File("values/app.yaml", $"password: \"{value}\"\n").BuildClean();
    }

    [Theory]
    [InlineData("a+b+c+d+", true)]
    [InlineData("a+b+c+d", false)]
    [InlineData("https://a.b/+", false)]
    public void A_token_has_eight_characters_at_least(string value, bool isSecret)
    {
        _cluster.File("values/app.yaml", $"token: {value}\n");

        Assert.Equal(isSecret ? ["OC5021"] : [], _cluster.Build().Diagnostics.Select(found => found.Code));
    }

    [Fact]
    public void What_is_found_by_its_name_says_so() => Assert.Equal(
        "'password' looks like a secret in clear (by its name). Move it to an encrypted file, or name a Secret that holds it; if it was committed, change it. If it is no secret, add <ClusterAllow Include=\"app:password\" Reason=\"…\" Expires=\"yyyy-MM-dd\" />.",
        _cluster.File("values/app.yaml", "password: hunter2\n").Expect("OC5021").Message);

    [Fact]
    public void Secrets_in_a_List_are_found()
    {
        _cluster.File("resources/app/x.yaml", "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: x, namespace: app}\n  stringData: {a: b}\n");

        Assert.Contains(_cluster.Build().Diagnostics, found => found.Code == "OC5020" && found.Place!.Value.Line == 7);
    }

    [Fact]
    public void A_definition_names_fields_and_does_not_fill_them()
    {
        _cluster.File("resources/app/x.yaml", "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x.example.com}\nspec: {password: hunter2}\n");

        Assert.DoesNotContain(_cluster.Build().Diagnostics, found => found.Code.StartsWith("OC5", StringComparison.Ordinal));
    }

    [Fact]
    public void A_comment_that_shows_how_a_key_begins_is_none()
    {
        _cluster.File("values/app.yaml", "# -----BEGIN RSA PRIVATE KEY-----\n# ...\na: 1\n").BuildClean();
    }

    [Fact]
    public void A_private_key_is_shown_where_it_begins()
    {
        _cluster.File("values/app.yaml", "a: 1\nb: AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQ\n");
        Assert.Equal(new Place(_cluster.PathOf("values/app.yaml"), 2, 4), _cluster.Expect("OC5022").Place);

        _cluster.File("values/app.yaml", "# PuTTY-User-Key-File-2: AAAAAAAAAAAAAAAAAAAA\n");
        Assert.Equal(new Place(_cluster.PathOf("values/app.yaml"), 1, 3), _cluster.Expect("OC5022").Place);
    }

    [Fact]
    public void An_exception_that_nothing_needs_is_a_warning_and_an_expired_one_an_error()
    {
        _cluster.Item("ClusterAllow", "app:password", ("Reason", "a test"), ("Expires", "2026-01-31"));

        Assert.Equal(["OC3011", "OC3013"], _cluster.Build().Diagnostics.Select(found => found.Code));
    }

    [Theory]
    [InlineData("adminPassword", "Password")]
    [InlineData("ADMIN_PASSWORD", "Password")]
    [InlineData("db-passwords", "Password")]
    [InlineData("pass", "Password")]
    [InlineData("apiKey", "Token")]
    [InlineData("client_secret", "Token")]
    [InlineData("bypass", "None")]
    [InlineData("passwordKey", "None")]
    [InlineData("topologyKey", "None")]
    [InlineData("secretName", "None")]
    [InlineData("tokenTTL", "None")]
    [InlineData("existingSecretAdminPassword", "None")]
    public void The_end_of_a_name_decides(string name, string kind) => Assert.Equal(kind, SecretName.Of(name).ToString());

    /// <summary>Default values of charts, as somebody would copy them: what is found are passwords and placeholders, nothing else.</summary>
    [SkippableFact]
    public void In_the_defaults_of_charts_only_secrets_are_found()
    {
        Needs.SharedData();
        var (files, found) = (0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Needs.Shared, "charts"), "values.yaml", SearchOption.AllDirectories))
        {
            files++;
            using var cluster = new TestCluster().Service("app").File("values/app.yaml", File.ReadAllText(file));
            var lines = File.ReadAllLines(file);
            found.UnionWith(cluster.Build().Diagnostics.Where(found => found.Code.StartsWith("OC5", StringComparison.Ordinal)).Select(found => lines[found.Place!.Value.Line - 1].Trim().Replace("\"", "", StringComparison.Ordinal)));
        }

        Assert.True(files > 100);
        Assert.Equal(
            [
                "accountkey: base64encodedaccountkey", "adminPassword: prom-operator", "harborAdminPassword: Harbor12345", "password: changeit",
                "password: harbor_registry_password", "password: pass", "password: password", "rootPassword: supersecret", "rootPassword: supersecretpassword",
                "secretKey: supersecretpassword",
            ],
            found.Order(StringComparer.Ordinal));
    }
}
