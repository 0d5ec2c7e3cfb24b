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
}
