using System.Text;

namespace OpenCenter.Composition.Secrets;

/// <summary>A data key in age's armour, as SOPS keeps one for each recipient.</summary>
internal static class AgeFile
{
    private const string Begin = "-----BEGIN AGE ENCRYPTED FILE-----";
    private const string End = "-----END AGE ENCRYPTED FILE-----";

    /// <summary>Whether it is armour around age's header with one recipient: <c>-> X25519 …</c>.</summary>
    public static bool IsWellFormed(string text)
    {
        var armour = text.AsSpan().Trim();
        if (!armour.StartsWith(Begin) || !armour.EndsWith(End) || armour.Length < Begin.Length + End.Length)
        {
            return false;
        }

        var body = armour[Begin.Length..^End.Length].ToString();
        var bytes = new byte[body.Length];
        if (!Convert.TryFromBase64String(body, bytes, out var length))
        {
            return false;
        }

        var header = Encoding.Latin1.GetString(bytes, 0, length);
        var end = header.IndexOf("\n---", StringComparison.Ordinal);
        return header.StartsWith("age-encryption.org/v1\n-> ", StringComparison.Ordinal)
            && end > 0
            && header.AsSpan(0, end).Count("\n-> ") == 1;
    }
}
