using OpenCenter.Composition.Secrets;

namespace OpenCenter.Composition.Tests;

/// <summary>Which texts are secrets, by their form and by the name of their key, and which only look so.</summary>
public sealed class SecretTextTests
{
    [Theory]
    [InlineData("ghp_", 30, "a GitHub token")]
    [InlineData("gho_", 30, "a GitHub token")]
    [InlineData("ghs_", 30, "a GitHub token")]
    [InlineData("ghu_", 30, "a GitHub token")]
    [InlineData("ghr_", 30, "a GitHub token")]
    [InlineData("github_pat_", 30, "a GitHub token")]
    [InlineData("glpat-", 20, "a GitLab token")]
    [InlineData("gldt-", 20, "a GitLab token")]
    [InlineData("glrt-", 20, "a GitLab token")]
    [InlineData("xoxb-", 20, "a Slack token")]
    [InlineData("xoxp-", 20, "a Slack token")]
    [InlineData("xoxa-", 20, "a Slack token")]
    [InlineData("xapp-", 20, "a Slack token")]
    [InlineData("hooks.slack.com/services/T", 20, "a Slack webhook")]
    [InlineData("AKIA", 16, "an AWS access key")]
    [InlineData("ASIA", 16, "an AWS access key")]
    [InlineData("AIza", 35, "a Google key")]
    [InlineData("ya29.", 20, "a Google token")]
    [InlineData("sk_live_", 16, "a Stripe key")]
    [InlineData("rk_live_", 16, "a Stripe key")]
    [InlineData("SG.", 40, "a SendGrid key")]
    [InlineData("npm_", 30, "an npm token")]
    [InlineData("dop_v1_", 40, "a DigitalOcean token")]
    [InlineData("hvs.", 20, "a Vault token")]
    [InlineData("hvb.", 20, "a Vault token")]
    [InlineData("glsa_", 30, "a Grafana token")]
    [InlineData("glc_", 40, "a Grafana token")]
    [InlineData("dckr_pat_", 20, "a Docker token")]
    [InlineData("pypi-AgE", 40, "a PyPI token")]
    [InlineData("sk-ant-", 30, "an Anthropic key")]
    [InlineData("sk-proj-", 30, "an OpenAI key")]
    [InlineData("NRAK-", 20, "a New Relic key")]
    [InlineData("shpat_", 30, "a Shopify token")]
    [InlineData("AccountKey=", 40, "an Azure key")]
    [InlineData("eyJ", 60, "a JSON web token")]
    public void A_token_is_known_by_how_it_begins_and_how_long_it_is(string prefix, int length, string form)
    {
        // A JSON web token has three parts.
        var rest = prefix == "eyJ" ? new string('a', 58) + ".." : new string('a', length);

        Assert.Equal(form, SecretText.FormOf(prefix + rest));
        Assert.Equal(form, SecretText.FormOf($"say {prefix}{rest}, or not"));
        Assert.Null(SecretText.FormOf($"{prefix}{rest[1..]}"));
        Assert.Null(SecretText.FormOf($"x{prefix}{rest}"));
    }

    [Fact]
    public void A_JSON_web_token_has_three_parts() => Assert.Null(SecretText.FormOf("eyJ" + new string('a', 70) + "."));

    [Theory]
    [InlineData("postgres://app:hunter2@db.example.com/app", true)]
    [InlineData("postgres://app:hunter2@db", true)]
    [InlineData("see amqp://a:b@c and more", true)]
    [InlineData("first https://example.com, then https://a:b@c", true)]
    [InlineData("https://:b@c", true)]
    [InlineData("https://example.com/?token=x7Fj2kPq90Zs", true)]
    [InlineData("https://example.com/path?a=b&api_key=x7Fj2kPq90Zs&c=d", true)]
    [InlineData("https://example.com?token=x7Fj2kPq90Zs#top", true)]
    [InlineData("https://example.com/?token=", false)]
    [InlineData("https://example.com/?token=my-token", false)]
    [InlineData("https://example.com/?token=${TOKEN}", false)]
    [InlineData("https://example.com/?page=x7Fj2kPq90Zs", false)]
    [InlineData("https://example.com/?=x7Fj2kPq90Zs", false)]
    [InlineData("https://example.com/?a&b", false)]
    [InlineData("https://app@db.example.com", false)]
    [InlineData("https://app:@db.example.com", false)]
    [InlineData("https://db.example.com:5432/app", false)]
    [InlineData("https://db.example.com:5432/a@b", false)]
    [InlineData("https://app:<password>@db", false)]
    [InlineData("https://app:***@db", false)]
    [InlineData("https://app:$PASSWORD@db", false)]
    [InlineData("https://app:%s@db", false)]
    [InlineData("https://app:{{ .password }}@db", false)]
    [InlineData("https://example.com \"a:b@c\"", false)]
    [InlineData("mailto:a:b@c", false)]
    public void An_address_may_hold_a_password(string text, bool isSecret) => Assert.Equal(isSecret ? "an address with a password" : null, SecretText.FormOf(text));

