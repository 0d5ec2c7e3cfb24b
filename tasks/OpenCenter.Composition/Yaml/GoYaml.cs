using System.Globalization;
using System.Numerics;

namespace OpenCenter.Composition.Yaml;

/// <summary>
/// What a plain scalar means to go-yaml v2, with which Flux, Helm and kubectl read values: YAML 1.1, and then some.
/// </summary>
internal static class GoYaml
{
    public static GoYamlType TypeOf(YamlScalar scalar) => scalar.IsQuoted ? GoYamlType.String : TypeOf(scalar.Value);

    public static GoYamlType TypeOf(string text) =>
        text is "" or "~" or "null" or "Null" or "NULL" ? GoYamlType.Null
        : IsTrue(text) || IsFalse(text) ? GoYamlType.Boolean
        : !IsNumeric(text[0]) ? GoYamlType.String
        : IsNotFinite(text) ? GoYamlType.NotFinite
        : IntegerOf(text) is not null ? GoYamlType.Integer
        : FloatOf(text) is not null ? GoYamlType.Float
        : GoYamlType.String;

    /// <summary>Whether a text that is a boolean is true.</summary>
    public static bool IsTrue(string text) =>
        text is "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON";

    /// <summary>The value of a text that is an integer: decimal, <c>017</c>, <c>0o17</c>, <c>0x1F</c>, <c>0b11</c>, with or without <c>_</c>.</summary>
    public static BigInteger? IntegerOf(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal).AsSpan();
        var isNegative = digits is ['-', ..];
        if (digits is ['-' or '+', ..])
        {
            digits = digits[1..];
        }

        var magnitude = digits switch
        {
            ['0', 'x' or 'X', .. var hex] => Parse(hex, 16),
            ['0', 'b' or 'B', .. var binary] => Parse(binary, 2),
            ['0', 'o' or 'O', .. var octal] => Parse(octal, 8),
            ['0', _, ..] => Parse(digits[1..], 8),
            _ => Parse(digits, 10),
        };

        // Go's own integers: 64 bits, one of them for a sign if there is one.
        return magnitude is not { } value ? null
            : isNegative ? (value <= -(BigInteger)long.MinValue ? -value : null)
            : value <= (text[0] == '+' ? long.MaxValue : ulong.MaxValue) ? value
            : null;
    }

    /// <summary>The value of a text that is a number.</summary>
    public static double NumberOf(string text) => IntegerOf(text) is { } integer ? (double)integer : FloatOf(text) ?? double.NaN;

    private static bool IsFalse(string text) =>
        text is "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF";

    private static BigInteger? Parse(ReadOnlySpan<char> digits, int radix)
    {
        var value = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
            {
                return null;
            }

            value = (value * radix) + digit;

            // No integer of Go's; and a number as long as a file would take hours.
            if (value > ulong.MaxValue)
            {
                return null;
            }
        }

        return digits.IsEmpty ? null : value;
    }

    // [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?, in the range of a double; '_' only behind a first digit or sign.
    private static double? FloatOf(string text)
    {
        var plain = text[0] == '.' ? text : text.Replace("_", "", StringComparison.Ordinal);
        return Yaml12.TypeOf(plain) is Yaml12Type.Float or Yaml12Type.Integer
            && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                ? value
                : null;
    }

    private static bool IsNotFinite(string text) =>
        text is ".nan" or ".NaN" or ".NAN" || text.AsSpan().TrimStart("+-") is ".inf" or ".Inf" or ".INF";

    private static bool IsNumeric(char first) => char.IsAsciiDigit(first) || first is '+' or '-' or '.';
}
