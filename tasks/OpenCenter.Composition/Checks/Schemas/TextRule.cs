using System.Buffers.Text;
using System.Globalization;
using System.Text.RegularExpressions;
using OpenCenter.Composition.Inputs;

namespace OpenCenter.Composition.Checks.Schemas;

/// <summary>Which texts a field of <c>schemas.txt</c> takes, as it is written there.</summary>
internal sealed class TextRule
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly string _form;
    private readonly string[] _values = [];
    private readonly string _pattern = "";
    private readonly int _least;
    private readonly int _most = int.MaxValue;

    private TextRule(string form) => _form = form;

    private TextRule(ReadOnlySpan<char> text)
    {
        if (text[0] == '=')
        {
            (_form, _values) = ("=", text[1..].ToString().Split('|'));
            return;
        }

        var pattern = text.IndexOf(" pattern ");
        var words = (pattern < 0 ? text : text[..pattern]).ToString().Split(' ');
        _form = words[0];
        _pattern = pattern < 0 ? "" : text[(pattern + " pattern ".Length)..].ToString();
        if (_form == "url")
        {
            _values = words[1].Split('|');
        }

        if (words[^1].IndexOf("..", StringComparison.Ordinal) is var dots and >= 0)
        {
            (_least, _most) = Range(words[^1].AsSpan(), dots);
        }
    }

    /// <summary>The key of a label or an annotation.</summary>
    public static TextRule LabelKey { get; } = new("labelKey");

    /// <summary>The key in a ConfigMap or a Secret.</summary>
    public static TextRule DataKey { get; } = new("key");

    /// <summary>Null where the text names no kind of text: then it is another type.</summary>
    public static TextRule? Parse(ReadOnlySpan<char> text)
    {
        var space = text.IndexOf(' ');
        return text[0] == '=' || (space < 0 ? text : text[..space]) is "text" or "bytes" or "time" or "duration" or "timeout" or "key" or "label" or "url"
            ? new TextRule(text)
            : null;
    }

    /// <summary>The two ends of <c>1..253</c>, either of which may be missing.</summary>
    public static (int Least, int Most) Range(ReadOnlySpan<char> text, int dots) =>
    (
        dots == 0 ? 0 : int.Parse(text[..dots], CultureInfo.InvariantCulture),
        dots + 2 == text.Length ? int.MaxValue : int.Parse(text[(dots + 2)..], CultureInfo.InvariantCulture)
    );

    /// <summary>What a text must be and is not; null where it is.</summary>
    public string? Refuses(string value) =>
        value.Length < _least ? $"at least {_least} characters"
        : value.Length > _most ? $"at most {_most} characters"
        : _pattern.Length > 0 && !Regex.IsMatch(value, $"(?:{_pattern})\\z", RegexOptions.CultureInvariant, MatchTimeout) ? $"a text that matches {_pattern}"
        : _form switch
        {
            "=" => Array.IndexOf(_values, value) >= 0 ? null : _values.Length == 1 ? $"'{_values[0]}'" : $"one of {string.Join(", ", _values)}",
            "url" => Array.Exists(_values, scheme => value.StartsWith(scheme, StringComparison.Ordinal) && value.AsSpan(scheme.Length).StartsWith("://"))
                ? null
                : $"an address that begins with {string.Join(" or ", _values.Select(scheme => $"{scheme}://"))}",
            "duration" => FluxDuration.Is(value) ? null : "a duration such as 30s, 5m or 1h30m",
            "timeout" => FluxDuration.Is(value) && !value.Contains('h', StringComparison.Ordinal) ? null : "a duration without hours, such as 90s or 5m",
            "bytes" => Base64.IsValid(value) ? null : "Base64",
            "time" => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _) ? null : "a time such as 2026-01-31T00:00:00Z",
            "key" => Names.IsDataKey(value) ? null : "at most 253 letters, digits, '-', '_' and '.'",
            "label" => Names.IsLabelValue(value) ? null : "at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
            "labelKey" => Names.IsLabelKey(value) ? null : "a name of at most 63 letters, digits, '-', '_' and '.', perhaps with a DNS name and '/' before it",
            _ => null,
        };
}
