using System.Text.RegularExpressions;

namespace OpenCenter.Composition.Secrets;

/// <summary>A regular expression of SOPS for keys or paths: it matches anywhere in a text that it does not anchor.</summary>
internal sealed class KeyPattern
{
    /// <summary>Matches no text.</summary>
    public static readonly KeyPattern Nothing = new("", [], null);

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly string[]? _words;
    private readonly Regex? _regex;

    private KeyPattern(string text, string[]? words, Regex? regex) => (Text, _words, _regex) = (text, words, regex);

    public string Text { get; }

    /// <summary>Whether it can match a whole text only: <c>^data|stringData$</c> is not that, <c>^(data|stringData)$</c> is.</summary>
    public bool IsAnchored => _words is not null || (Text.StartsWith('^') && Text.EndsWith('$') && !HasOuterAlternative(Text));

    /// <summary>Null for what is no regular expression.</summary>
    public static KeyPattern? Parse(string text)
    {
        try
        {
            var words = WordsOf(text);
            return new KeyPattern(text, words, words is null ? new Regex(text, RegexOptions.CultureInvariant, MatchTimeout) : null);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public bool IsMatch(string text)
    {
        try
        {
            return _words?.Contains(text, StringComparer.Ordinal) ?? _regex!.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    // ^(data|stringData)$ is what nearly every file has; the regular expression's engine need not start for it.
    private static string[]? WordsOf(string text)
    {
        if (!text.StartsWith("^(", StringComparison.Ordinal) || !text.EndsWith(")$", StringComparison.Ordinal))
        {
            return null;
        }

        var words = text[2..^2].Split('|');
        return words.All(word => word.Length > 0 && word.All(char.IsAsciiLetterOrDigit)) ? words : null;
    }

    private static bool HasOuterAlternative(string text)
    {
        var (depth, isClass) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    isClass = true;
                    break;
                case ']':
                    isClass = false;
                    break;
                case '(' when !isClass:
                    depth++;
                    break;
                case ')' when !isClass:
                    depth--;
                    break;
                case '|' when !isClass && depth == 0:
                    return true;
                default:
                    break;
            }
        }

        return false;
    }
}