    [Theory]
    [InlineData("x9Kd82LsQp0Zm4Vt7Yb1Nc6Rf3Gh5Jw8", true)]
    [InlineData("x9Kd82LsQp0Zm4Vt7Yb1Nc6Rf3Gh5Jw", false)] // short
    [InlineData("x9Kd82LsQp0Zm4Vt7Yb1Nc6Rf3Gh5Jw8==", true)]
    [InlineData("x9Kd82LsQp0Zm4Vt7Yb1Nc6Rf3 Gh5Jw8Ta", false)] // two words
    [InlineData("x9kd82lsqp0zm4vt7yb1nc6rf3gh5jw8ta", false)] // one case
    [InlineData("X9KD82LSQP0ZM4VT7YB1NC6RF3GH5JW8TA", false)]
    [InlineData("xKdLsQpZmVtYbNcRfGhJwTaUeIoPaSdFgH", false)] // no digits
    [InlineData("TheDefaultHypertextExporterFactories2026", false)] // words
    [InlineData("A1b2A1b2A1b2A1b23456789012345678", true)] // four capitals, four small letters
    [InlineData("a1b2A1b2A1b2A1b23456789012345678", false)]
    [InlineData("A1B2A1b2A1b2A1b23456789012345678", false)]
    [InlineData("AbAbAbAbAbAbAbAbAbAbAbAbAbAbA123", true)] // three digits
    [InlineData("AbAbAbAbAbAbAbAbAbAbAbAbAbAbAb12", false)]
    [InlineData("Ab-Ab-Ab-Ab-Ab-Ab-Ab-Ab-Ab-Ab-Ab-", false)]
    [InlineData("AbAbAbAb1A1b1AAAAAAAAAAAAAAAAAAAAAA", true)] // two changes in five characters
    [InlineData("AbAbAbAb1A1b1AAAAAAAAAAAAAAAAAAAAAAA", false)]
    public void Random_text_is_long_mixed_and_without_words(string text, bool isRandom) => Assert.Equal(isRandom, SecretText.IsRandom(text, "note"));

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Random_text_is_no_whole_document(int length, bool isRandom) =>
        Assert.Equal(isRandom, SecretText.IsRandom(string.Concat(Enumerable.Repeat("aB3", 67)).AsSpan(0, length), "note"));

    [Theory]
    [InlineData("digest")]
    [InlineData("checksum")]
    [InlineData("configHash")]
    [InlineData("gitSha")]
    [InlineData("sha256")]
    [InlineData("fingerprint")]
    [InlineData("publicKey")]
    [InlineData("pubkey")]
    [InlineData("tlsCert")]
    [InlineData("certificate")]
    [InlineData("tls.crt")]
    [InlineData("ca")]
    [InlineData("caBundle")]
    [InlineData("bundle")]
    [InlineData("chain")]
    [InlineData("commit")]
    [InlineData("revision")]
    [InlineData("recipient")]
    [InlineData("uid")]
    [InlineData("clientId")]
    [InlineData("icon")]
    [InlineData("url")]
    [InlineData("image")]
    [InlineData("signature")]
    [InlineData("pem")]
    [InlineData("modulus")]
    [InlineData("description")]
    [InlineData("base64data")]
    public void What_is_public_by_its_name_may_look_random(string key) => Assert.False(SecretText.IsRandom("x9Kd82LsQp0Zm4Vt7Yb1Nc6Rf3Gh5Jw8", key));

