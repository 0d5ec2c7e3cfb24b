using System.Globalization;

namespace OpenCenter.Composition.Yaml;

/// <summary>Kubernetes' quantities: a number with a unit or an exponent, such as <c>500m</c>, <c>2Gi</c>, <c>1e3</c>.</summary>
internal static class Quantity
{
    private const string Decimal = "kMGTPE";

    /// <summary>The number that a text means; null where it is no quantity.</summary>
    public static double? Of(ReadOnlySpan<char> text)
    {
        var number = text is ['+' or '-', ..] ? text[1..] : text;
        var length = number.IndexOfAnyExcept("0123456789.");
        var unit = length < 0 ? "" : number[length..];
        number = length < 0 ? number : number[..length];
        var dots = number.Count('.');
        if (dots > 1 || number.Length == dots || FactorOf(unit) is not { } factor)
        {
            return null;
        }

        var value = double.Parse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * factor;
        return text[0] == '-' ? -value : value;
    }

    private static double? FactorOf(ReadOnlySpan<char> unit) => unit switch
    {
        "" => 1,
        "n" => 1e-9,
        "u" => 1e-6,
        "m" => 1e-3,
        [var prefix] when Decimal.Contains(prefix, StringComparison.Ordinal) => Math.Pow(1000, Decimal.IndexOf(prefix, StringComparison.Ordinal) + 1),
        "Ki" => 1024,
        [var prefix, 'i'] when prefix != 'k' && Decimal.Contains(prefix, StringComparison.Ordinal) => Math.Pow(1024, Decimal.IndexOf(prefix, StringComparison.Ordinal) + 1),
        ['e' or 'E', .. var exponent] when int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) => Math.Pow(10, power),
        _ => null,
    };
}
