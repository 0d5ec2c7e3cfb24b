using System.Collections.Immutable;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Secrets;

/// <summary>Who can decrypt a file: a public key, or the name of one that a service keeps.</summary>
/// <param name="Kind">The list that holds it: <c>age</c>, <c>pgp</c>, <c>kms</c>, <c>gcp_kms</c>.</param>
/// <param name="Id">The public key, fingerprint or name.</param>
/// <param name="Path">Where it stands: <c>sops.age[0]</c>.</param>
/// <param name="Node">The entry.</param>
internal sealed record Recipient(string Kind, string Id, string Path, YamlNode Node)
{
    /// <summary>The kinds whose names a file and a creation rule write alike, so that they can be compared.</summary>
    public static readonly ImmutableArray<string> Kinds = ["age", "pgp", "kms", "gcp_kms"];

    // age1… is Bech32: no upper case. A plugin's names itself, a post-quantum one is long.
    public static bool IsAge(string text) =>
        (text.StartsWith("age1", StringComparison.Ordinal) && text.Length >= 62 && text.AsSpan(4).IndexOfAnyExceptInRange('0', 'z') < 0 && !text.Any(char.IsAsciiLetterUpper))
        || text.StartsWith("ssh-ed25519 ", StringComparison.Ordinal)
        || text.StartsWith("ssh-rsa ", StringComparison.Ordinal);
}
