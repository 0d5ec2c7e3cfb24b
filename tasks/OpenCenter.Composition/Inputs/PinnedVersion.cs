namespace OpenCenter.Composition.Inputs;

/// <summary>Whether a version, or a tag, is one, and tomorrow's the same as today's.</summary>
internal static class PinnedVersion
{
    /// <summary>No range (<c>1.x</c>, <c>^1.2</c>, <c>1.2 - 1.4</c>), and no name that moves along.</summary>
    public static bool Is(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is '*' or '^' or '~' or '<' or '>' or '=' or '|' or ',' or ' ' || IsAny(text, at))
            {
                return false;
            }
        }

        return text.Length > 0 && !text.Contains("latest", StringComparison.OrdinalIgnoreCase);
    }

    // The x of 1.x.
    private static bool IsAny(string text, int at) =>
        text[at] is 'x' or 'X' && at > 0 && text[at - 1] == '.' && (at + 1 == text.Length || text[at + 1] == '.');
}