    [Theory]
    [InlineData("{{ .Values.x }}", true)]
    [InlineData("a${X}b", true)]
    [InlineData("$(X)", true)]
    [InlineData("ENC[AES256_GCM,data:x]", true)]
    [InlineData("$X", true)]
    [InlineData("$DB_PASSWORD", true)]
    [InlineData("$__file{/x}", true)]
    [InlineData("$oidc.keycloak.clientSecret", true)]
    [InlineData("$oidc:clientSecret", true)]
    [InlineData("vault:secret/data/x", true)]
    [InlineData("ref+vault://x", true)]
    [InlineData("op://vault/item", true)]
    [InlineData("file:/etc/x", true)]
    [InlineData("<path:secret/x>", true)]
    [InlineData("$", false)]
    [InlineData("$1abc", false)]
    [InlineData("$2a$10$abc.def", false)]
    [InlineData("$Passw0rd", false)]
    [InlineData("X$Y", false)]
    [InlineData("hunter2", false)]
    [InlineData("hunter.2", false)]
    public void A_reference_says_where_the_secret_is(string text, bool isReference) => Assert.Equal(isReference, SecretText.IsReference(text));

    [Theory]
    [InlineData("CHANGEME", "None", true)]
    [InlineData("please-change-me", "None", true)]
    [InlineData("replace_me", "None", true)]
    [InlineData("changeit", "None", true)]
    [InlineData("change-this", "None", true)]
    [InlineData("replace-this", "None", true)]
    [InlineData("change me", "None", false)]
    [InlineData("change me", "Password", true)]
    [InlineData("changeit2", "None", false)]
    [InlineData("password", "Password", true)]
    [InlineData("secret", "Password", true)]
    [InlineData("Example", "Password", true)]
    [InlineData("password", "Token", false)]
    [InlineData("todo", "Token", true)]
    [InlineData("TBD", "Token", true)]
    [InlineData("fixme", "Token", true)]
    [InlineData("placeholder", "Token", true)]
    [InlineData("your-token", "Token", true)]
    [InlineData("insert-token", "Token", true)]
    [InlineData("<token>", "Token", true)]
    [InlineData("<token", "Token", false)]
    [InlineData("token>", "Token", false)]
    [InlineData("xxx", "Token", true)]
    [InlineData("xx", "Token", false)]
    [InlineData("xxy", "Token", false)]
    [InlineData("todo", "None", false)]
    [InlineData("", "Password", false)]
    [InlineData("changeme-89-123456789-123456789-12345678", "None", true)] // 40 characters
    [InlineData("changeme-89-123456789-123456789-123456789", "None", false)]
    public void A_placeholder_was_written_to_be_replaced(string text, string kind, bool isPlaceholder) =>
        Assert.Equal(isPlaceholder, SecretText.IsPlaceholder(text, Enum.Parse<SecretKind>(kind)));

    [Theory]
    [InlineData("grafana-admin", true)]
    [InlineData("tls.key", true)]
    [InlineData("secret/data: app_1", true)]
    [InlineData("abcdefghijklmnop", true)]
    [InlineData("abcdefghijklmnopq", false)]
    [InlineData("abcdefghijklmnop-abcdefghijklmnop", true)]
    [InlineData("app-1234", true)]
    [InlineData("app-12345", false)]
    [InlineData("a1b2", true)]
    [InlineData("a1b2c", false)]
    [InlineData("myAppOneKey", true)]
    [InlineData("myAppOneKeyTwo", false)]
    [InlineData("+x", false)]
    [InlineData("a+b", false)]
    public void A_name_is_what_a_person_gives(string text, bool isName) => Assert.Equal(isName, SecretText.IsName(text));

