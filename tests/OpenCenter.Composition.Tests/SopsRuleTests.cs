namespace OpenCenter.Composition.Tests;

/// <summary>What a <c>.sops.yaml</c> says, and whether the files that it is about follow it.</summary>
public sealed class SopsRuleTests : IDisposable
{
    private const string File = "resources/app/x.sops.yaml";

    private readonly TestCluster _cluster = new TestCluster().Service("app", TestCluster.DefaultSpec("app", "creates: [v1/Secret/app/x]"));

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("creation_rules: []", "OC5012", "'creation_rules' is empty or no list of rules, so SOPS would encrypt nothing by it. Correct the rule.")]
    [InlineData("creation_rules:\n- path_regex: x(\n  age: KEY", "OC5012", "'creation_rules[0].path_regex' is no regular expression. Correct the rule.")]
    [InlineData("creation_rules:\n- age: KEY\n  encrypted_regex: ^a$\n  encrypted_suffix: b", "OC5012", "'creation_rules[0].encrypted_regex' comes on top of encrypted_suffix, and SOPS takes one of them. Correct the rule.")]
    [InlineData("creation_rules:\n- age: KEY\n  unencrypted_regex: a(", "OC5012", "'creation_rules[0].unencrypted_regex' is no regular expression. Correct the rule.")]
    [InlineData("creation_rules:\n- age: KEY\n  encrypted_comment_regex: a(", "OC5012", "'creation_rules[0].encrypted_comment_regex' is no regular expression. Correct the rule.")]
    [InlineData("creation_rules:\n- encrypted_regex: ^a$", "OC5012", "'creation_rules[0]' names no key, so SOPS could not encrypt by it. Correct the rule.")]
    [InlineData("creation_rules:\n- key_groups:\n  - azure_kv: x", "OC5012", "'creation_rules[0]' names no key, so SOPS could not encrypt by it. Correct the rule.")]
    [InlineData("creation_rules:\n- age: age1short", "OC5012", "'creation_rules[0].age' is no public key of age: it begins with age1, ssh-ed25519 or ssh-rsa. Correct the rule.")]
    [InlineData("creation_rules:\n- age: age1QYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQS3N0ZYJ", "OC5012", "'creation_rules[0].age' is no public key of age: it begins with age1, ssh-ed25519 or ssh-rsa. Correct the rule.")]
    [InlineData("creation_rules:\n- encrypted_regex: api\n  age: KEY", "OC5006", "'creation_rules[0].encrypted_regex' is api, which matches every key that contains it, 'metadata' too if it is 'data'. Anchor it: ^(data|stringData)$.")]
    [InlineData("creation_rules:\n- encrypted_regex: kin\n  age: KEY", "OC5006", "'creation_rules[0].encrypted_regex' is kin, which matches every key that contains it, 'metadata' too if it is 'data'. Anchor it: ^(data|stringData)$.")]
    public void A_rule_that_can_not_be_meant_says_why(string text, string code, string message)
    {
        _cluster.File(".sops.yaml", text.Replace("KEY", Sops.Admin, StringComparison.Ordinal));

        Assert.Equal(message, _cluster.Expect(code).Message);
    }

    [Theory]
    [InlineData("encrypted_regex: secret")]
    [InlineData("unencrypted_regex: meta")]
    [InlineData("encrypted_suffix: data")]
    [InlineData("encrypted_comment_regex: sops")]
    public void A_rule_may_match_a_part_of_keys_that_are_not_read_before(string rule)
    {
        _cluster.File(".sops.yaml", $"creation_rules:\n- {rule}\n  age: {Sops.Admin}\n").BuildClean();
    }

    [Theory]
    [InlineData("azure_keyvault: https://example.com/keys/x/1")]
    [InlineData("hc_vault_transit_uri: https://example.com/v1/x")]
    [InlineData("hckms: x")]
    [InlineData("key_groups: [{hc_vault: [x]}, {}]")]
    [InlineData("pgp: 85D77543B3D624B63CEA9E6DBC17301B491B3F21")]
    [InlineData("age: ssh-ed25519 AAAAC3Nz")]
    [InlineData("age: ssh-rsa AAAAB3Nz")]
    public void Keys_may_be_kept_elsewhere(string keys)
    {
        _cluster.File(".sops.yaml", $"creation_rules:\n- {keys}\n").BuildClean();
    }

    [Theory]
    [InlineData("pgp: ABC, DEF", "pgp:\n  - fp: ABC\n  - fp: DEF\n", null)]
    [InlineData("pgp: ABC", "pgp:\n  - fp: DEF\n", "'sops.pgp' lacks the recipient ABC")]
    [InlineData("kms: arn:aws:kms:x+arn:aws:iam:y", "kms:\n  - arn: arn:aws:kms:x\n", null)]
    [InlineData("kms: a+b", "kms:\n  - arn: a+b\n", null)]
    [InlineData("kms: [{arn: arn:aws:kms:x}]", "kms:\n  - arn: arn:aws:kms:y\n", "'sops.kms' lacks the recipient arn:aws:kms:x")]
    [InlineData("gcp_kms: [{resource_id: projects/x}]", "gcp_kms:\n  - resource_id: projects/x\n", null)]
    [InlineData("gcp_kms: projects/x", "gcp_kms:\n  - resource_id: projects/y\n", "'sops.gcp_kms' lacks the recipient projects/x")]
    [InlineData("hckms: x", "hckms:\n  - key_id: x\n", null)]
    [InlineData("azure_keyvault: x", "azure_kv:\n  - name: x\n", null)]
    [InlineData("hc_vault_transit_uri: x", "hc_vault:\n  - engine_path: x\n", null)]
    public void A_file_has_the_recipients_of_its_rule_whoever_keeps_their_keys(string rule, string keys, string? message)
    {
        _cluster.File(".sops.yaml", $"creation_rules:\n- {rule}\n")
            .File(File, TestCluster.Manifest("Secret", "x", rest: $"stringData:\n  a: {Sops.Enc}\nsops:\n  {keys}  lastmodified: '2026-01-15T10:20:30Z'\n  mac: {Sops.Enc}\n{Sops.Regex}  version: 3.11.0\n"));

        if (message is null)
        {
            _cluster.BuildClean();
        }
        else
        {
            Assert.StartsWith(message, _cluster.Expect("OC5007").Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_project_without_rules_is_told_what_to_write_for_each_of_its_folders()
    {
        _cluster.File(File, Sops.Secret($"stringData:\n  a: {Sops.Enc}\n")).File("prerequisites/app/x.sops.yaml", Sops.Secret($"stringData:\n  a: {Sops.Enc}\n").Replace("name: x", "name: y", StringComparison.Ordinal));

        Assert.Contains("  - path_regex: ^(prerequisites|resources)/.*\\.sops\\.yaml$\n", _cluster.Expect("OC5010").Example, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bytes")]
    [InlineData("time")]
    [InlineData("comment")]
    [InlineData("int")]
    public void Each_type_of_SOPS_is_an_encrypted_value(string type)
    {
        Encrypted($"a: {Sops.Enc.Replace("type:str", $"type:{type}", StringComparison.Ordinal)}\n").BuildClean();
    }

    [Fact]
    public void An_encrypted_value_that_its_files_rule_leaves_in_clear_is_an_error() => Assert.Equal(
        "'a_unencrypted' is encrypted, but unencrypted_suffix of its file says that it is not: the cluster would get the encrypted text. Encrypt the file again by one rule.",
        Encrypted($"a: {Sops.Enc}\na_unencrypted: {Sops.Enc}\n").Expect("OC5009").Message);

    [Theory]
    [InlineData("  encrypted_suffix: _secret\n", "a_secret")]
    [InlineData("  encrypted_regex: ^(a|b)$\n", "a")]
    [InlineData("  unencrypted_regex: ^(a)$\n", "b")]
    [InlineData("  unencrypted_suffix: _open\n", "a_unencrypted")]
    [InlineData("", "a")]
    public void The_files_rule_says_which_values_are_encrypted(string rule, string key)
    {
        _cluster.File(".sops.yaml", Sops.Rule()).File("values/app.sops.yaml", $"{key}: {Sops.Enc}\n{Sops.Block(rule)}").BuildClean();
        _cluster.File("values/app.sops.yaml", $"{key}: clear\n{Sops.Block(rule)}");

        Assert.StartsWith($"'{key}' is in clear", _cluster.Expect("OC5002").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apiVersion: v1", "apiVersion")]
    [InlineData("kind: Secret", "kind")]
    public void What_says_what_an_object_is_stays_in_clear(string line, string path)
    {
        _cluster.File(".sops.yaml", Sops.Rule())
            .File(File, Sops.Secret($"stringData:\n  a: {Sops.Enc}\n").Replace(line, $"{path}: {Sops.Enc}", StringComparison.Ordinal));

        Assert.StartsWith($"'{path}' is encrypted, but is read before anything is decrypted.", _cluster.Expect("OC5004").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encrypted_text_without_its_block_says_how_to_get_it_back() => Assert.Equal(
        "'a' is encrypted, but its file has no 'sops' block: the cluster would get the encrypted text. Restore the block from Git, or encrypt the file again.",
        _cluster.File("values/app.yaml", $"a: {Sops.Enc}\n").Expect("OC5009").Message);

    [Fact]
    public void An_encrypted_file_that_is_not_named_so_says_how_to_name_it() => Assert.Equal(
        "This file is encrypted, but not named so: the cluster would get the encrypted text. Rename it to values/app.sops.yaml.",
        _cluster.File(".sops.yaml", Sops.Rule()).File("values/app.yaml", $"a: {Sops.Enc}\n{Sops.Block("")}").Expect("OC5009").Message);

    [Fact]
    public void A_line_in_clear_of_an_encrypted_dotenv_file_is_shown_at_its_value()
    {
        Generated("a.env", $"# key=x\n\nkey={Sops.Enc}\n clear=hunter2\n{Flat("sops_")}");

        var found = _cluster.Expect("OC5002");

        Assert.StartsWith("'clear' is in clear", found.Message, StringComparison.Ordinal);
        Assert.Equal(4, found.Place!.Value.Line);
    }

    [Fact]
    public void An_INI_file_has_its_block_in_a_section()
    {
        Generated("a.ini", $"; key = x\n[main]\nkey = {Sops.Enc}\n\n[sops]\n{Flat("").Replace("=", " = ", StringComparison.Ordinal).Replace(" =  = ", " = =", StringComparison.Ordinal)}");
        Assert.DoesNotContain(_cluster.Build().Diagnostics, found => found.Code is "OC5002" or "OC5020");

        Generated("a.ini", $"[main]\nkey = hunter2\n\n[sops]\n{Flat("")}");
        Assert.StartsWith("'key' is in clear", _cluster.Expect("OC5002").Message, StringComparison.Ordinal);
    }

    private TestCluster Encrypted(string values) => _cluster.File(".sops.yaml", Sops.Rule()).File("values/app.sops.yaml", values + Sops.Block(""));

    private void Generated(string file, string text) => _cluster.File(".sops.yaml", Sops.Rule()).File($"resources/app/{file}", text)
        .File("resources/app/kustomization.yaml", $"kind: Kustomization\nnamespace: app\nsecretGenerator: [{{name: x, {(file.EndsWith(".env", StringComparison.Ordinal) ? "envs" : "files")}: [{file}]}}]\n");

    // The block, one line a field.
    private static string Flat(string prefix)
    {
        var armour = Sops.Block("").Split("enc: |\n")[1].Split("  lastmodified")[0];
        var lines = string.Join("\\n", armour.Split('\n').Select(line => line.Trim()));
        return $"{prefix}age__list_0__map_recipient={Sops.Admin}\n{prefix}age__list_0__map_enc={lines}\n{prefix}lastmodified=2026-01-15T10:20:30Z\n{prefix}mac={Sops.Enc}\n{prefix}version=3.11.0\n";
    }
}
