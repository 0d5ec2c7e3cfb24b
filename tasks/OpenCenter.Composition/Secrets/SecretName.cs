using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Secrets;

/// <summary>
/// Says of a key's name whether its value is secret. The name's end decides: <c>adminPassword</c> is a password;
/// <c>passwordKey</c>, <c>tokenTTL</c>, <c>secretName</c> say where one is, or how it is made.
/// </summary>
internal static class SecretName
{
    private const int LongestName = 64;

    // Without case, '-', '_', '.' and spaces.
    private static readonly string[] Passwords = ["password", "passwd", "passphrase", "pwd"];

    private static readonly string[] WholePasswords = ["pass", "userpass", "dbpass", "smtppass", "authpass", "pw"];

    private static readonly string[] Tokens =
    [
        "token", "secret", "credential", "authorization", "connectionstring", "passwordhash", "secretid", "psk",
        "apikey", "appkey", "applicationkey", "accesskey", "secretkey", "privatekey", "encryptionkey", "signingkey", "masterkey",
        "accountkey", "sharedkey", "authkey", "licensekey", "routingkey", "servicekey", "integrationkey", "deploykey", "hmackey",
        "sessionkey", "storagekey", "sshkey", "jwtkey",
    ];

    public static SecretKind Of(ReadOnlySpan<char> key)
    {
        Span<char> name = stackalloc char[LongestName];
        var length = 0;
        foreach (var c in key[Math.Max(0, key.Length - LongestName)..])
        {
            if (c is not ('-' or '_' or '.' or ' '))
            {
                name[length++] = char.ToLowerInvariant(c);
            }
        }

        name = name[..length];
        // existingSecretAdminPassword names the Secret that has it.
        if (name.IndexOf("existingsecret") >= 0)
        {
            return SecretKind.None;
        }

        var one = name.EndsWith("s") && !name.EndsWith("ss") ? name[..^1] : name;
        return EndsWithOneOf(one, Passwords) || IsOneOf(name, WholePasswords) ? SecretKind.Password
            : EndsWithOneOf(one, Tokens) ? SecretKind.Token
            : SecretKind.None;
    }

    /// <summary>The name that a value goes by: its key, but <c>{name: DB_PASSWORD, value: …}</c> and <c>{path: /spec/password, value: …}</c> say it beside it.</summary>
    public static string KeyOf(YamlMap map, YamlEntry entry, string above)
    {
        if (entry.Name != "value")
        {
            return entry.Name;
        }

        var name = map.Text("name") ?? map.Text("key") ?? map.Text("path");
        return name is null ? above : name[(name.LastIndexOf('/') + 1)..];
    }

    private static bool EndsWithOneOf(ReadOnlySpan<char> name, string[] words)
    {
        foreach (var word in words)
        {
            if (name.EndsWith(word))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOneOf(ReadOnlySpan<char> name, string[] words)
    {
        foreach (var word in words)
        {
            if (name.SequenceEqual(word))
            {
                return true;
            }
        }

        return false;
    }
}