    [Theory]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----", 0)]
    [InlineData("a\n-----BEGIN PRIVATE KEY-----", 2)]
    [InlineData("-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n-----BEGIN PGP PRIVATE KEY BLOCK-----", 56)]
    [InlineData("-----BEGIN A-----\n-----BEGIN B-----\n-----BEGIN PRIVATE KEY-----", 36)]
    [InlineData("AGE-SECRET-KEY-1X", 0)]
    [InlineData("x AGE-SECRET-KEY-1X", 2)]
    [InlineData("AGE-SECRET-KEY-", -1)]
    [InlineData("AGE-SECRET-KEY-<x>", -1)]
    [InlineData("PuTTY-User-Key-File-2: ssh-rsa", 0)]
    [InlineData("-----BEGIN CERTIFICATE-----", -1)]
    [InlineData("-----BEGIN CERTIFICATE-----\nPRIVATE KEY", -1)]
    [InlineData("-----BEGIN PRIVATE KEY", -1)]
    public void A_private_key_is_found_where_it_begins(string text, int at) => Assert.Equal(at, SecretText.PrivateKeyAt(text));

    [Theory]
    [InlineData("-----BEGIN PRIVATE KEY-----\nabcdefghijklmno+", true)]
    [InlineData("-----BEGIN PRIVATE KEY-----\nabcdefghijklmn/=", true)]
    [InlineData("-----BEGIN PRIVATE KEY-----\nabcdefghijklmno", false)]
    [InlineData("-----BEGIN PRIVATE KEY-----\nabcdefgh ijklmnopqr", false)]
    [InlineData("-----BEGIN PRIVATE KEY-----\n...", false)]
    [InlineData("AGE-SECRET-KEY-1QQQQQQQQQQQQQQQ", true)]
    [InlineData("AGE-SECRET-KEY-1QQQ", false)]
    public void A_comment_that_shows_the_first_line_alone_holds_no_key(string text, bool hasBody) => Assert.Equal(hasBody, SecretText.HasBody(text));

