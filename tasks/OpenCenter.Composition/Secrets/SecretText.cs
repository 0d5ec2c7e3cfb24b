using System.Text;

namespace OpenCenter.Composition.Secrets;

/// <summary>Says of a text whether it is a secret, whatever key it stands under.</summary>
internal static class SecretText
{
    private const string AgeKey = "AGE-SECRET-KEY-";
    private const int ShortestToken = 16;
    private const int ShortestRandom = 32;
    private const int LongestRandom = 200;
    private const int LongestPlaceholder = 40;
    private const int LongestWord = 16;
    private const int MostDigitsOfName = 4;
    private const int MostChangesOfName = 3;

    // What it begins with, and how many characters of a token follow at least.
    private static readonly (string Prefix, int Length, string Name)[] Tokens =
    [
        ("ghp_", 30, "a GitHub token"), ("gho_", 30, "a GitHub token"), ("ghs_", 30, "a GitHub token"), ("ghu_", 30, "a GitHub token"), ("ghr_", 30, "a GitHub token"),
        ("github_pat_", 30, "a GitHub token"), ("glpat-", 20, "a GitLab token"), ("gldt-", 20, "a GitLab token"), ("glrt-", 20, "a GitLab token"),
        ("xoxb-", 20, "a Slack token"), ("xoxp-", 20, "a Slack token"), ("xoxa-", 20, "a Slack token"), ("xapp-", 20, "a Slack token"),
        ("hooks.slack.com/services/T", 20, "a Slack webhook"),
        ("AKIA", 16, "an AWS access key"), ("ASIA", 16, "an AWS access key"), ("AIza", 35, "a Google key"), ("ya29.", 20, "a Google token"),
        ("sk_live_", 16, "a Stripe key"), ("rk_live_", 16, "a Stripe key"), ("SG.", 40, "a SendGrid key"), ("npm_", 30, "an npm token"),
        ("dop_v1_", 40, "a DigitalOcean token"), ("hvs.", 20, "a Vault token"), ("hvb.", 20, "a Vault token"), ("glsa_", 30, "a Grafana token"), ("glc_", 40, "a Grafana token"),
        ("dckr_pat_", 20, "a Docker token"), ("pypi-AgE", 40, "a PyPI token"), ("sk-ant-", 30, "an Anthropic key"), ("sk-proj-", 30, "an OpenAI key"),
        ("NRAK-", 20, "a New Relic key"), ("shpat_", 30, "a Shopify token"), ("AccountKey=", 40, "an Azure key"), ("eyJ", 60, "a JSON web token"),
    ];

    // Keys of public things that look as random as a secret.
    private static readonly string[] PublicNames =
    [
        "digest", "checksum", "hash", "sha", "sha256", "fingerprint", "publickey", "pubkey", "cert", "certificate", "crt", "ca", "cabundle", "bundle", "chain",
        "commit", "revision", "recipient", "uid", "id", "icon", "url", "image", "signature", "pem", "modulus", "description", "base64data",
    ];

