using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Tests;

/// <summary>What SOPS encrypted is inspected without a key.</summary>
public sealed class SopsTests : IDisposable
{
    private const string File = "resources/app/x.sops.yaml";

    private readonly TestCluster _cluster = new TestCluster().Service("app", TestCluster.DefaultSpec("app", "creates: [v1/Secret/app/x]")).File(".sops.yaml", Sops.Rule());

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void An_encrypted_project_is_clean()
    {
        _cluster.File(File, Sops.Secret($"stringData:\n  a: {Sops.Enc}\n  empty: ''\n"))
            .File("values/app.sops.yaml", $"a:\n  b: {Sops.Enc}\n  open_unencrypted: 1\n  none: null\n  list:\n  - {Sops.Enc}\n{Sops.Block("  unencrypted_suffix: _unencrypted\n")}")
            .File("patches/app/p.sops.yaml", $"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: app\nspec:\n  values:\n    x: {Sops.Enc}\n{Sops.Block("  encrypted_regex: ^values$\n")}");

        _cluster.BuildClean();

        Assert.Contains("decryption:\n    provider: sops", _cluster.Tree("services/app.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(File)]
    [InlineData("values/app.sops.yaml")]
    public void A_file_that_only_its_name_encrypts_is_an_error(string file)
    {
        _cluster.File(file, TestCluster.Manifest("ConfigMap", "x"));

        Assert.Equal(new Place(_cluster.PathOf(file), 1, 1), _cluster.Expect("OC5001").Place);
    }

    [Fact]
    public void A_value_in_clear_is_found_by_the_files_rule_and_in_a_Secret_by_any_rule()
    {
        _cluster.File("values/app.sops.yaml", $"a: {Sops.Enc}\nb:\n- c: 5\n{Sops.Block("")}");
        Assert.Equal(Error("OC5002", "'b[0].c'", "values/app.sops.yaml", 3, 6), At(_cluster.Expect("OC5002")));

        using var cluster = new TestCluster().Service("app").File(".sops.yaml", Sops.Rule()).File(File, Sops.Secret("data:\n  a: aHVudGVyMg==\n", "  encrypted_suffix: _x\n"));
        Assert.Contains("'data.a'", cluster.Expect("OC5002").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ENC[AES256_GCM,data:YQ==,iv:AAAA,tag:AAAA,type:str]")]
    [InlineData("enc[aes256_gcm,data:YQ==]")]
    [InlineData("ENC[AES256_GCM,data:,iv:I,tag:T,type:str]")]
    [InlineData("ENC[AES256_GCM,data:YQ==,iv:I,tag:T,type:secret]")]
    [InlineData("ENC[AES256_GCM,data:YQ==,iv:I,tag:T,type:str] more")]
    [InlineData("ENC[AES256_GCM,data:YQ==,iv:I,tag:T]")]
    public void What_only_looks_encrypted_is_an_error(string value)
    {
        var text = value.Replace(":I,", $":{Convert.ToBase64String(new byte[32])},", StringComparison.Ordinal).Replace(":T", $":{Convert.ToBase64String(new byte[16])}", StringComparison.Ordinal);
        _cluster.File(File, Sops.Secret($"stringData:\n  a: {text}\n"));

        Assert.Contains("'stringData.a'", _cluster.Expect("OC5003").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_names_the_object_is_not_encrypted()
    {
        _cluster.File(File, $"apiVersion: v1\nkind: Secret\ntype: {Sops.Enc}\nmetadata:\n  name: x\n  labels:\n    a: {Sops.Enc}\nstringData:\n  a: {Sops.Enc}\n{Sops.Block()}");

        Assert.Equal(["'type'", "'metadata.labels.a'"], _cluster.Build().Diagnostics.Where(found => found.Code == "OC5004").Select(found => found.Message.Split(' ')[0]));
    }

    [Theory]
    [InlineData("  mac: ", "  macx: ", "'sops.mac' is missing")]
    [InlineData("  mac: ENC[AES256_GCM", "  mac: ENC[AES128_GCM", "'sops.mac' is not what SOPS writes")]
    [InlineData("2026-01-15T10:20:30Z", "yesterday", "'sops.lastmodified' is not what SOPS writes")]
    [InlineData("  version: 3.11.0", "  x: y", "'sops.version' is missing")]
    [InlineData("  version: 3.11.0", "  version: 3.11.0\n  unencrypted_suffix: _x", "'sops.encrypted_regex' comes on top of unencrypted_suffix")]
    [InlineData("^(data|stringData)$", "^(data$", "'sops.encrypted_regex' is no regular expression")]
    [InlineData("  age:\n", "  other:\n", "'sops.age' and every other list of keys is empty")]
    [InlineData("-----BEGIN AGE", "-----BEGIN OLD", "'sops.age[0]' is not a recipient")]
    [InlineData("YWdlLWVuY3J5cHRpb24ub3JnL3Yx", "YWdlLWVuY3J5cHRpb24ub3JnL3Yy", "'sops.age[0]' is not a recipient")]
    public void A_block_that_SOPS_would_not_write_is_an_error(string old, string changed, string message)
    {
        var text = Sops.Secret($"stringData:\n  a: {Sops.Enc}\n");
        Assert.Contains(old, text, StringComparison.Ordinal);

        _cluster.File(File, text.Replace(old, changed, StringComparison.Ordinal));

        Assert.StartsWith(message, _cluster.Expect("OC5005").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data|stringData")]
    [InlineData("^data|stringData$")]
    [InlineData("(data|stringData)")]
    public void A_regex_that_is_not_anchored_is_an_error(string regex)
    {
        _cluster.File(File, Sops.Secret($"stringData:\n  a: {Sops.Enc}\n", $"  encrypted_regex: {regex}\n"));

        Assert.StartsWith("'sops.encrypted_regex'", _cluster.Expect("OC5006").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recipients_are_those_of_the_rule()
    {
        _cluster.File(".sops.yaml", Sops.Rule(Sops.Admin, Sops.Cluster)).File(File, Sops.Secret($"stringData:\n  a: {Sops.Enc}\n"));
        Assert.Contains($"'sops.age' lacks the recipient {Sops.Cluster}", _cluster.Expect("OC5007").Message, StringComparison.Ordinal);

        _cluster.File(".sops.yaml", Sops.Rule(Sops.Cluster)).File(File, Sops.Secret($"stringData:\n  a: {Sops.Enc}\n", Sops.Regex, Sops.Cluster, Sops.Admin));
        Assert.Contains($"'sops.age[1]' is the recipient {Sops.Admin}", _cluster.Expect("OC5008").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_of_keys_are_recipients_in_the_file_and_in_the_rule()
    {
        _cluster.File(".sops.yaml", $"creation_rules:\n- age: {Sops.Admin}\n  key_groups:\n  - age: [{Sops.Cluster}]\n")
            .File(File, Sops.Secret($"stringData:\n  a: {Sops.Enc}\n", Sops.Regex, Sops.Cluster).Replace("  age:\n  - ", "  key_groups:\n  - age:\n    - ", StringComparison.Ordinal).Replace("    enc:", "      enc:", StringComparison.Ordinal).Replace("\n      ---", "\n        ---", StringComparison.Ordinal).Replace("\n      YW", "\n        YW", StringComparison.Ordinal));

        _cluster.BuildClean();
    }

    [Theory]
    [InlineData("patches/app/p.yaml", "target: {kind: HelmRelease, name: app}\npatch: 'x'\n", "Flux decrypts patches that are files only")]
    [InlineData("patches/git/p.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\n", "Flux decrypts patches that are files only")]
    public void An_encrypted_patch_that_is_no_file_of_the_tree_is_an_error(string file, string text, string message)
    {
        _cluster.Service("git", "namespaces: [{name: git, podSecurity: restricted}]\ncomponents:\n- name: git\n  git: {url: https://example.com/x, tag: v1, path: x}")
            .File(file, text + Sops.Block());

        Assert.StartsWith(message, _cluster.Expect("OC5009").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encrypted_file_for_a_ConfigMap_is_an_error_and_for_a_Secret_is_decrypted()
    {
        var env = $"key={Sops.Enc}\nsops_age__list_0__map_recipient={Sops.Admin}\nsops_age__list_0__map_enc={Armour()}\nsops_lastmodified=2026-01-15T10:20:30Z\nsops_mac={Sops.Enc}\nsops_version=3.11.0\n";
        _cluster.File("resources/app/a.env", env).File("resources/app/kustomization.yaml", "kind: Kustomization\nnamespace: app\nsecretGenerator: [{name: x, envs: [a.env]}]\n").BuildClean();
        Assert.Contains("path: ./clusters/test/flux/components/app-resources\n", _cluster.Tree("services/app.yaml").Split("decryption:")[0].Split("---")[^1], StringComparison.Ordinal);

        _cluster.File("resources/app/a.env", env.Replace("key=ENC", "key=x", StringComparison.Ordinal));
        Assert.Contains("'key'", _cluster.Expect("OC5002").Message, StringComparison.Ordinal);

        _cluster.File("resources/app/a.env", env).File("resources/app/kustomization.yaml", "kind: Kustomization\nnamespace: app\nconfigMapGenerator: [{name: x, envs: [a.env]}]\n");
        Assert.Equal(3, _cluster.Expect("OC5009").Place!.Value.Line);

        static string Armour() => Sops.Block().Split("enc: |\n")[1].Split("  lastmodified")[0].Replace("      ", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_without_configuration_is_told_what_to_write()
    {
        using var cluster = new TestCluster().Service("app")
            .File(File, Sops.Secret($"stringData:\n  a: {Sops.Enc}\n"))
            .File("values/app.sops.yaml", $"a: {Sops.Enc}\n{Sops.Block("")}");

        Assert.EndsWith(
            $$"""
            creation_rules:
              - path_regex: ^values/.*\.sops\.yaml$
                age: {{Sops.Admin}}
              - path_regex: ^resources/.*\.sops\.yaml$
                encrypted_regex: ^(data|stringData)$
                age: {{Sops.Admin}}
            """,
            cluster.Expect("OC5010").Example,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_is_found_up_to_the_repositorys_root()
    {
        using var cluster = new TestCluster().Service("app", TestCluster.DefaultSpec("app", "creates: [v1/Secret/app/x]")).File(File, Sops.Secret($"stringData:\n  a: {Sops.Enc}\n"));
        System.IO.File.WriteAllText(Path.Combine(cluster.Root, ".sops.yaml"), $"creation_rules:\n- path_regex: ^project/resources/\n  age: {Sops.Admin}\n");
        cluster.Expect("OC5010");

        Directory.CreateDirectory(Path.Combine(cluster.Root, ".git"));
        cluster.BuildClean();
    }

    [Fact]
    public void A_configuration_that_SOPS_does_not_read_is_a_warning()
    {
        _cluster.File(".sops.yml", Sops.Rule());

        Assert.Equal(Severity.Warning, _cluster.Expect("OC5011").Severity);
    }

    [Theory]
    [InlineData("creation_rules: []", "OC5012", 1)]
    [InlineData("creation_rules:\n- path_regex: x(\n  age: KEY", "OC5012", 2)]
    [InlineData("creation_rules:\n- age: KEY\n  encrypted_regex: ^a$\n  encrypted_suffix: b", "OC5012", 3)]
    [InlineData("creation_rules:\n- encrypted_regex: ^a$", "OC5012", 2)]
    [InlineData("creation_rules:\n- age: age1short", "OC5012", 2)]
    [InlineData("creation_rules:\n- age: KEY\n- path_regex: x\n  age: KEY", "OC5013", 3)]
    [InlineData("creation_rules:\n- encrypted_regex: data|stringData\n  age: KEY", "OC5006", 2)]
    public void A_rule_that_can_not_be_meant_is_shown(string text, string code, int line)
    {
        _cluster.File(".sops.yaml", text.Replace("KEY", Sops.Admin, StringComparison.Ordinal));

        Assert.Equal((_cluster.PathOf(".sops.yaml"), line), (_cluster.Expect(code).Place!.Value.File, _cluster.Expect(code).Place!.Value.Line));
    }

    [Fact]
    public void An_encrypted_file_that_no_rule_matches_is_an_error()
    {
        _cluster.File(".sops.yaml", $"creation_rules:\n- path_regex: ^values/\n  age: {Sops.Admin}\n").File(File, Sops.Secret($"stringData:\n  a: {Sops.Enc}\n"));

        Assert.Equal(_cluster.PathOf(File), _cluster.Expect("OC5014").Place!.Value.File);
    }

    private (string, bool, Place?) Error(string code, string quoted, string file, int line, int column) => (code + quoted, true, new Place(_cluster.PathOf(file), line, column));

    private static (string, bool, Place?) At(Diagnostic found) => (found.Code + found.Message.Split(' ')[0], found.Severity == Severity.Error, found.Place);
}
