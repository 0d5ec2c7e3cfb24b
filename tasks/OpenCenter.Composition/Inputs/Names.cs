namespace OpenCenter.Composition.Inputs;

/// <summary>The forms that Kubernetes, Helm and this project give names.</summary>
internal static class Names
{
    /// <summary>Characters of a DNS-1123 label.</summary>
    public const int MaxLabel = 63;

    /// <summary>Characters of a Helm release's name.</summary>
    public const int MaxRelease = 53;

    /// <summary>A DNS-1123 label: lower-case letters, digits and <c>-</c>, which is neither first nor last.</summary>
    public static bool IsLabel(string name, int maximum = MaxLabel) =>
        name.Length > 0 && name.Length <= maximum
        && !name.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-")
        && name[0] != '-' && name[^1] != '-';

    /// <summary>A DNS-1123 subdomain: labels joined by dots, at most 253 characters.</summary>
    public static bool IsSubdomain(string name)
    {
        if (name.Length is 0 or > 253)
        {
            return false;
        }

        foreach (var label in name.Split('.'))
        {
            if (!IsLabel(label, 253))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What can stand between <c>${cluster.</c> and <c>}</c>.</summary>
    public static bool IsVariable(ReadOnlySpan<char> name) =>
        name.Length > 0
        && !name.ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
        && name[0] is not ('.' or '-') && name[^1] is not '.';

    /// <summary>A key of a label or an annotation: a name, perhaps with a subdomain and <c>/</c> before it.</summary>
    public static bool IsLabelKey(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return key.Length > slash + 1 && IsLabelValue(key.AsSpan(slash + 1)) && (slash < 0 || IsSubdomain(key[..slash]));
    }

    /// <summary>A label's value: at most 63 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, the first and last no sign; or nothing.</summary>
    public static bool IsLabelValue(ReadOnlySpan<char> value) =>
        value.IsEmpty || (value.Length <= MaxLabel && IsWord(value) && char.IsAsciiLetterOrDigit(value[0]) && char.IsAsciiLetterOrDigit(value[^1]));

    /// <summary>A key in a ConfigMap or a Secret.</summary>
    public static bool IsDataKey(string key) => key.Length is > 0 and <= 253 && IsWord(key) && key is not ("." or "..");

    // A loop: the vectorised search would be compiled in every build, for texts of a few letters.
    private static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
