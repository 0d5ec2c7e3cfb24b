using System.Globalization;
using System.Numerics;

namespace OpenCenter.Composition.Yaml;

/// <summary>What a plain scalar means in YAML 1.2's core schema.</summary>
internal static class Yaml12
{
    /// <summary>More than any 64-bit float has.</summary>
    public const int MaxDigits = 400;

    public static Yaml12Type TypeOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => Yaml12Type.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => Yaml12Type.Boolean,
        _ when IsInteger(text) => Yaml12Type.Integer,
        _ when IsFloat(text) => Yaml12Type.Float,
        _ => Yaml12Type.String,
    };

    /// <summary>
    /// The plain scalar that means the same to readers of YAML 1.1, too: there <c>017</c> would be octal, and <c>0o17</c>
    /// a string.
    /// </summary>
    public static YamlScalar Canonical(string text) => TypeOf(text) switch
    {
        Yaml12Type.Null => YamlScalar.Plain("null"),
        Yaml12Type.Boolean => YamlScalar.Plain(text.ToLowerInvariant()),
        // No reader has integers that long, and converting them would take hours.
        Yaml12Type.Integer when text.Length > MaxDigits => YamlScalar.Text(text),
        Yaml12Type.Integer => YamlScalar.Plain(Integer(text).ToString(CultureInfo.InvariantCulture)),
        Yaml12Type.Float => YamlScalar.Plain(text),
        _ => YamlScalar.Text(text),
    };

    private static BigInteger Integer(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) ? BigInteger.Parse("0" + text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : text.StartsWith("0o", StringComparison.Ordinal) ? text[2..].Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0'))
        : BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static bool IsInteger(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("0x"))
        {
            return text.Length > 2 && !text[2..].ContainsAnyExcept("0123456789abcdefABCDEF");
        }

        if (text.StartsWith("0o"))
        {
            return text.Length > 2 && !text[2..].ContainsAnyExcept("01234567");
        }

        return IsDigits(Unsigned(text));
    }

    // [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?, and the spelled ones.
    private static bool IsFloat(ReadOnlySpan<char> text)
    {
        if (text is ".nan" or ".NaN" or ".NAN")
        {
            return true;
        }

        text = Unsigned(text);
        if (text is ".inf" or ".Inf" or ".INF")
        {
            return true;
        }

        var exponent = text.IndexOfAny('e', 'E');
        if (exponent >= 0)
        {
            if (!IsDigits(Unsigned(text[(exponent + 1)..])))
            {
                return false;
            }

            text = text[..exponent];
        }

        var dot = text.IndexOf('.');
        return dot < 0 ? IsDigits(text)
            : dot == 0 ? IsDigits(text[1..])
            : IsDigits(text[..dot]) && (dot == text.Length - 1 || IsDigits(text[(dot + 1)..]));
    }

    private static ReadOnlySpan<char> Unsigned(ReadOnlySpan<char> text) =>
        text is ['+' or '-', ..] ? text[1..] : text;

    private static bool IsDigits(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExceptInRange('0', '9');
}