    /// <summary>Whether it holds a private key, of PEM, PGP or age, also one in Base64.</summary>
    public static bool HasPrivateKey(string text)
    {
        if (PrivateKeyAt(text) >= 0)
        {
            return true;
        }

        // "-----BEGIN" in Base64.
        if (!text.StartsWith("LS0tLS1CRUdJTi", StringComparison.Ordinal))
        {
            return false;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && PrivateKeyAt(Encoding.Latin1.GetString(bytes, 0, length)) >= 0;
    }

    /// <summary>Where a private key begins, or -1.</summary>
    public static int PrivateKeyAt(ReadOnlySpan<char> text)
    {
        var age = text.IndexOf(AgeKey);
        if (age >= 0 && age + AgeKey.Length < text.Length && char.IsAsciiLetterOrDigit(text[age + AgeKey.Length]))
        {
            return age;
        }

        for (var at = text.IndexOf("-----BEGIN "); at >= 0;)
        {
            var line = text[at..];
            var end = line[11..].IndexOf("-----");
            if (end >= 0 && line[11..(11 + end)].IndexOf("PRIVATE KEY") >= 0)
            {
                return at;
            }

            var next = line[11..].IndexOf("-----BEGIN ");
            at = next < 0 ? -1 : at + 11 + next;
        }

        return text.IndexOf("PuTTY-User-Key-File-");
    }

    /// <summary>Whether a key follows its first line: comments of charts show the line alone.</summary>
    public static bool HasBody(ReadOnlySpan<char> key)
    {
        var body = key[Math.Min(key.Length, key.StartsWith("-----BEGIN ") ? 11 + key[11..].IndexOf("-----") + 5 : 0)..];
        var run = 0;
        foreach (var c in body[..Math.Min(body.Length, 200)])
        {
            run = char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' ? run + 1 : 0;
            if (run >= ShortestToken)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What kind of a secret its form shows, such as <c>a GitHub token</c>; null if none.</summary>
    public static string? FormOf(ReadOnlySpan<char> text)
    {
        for (var i = 0; i + ShortestToken <= text.Length; i++)
        {
            if (char.IsAsciiLetter(text[i]) && (i == 0 || !char.IsAsciiLetterOrDigit(text[i - 1])) && TokenAt(text[i..]) is { } name)
            {
                return name;
            }
        }

        return HasPassword(text) ? "an address with a password" : null;
    }

    private static string? TokenAt(ReadOnlySpan<char> text)
    {
        foreach (var (prefix, length, name) in Tokens)
        {
            if (text[0] == prefix[0] && text.StartsWith(prefix) && TokenLength(text[prefix.Length..]) >= length && (prefix != "eyJ" || text.Count('.') >= 2))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Whether it is text that no person wrote: long, mixed, without words.</summary>
    public static bool IsRandom(ReadOnlySpan<char> text, string key)
    {
        if (text.Length is < ShortestRandom or > LongestRandom || TokenLength(text) < text.TrimEnd('=').Length || IsPublic(key))
        {
            return false;
        }

        var (upper, lower, digit, changes, last) = (0, 0, 0, 0, 0);
        foreach (var c in text)
        {
            var kind = char.IsAsciiLetterUpper(c) ? 1 : char.IsAsciiLetterLower(c) ? 2 : char.IsAsciiDigit(c) ? 3 : 4;
            _ = kind switch { 1 => upper++, 2 => lower++, 3 => digit++, _ => 0 };
            changes += kind == last ? 0 : 1;
            last = kind;
        }

        // Random text changes its kind of character at more than every second one; camel case, paths and versions seldom.
        return upper >= 4 && lower >= 4 && digit >= 3 && changes * 5 >= text.Length * 2;
    }

    /// <summary>Whether it only says where the secret is: a template, a variable, an address of a vault.</summary>
    public static bool IsReference(ReadOnlySpan<char> text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("${", StringComparison.Ordinal) || text.Contains("$(", StringComparison.Ordinal)
        || text.StartsWith("ENC[", StringComparison.Ordinal)
        || (text.Length > 1 && text[0] == '$' && (text.Length == 2 || text.StartsWith("$__") || (!char.IsAsciiDigit(text[1]) && text[1..].IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") < 0) || (char.IsAsciiLetter(text[1]) && text.IndexOfAny('.', ':') > 0)))
        || text.StartsWith("vault:") || text.StartsWith("ref+") || text.StartsWith("op://") || text.StartsWith("file:") || text.StartsWith("<path:");

    /// <summary>Whether it was written to be replaced, and was not: <c>CHANGEME</c>, <c>&lt;your token&gt;</c>.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> text, SecretKind kind)
    {
        if (text.Length is 0 or > LongestPlaceholder || (text.Contains(' ') && kind == SecretKind.None))
        {
            return false;
        }

        Span<char> letters = stackalloc char[LongestPlaceholder];
        var length = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                letters[length++] = char.ToLowerInvariant(c);
            }
        }

        ReadOnlySpan<char> word = letters[..length];
        return word.IndexOf("changeme") >= 0 || word.IndexOf("replaceme") >= 0 || word is "changeit" or "changethis" or "replacethis"
            || (kind == SecretKind.Password && word is "password" or "secret" or "example")
            || (kind != SecretKind.None && (word is "todo" or "tbd" or "fixme" or "placeholder" || word.StartsWith("your") || word.StartsWith("insert") || (text[0] == '<' && text[^1] == '>') || (word.Length > 2 && word.IndexOfAnyExcept('x') < 0)));
    }

    /// <summary>Whether it is a name or a path, so that under a key such as <c>secret</c> it leads to one.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./: ") >= 0)
        {
            return false;
        }

        var (digits, word, changes) = (0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            digits += char.IsAsciiDigit(text[i]) ? 1 : 0;
            word = char.IsAsciiLetter(text[i]) ? word + 1 : 0;
            changes += i > 0 && IsChange(text[i - 1], text[i]) ? 1 : 0;
            if (word > LongestWord || digits > MostDigitsOfName || changes > MostChangesOfName)
            {
                return false;
            }
        }

        return true;

        // A digit after a letter or before one, and a capital within a word.
        static bool IsChange(char before, char c) =>
            (char.IsAsciiDigit(before) ? char.IsAsciiLetter(c) : char.IsAsciiLetter(before) && char.IsAsciiDigit(c)) || (char.IsAsciiLetterLower(before) && char.IsAsciiLetterUpper(c));
    }

    private static bool IsPublic(string key)
    {
        foreach (var name in PublicNames)
        {
            if (key.EndsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // scheme://user:password@host, scheme://host/path?token=x
    private static bool HasPassword(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf("://"); at >= 0; at = text.IndexOf("://"))
        {
            text = text[(at + 3)..];
            var end = text.IndexOfAny(" \t\r\n\"'");
            var address = end < 0 ? text : text[..end];
            var path = address.IndexOfAny('/', '?', '#');
            var authority = path < 0 ? address : address[..path];
            var host = authority.LastIndexOf('@');
            var colon = host < 0 ? -1 : authority[..host].IndexOf(':');
            if ((colon >= 0 && colon + 1 < host && IsLiteral(authority[(colon + 1)..host])) || HasSecretParameter(address))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasSecretParameter(ReadOnlySpan<char> address)
    {
        for (var at = address.IndexOf('?'); at >= 0; at = address.IndexOf('&'))
        {
            address = address[(at + 1)..];
            var equals = address.IndexOf('=');
            if (equals > 0 && SecretName.Of(address[..equals]) != SecretKind.None)
            {
                var value = address[(equals + 1)..];
                var end = value.IndexOf('&');
                value = end < 0 ? value : value[..end];
                if (value.Length > 0 && IsLiteral(value) && !IsName(value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsLiteral(ReadOnlySpan<char> text) => !IsReference(text) && text[0] is not ('<' or '*' or '$' or '%');

    private static int TokenLength(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./+");
        return end < 0 ? text.Length : end;
    }
}
