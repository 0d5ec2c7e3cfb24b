using System.Buffers.Text;

namespace OpenCenter.Composition.Secrets;

/// <summary>What SOPS writes for a value: <c>ENC[AES256_GCM,data:…,iv:…,tag:…,type:…]</c>.</summary>
internal static class EncryptedValue
{
    private const string Begin = "ENC[AES256_GCM,";
    private const int IvBytes = 32;
    private const int TagBytes = 16;

    /// <summary>Whether somebody meant it to be encrypted, well-formed or not.</summary>
    public static bool IsMeant(string text) => text.StartsWith("ENC[", StringComparison.OrdinalIgnoreCase);

    // SOPS itself takes text after the bracket, and drops it.
    public static bool IsWellFormed(string text)
    {
        if (!text.StartsWith(Begin, StringComparison.Ordinal) || !text.EndsWith(']'))
        {
            return false;
        }

        var rest = text.AsSpan(Begin.Length..^1);
        return Take(ref rest, "data:", out var data) && IsBase64(data, null)
            && Take(ref rest, "iv:", out var iv) && IsBase64(iv, IvBytes)
            && Take(ref rest, "tag:", out var tag) && IsBase64(tag, TagBytes)
            && Take(ref rest, "type:", out var type) && type is "str" or "int" or "float" or "bool" or "bytes" or "time" or "comment"
            && rest.IsEmpty;
    }

    private static bool Take(ref ReadOnlySpan<char> rest, string name, out ReadOnlySpan<char> value)
    {
        value = default;
        if (!rest.StartsWith(name))
        {
            return false;
        }

        rest = rest[name.Length..];
        var comma = rest.IndexOf(',');
        value = comma < 0 ? rest : rest[..comma];
        rest = comma < 0 ? [] : rest[(comma + 1)..];
        return true;
    }

    private static bool IsBase64(ReadOnlySpan<char> text, int? bytes) =>
        !text.IsEmpty && !text.ContainsAny(" \t\r\n") && Base64.IsValid(text, out var length) && (bytes is null || length == bytes);
}
