using System.Text;

namespace OpenCenter.Fuzz;

/// <summary>One change of a file.</summary>
/// <param name="Kind">Which.</param>
/// <param name="At">Where, as a part of the length.</param>
/// <param name="Length">How much.</param>
/// <param name="Token">What comes.</param>
internal sealed record Mutation(int Kind, double At, int Length, string Token)
{
    public const int Kinds = 9;

    /// <summary>What readers take for something special.</summary>
    public static readonly string[] Tokens =
    [
        "", " ", "\t", "\n", "\r\n", "\0", "-", "- ", ": ", ":", "? ", "{", "}", "[", "]", "[]", "{}", ",", "#", "\"", "'", "\\", "|", ">", "|+\n", "&a ", "*a", "<<: *a", "!!", "!!binary ",
        "!!int ", "!!null ", "%YAML 1.2\n", "---\n", "...\n", "null", "~", "true", "yes", "0", "-1", "1e400", ".inf", ".nan", "0777", "0x7f", "99999999999999999999", "2026-01-01", "<<<<<<< ours\n",
        "${cluster.name}", "${cluster.domain}", "${cluster.", "$${cluster.x}", "${x}", "..", "../", "/etc/passwd", "a/b", "CON", "kind: List\nitems:\n- ", "kind: Secret\n", "kind: Kustomization\n",
        "apiVersion: v1\n", "metadata: ", "spec: ", "items: ", "namespace: ", "name: ", "resources: ", "patches: ", "target: ", "patch: ", "$patch: delete\n", "op: remove\n", "path: /", "sops: ", "ENC[AES256_GCM,",
        "\uFEFF", "\u0085", "\u2028", "\u202e", "é", "漢", "$ref", "#/", "\"$ref\": \"#\"", "1.0.0", "[1.0.0, )", "*", "^(a|", "(a+)+$",
    ];

    public string Apply(string text)
    {
        var at = (int)(At * text.Length);
        var end = Math.Min(text.Length, at + Length);
        return Kind switch
        {
            0 => text.Insert(at, Token),
            1 => text.Remove(at, end - at),
            2 => text.Insert(at, string.Concat(Enumerable.Repeat(text[at..end], 1 + (Length % 7)))),
            3 => ReplaceValue(text, at),
            4 => text.Insert(at, Token + Token),
            5 => string.Concat(text.AsSpan(at), text.AsSpan(0, at)),
            6 => Indent(text, at),
            7 => text.Insert(at, string.Concat(Enumerable.Repeat(Token, 1 << (Length % 14)))),
            _ => text[..at] + Token + text[end..],
        };
    }

    // From the next colon to the end of its line.
    private string ReplaceValue(string text, int at)
    {
        var colon = text.IndexOf(':', at);
        if (colon < 0)
        {
            return text + Token;
        }

        var end = text.IndexOf('\n', colon);
        return new StringBuilder(text.Length + Token.Length + 1).Append(text, 0, colon + 1).Append(' ').Append(Token).Append(end < 0 ? "" : text[end..]).ToString();
    }

    private string Indent(string text, int at)
    {
        var line = text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
        return text.Insert(line, new string(' ', 1 + (Length % 5)));
    }
}
