using System.Globalization;
using System.Text;
using YamlDotNet.Core;

namespace OpenCenter.Composition.Yaml;

/// <summary>
/// How a string has to be written so that every reader reads that string back: go-yaml v2 (Flux, Helm, kubectl),
/// go-yaml v3 (kustomize) and YAML 1.2.
/// </summary>
internal static class ScalarText
{
    // YAML 1.1 takes these for booleans or null; compared without case, for there is no harm in one quote too many.
    private static readonly HashSet<string> Words =
        new(StringComparer.OrdinalIgnoreCase) { "y", "n", "yes", "no", "on", "off", "true", "false", "null" };

    public static ScalarStyle StyleOf(string text) =>
        IsPlain(text) ? ScalarStyle.Plain
        : IsLiteral(text) ? ScalarStyle.Literal
        : ScalarStyle.DoubleQuoted;

    /// <summary>Whether a text that was written without quotes, be it within brackets, can be anywhere, for every reader.</summary>
    public static bool StaysPlain(string text)
    {
        var last = ' ';
        foreach (var c in text)
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' || (c == ' ' && last == ':'))
            {
                return false;
            }

            last = c;
        }

        return text is not (['%' or '@' or '`' or '|' or '>', ..] or ['-' or '?'] or ['-' or '?' or ':', ' ', ..] or [.., ':'] or ['-', '-', '-', ..] or ['.', '.', '.', ..]);
    }

    /// <summary>Writes a text in double quotes, in which every text can be written.</summary>
    public static void Quote(StringBuilder to, string text)
    {
        to.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => to.Append("\\\""),
                '\\' => to.Append("\\\\"),
                '\n' => to.Append("\\n"),
                '\t' => to.Append("\\t"),
                '\r' => to.Append("\\r"),
                < ' ' or >= '\u007F' and < '\u00A0' or '\u2028' or '\u2029' or '\uFEFF' => to.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => to.Append(c),
            };
        }

        to.Append('"');
    }

    private static bool IsPlain(string text) =>
        text.Length > 0
        && (IsFirst(text[0]) || text.StartsWith("./", StringComparison.Ordinal) || IsDuration(text))
        && IsInner(text)
        && text[^1] is not (' ' or ':')
        && !text.Contains(": ", StringComparison.Ordinal)
        && !Words.Contains(text);

    private static bool IsFirst(char c) => char.IsAsciiLetter(c) || c is '_' or '/';

    // A loop: the vectorised search would be compiled in every build, for texts of a few letters.
    private static bool IsInner(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '/' or '.' or '+' or '-' or '@' or '=' or ',' or ':' or '(' or ')' or ' '))
            {
                return false;
            }
        }

        return true;
    }

    // 5m and 1h30m are everywhere in Flux objects, and no reader takes them for anything but text.
    private static bool IsDuration(string text) =>
        text[^1] is 's' or 'm' or 'h' && char.IsAsciiDigit(text[0]) && !text.AsSpan().ContainsAnyExcept("0123456789smh");

    // A literal block keeps lines readable. Everything that a reader or an editor could take for layout is quoted instead.
    private static bool IsLiteral(string text)
    {
        if (text.Length < 2 || !text.Contains('\n', StringComparison.Ordinal) || text[0] is ' ' or '\t' or '\n'
            || text.EndsWith("\n\n", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (c is not '\n' and not '\t' && (c < ' ' || c is '\u0085' or '\u2028' or '\u2029' or '\uFEFF' || c >= 0x7F && c < 0xA0 || char.IsSurrogate(c)))
            {
                return false;
            }
        }

        return !text.Contains(" \n", StringComparison.Ordinal) && !text.EndsWith(' ');
    }
}