    [Theory]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nx\n", true)]
    [InlineData("-----BEGIN CERTIFICATE-----\nx\n", false)]
    public void A_private_key_in_Base64_is_one(string text, bool isKey)
    {
        Assert.Equal(isKey, SecretText.HasPrivateKey(Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(text))));
        Assert.False(SecretText.HasPrivateKey("LS0tLS1CRUdJTi!"));
    }

    [Theory]
    [InlineData("passwd", "Password")]
    [InlineData("passphrase", "Password")]
    [InlineData("db.pwd", "Password")]
    [InlineData("pass", "Password")]
    [InlineData("userPass", "Password")]
    [InlineData("dbPass", "Password")]
    [InlineData("smtp_pass", "Password")]
    [InlineData("auth-pass", "Password")]
    [InlineData("pw", "Password")]
    [InlineData("accessToken", "Token")]
    [InlineData("tokens", "Token")]
    [InlineData("credentials", "Token")]
    [InlineData("authorization", "Token")]
    [InlineData("connectionString", "Token")]
    [InlineData("passwordHash", "Token")]
    [InlineData("secretId", "Token")]
    [InlineData("psk", "Token")]
    [InlineData("appKey", "Token")]
    [InlineData("application_key", "Token")]
    [InlineData("accessKey", "Token")]
    [InlineData("secretKey", "Token")]
    [InlineData("privateKey", "Token")]
    [InlineData("encryptionKey", "Token")]
    [InlineData("signingKey", "Token")]
    [InlineData("masterKey", "Token")]
    [InlineData("accountKey", "Token")]
    [InlineData("sharedKey", "Token")]
    [InlineData("authKey", "Token")]
    [InlineData("licenseKey", "Token")]
    [InlineData("routingKey", "Token")]
    [InlineData("serviceKey", "Token")]
    [InlineData("integrationKey", "Token")]
    [InlineData("deployKey", "Token")]
    [InlineData("hmacKey", "Token")]
    [InlineData("sessionKey", "Token")]
    [InlineData("storageKey", "Token")]
    [InlineData("sshKey", "Token")]
    [InlineData("jwtKey", "Token")]
    [InlineData("API KEY", "Token")]
    [InlineData("compass", "None")]
    [InlineData("key", "None")]
    [InlineData("access", "None")]
    [InlineData("", "None")]
    public void A_key_s_name_says_what_its_value_is(string name, string kind) => Assert.Equal(kind, SecretName.Of(name).ToString());

    [Fact]
    public void Of_a_long_name_the_end_is_looked_at() => Assert.Equal(SecretKind.Password, SecretName.Of(new string('x', 1000) + "Password"));

    [Theory]
    [InlineData("--password=x", false, "password", "x")]
    [InlineData("- --password=x", false, "password", "x")]
    [InlineData("-  password=x", false, "password", "x")]
    [InlineData("password: x", false, null, null)]
    [InlineData("password: x", true, "password", "x")]
    [InlineData("\"password\": \"a b\",", true, "password", "a b")]
    [InlineData("'password' = 'a b'", true, "password", "a b")]
    [InlineData("password = \"a b'", true, null, null)]
    [InlineData("password = a b", true, null, null)]
    [InlineData("password = a b", false, "password", "a b")]
    [InlineData("password = \"", false, "password", "\"")]
    [InlineData("password = \"\"", false, null, null)]
    [InlineData("password = (x)", true, null, null)]
    [InlineData("password: str", true, null, null)]
    [InlineData("password: string", true, null, null)]
    [InlineData("password: \"string\"", true, "password", "string")]
    [InlineData("password == x", false, null, null)]
    [InlineData("password = # x", false, null, null)]
    [InlineData("password = ; x", false, null, null)]
    [InlineData("password =", false, null, null)]
    [InlineData("= x", false, null, null)]
    [InlineData("a b = x", false, null, null)]
    [InlineData("!a = x", false, null, null)]
    public void A_line_gives_a_name_a_value(string line, bool isCode, string? name, string? value) =>
        Assert.Equal(name is null ? null : new Assignment(name, value!), Assignment.Parse(line, isCode));

    [Theory]
    [InlineData("^(data|stringData)$", true, "data", true)]
    [InlineData("^(data|stringData)$", true, "metadata", false)]
    [InlineData("^(data|)$", true, "", true)]
    [InlineData("^(d.ta)$", true, "dxta", true)]
    [InlineData("^(|data)$", true, "x", false)]
    [InlineData("^data$", true, "data", true)]
    [InlineData("^data|stringData$", false, "metadata", false)]
    [InlineData("^data|stringData$", false, "databases", true)]
    [InlineData("^(a|b)[|]c$", true, "a|c", true)]
    [InlineData("^a[(]|b$", false, "b", true)]
    [InlineData("^a[)]|b$", false, "b", true)]
    [InlineData("^a\\|b$", true, "a|b", true)]
    [InlineData("^a\\[|b$", false, "b", true)]
    [InlineData("^((a|b)|c)$", true, "c", true)]
    [InlineData("^(a)|(b)$", false, "xb", true)]
    [InlineData("data", false, "metadata", true)]
    [InlineData("^data", false, "data", true)]
    [InlineData("data$", false, "metadata", true)]
    public void An_anchored_pattern_matches_whole_keys_only(string text, bool isAnchored, string key, bool isMatch)
    {
        var pattern = KeyPattern.Parse(text)!;

        Assert.Equal((isAnchored, isMatch), (pattern.IsAnchored, pattern.IsMatch(key)));
    }

    [Fact]
    public void What_is_no_regular_expression_is_no_pattern() => Assert.Null(KeyPattern.Parse("^(data$"));

    [Fact]
    public void A_pattern_that_takes_too_long_matches_nothing() =>
        Assert.False(KeyPattern.Parse("^(a+)+$")!.IsMatch(new string('a', 40) + "!"));

    [Theory]
    [InlineData("password", "hunter2", "(hidden)")]
    [InlineData("password", "", "")]
    [InlineData("args", "--password=hunter2", "(hidden)")]
    [InlineData("args", "a\nb\npassword: hunter2\n", "(hidden)")]
    [InlineData("args", "password: hunter2", "password: hunter2")]
    [InlineData("args", "--size=5", "--size=5")]
    [InlineData("args", "a\nsize: 5\n", "a\nsize: 5\n")]
    [InlineData("note", "-----BEGIN PRIVATE KEY-----", "(hidden)")]
    [InlineData("note", "postgres://app:hunter2@db", "(hidden)")]
    [InlineData("note", "x9Kd82LsQp0Zm4Vt7Yb1Nc6Rf3Gh5Jw8", "(hidden)")]
    public void What_may_be_secret_is_not_shown(string key, string value, string shown) => Assert.Equal(shown, Hidden.Of(key, value));
}
