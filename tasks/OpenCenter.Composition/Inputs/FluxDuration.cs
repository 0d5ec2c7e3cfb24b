namespace OpenCenter.Composition.Inputs;

/// <summary>Durations as Flux's custom resources take them: <c>5m</c>, <c>1h30m</c>.</summary>
internal static class FluxDuration
{
    /// <summary>Whether a text is one: <c>([0-9]+(\.[0-9]+)?(ms|s|m|h))+</c>.</summary>
    public static bool Is(string text)
    {
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || rest[0] == '.' || rest[digits - 1] == '.' || rest[..digits].Count('.') > 1)
            {
                return false;
            }

            rest = rest[digits..];
            var unit = rest.StartsWith("ms") ? 2 : rest[0] is 's' or 'm' or 'h' ? 1 : 0;
            if (unit == 0)
            {
                return false;
            }

            rest = rest[unit..];
        }

        return text.Length > 0;
    }
}
