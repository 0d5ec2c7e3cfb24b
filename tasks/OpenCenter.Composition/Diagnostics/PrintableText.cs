using System.Globalization;
using System.Text;

namespace OpenCenter.Composition.Diagnostics;

/// <summary>
/// Text of packages and files in a log: one line of bounded length, in which nothing acts. A line break would let a key's name
/// pass for a command to the build server (<c>::set-output</c>; <c>##vso[…]</c> needs no line of its own), an escape sequence or
/// a change of direction for other text.
/// </summary>
internal static class PrintableText
{
    private const int MaxLength = 8000;

    public static string Of(string text)
    {
        var isFine = text.Length <= MaxLength;
        var before = ' ';
        foreach (var character in text)
        {
            isFine &= !Acts(before, character);
            before = character;
        }

        return isFine ? text : Escaped(text);
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        var before = ' ';
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            if (Acts(before, character))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                escaped.Append(character);
            }

            before = character;
        }

        return text.Length <= MaxLength ? escaped.ToString() : escaped.Append('…').ToString();
    }

    private static bool Acts(char before, char character) => character switch
    {
        '#' => before == '#',
        >= ' ' and <= '~' => false,
        <= '\u009f' or '\u061c' or '\u200e' or '\u200f' => true,
        >= '\u2028' and <= '\u202e' => true,
        >= '\u2066' and <= '\u2069' => true,
        _ => false,
    };
}
