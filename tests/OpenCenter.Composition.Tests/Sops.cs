using System.Text;

namespace OpenCenter.Composition.Tests;

/// <summary>Files as SOPS writes them; nobody has a key for them.</summary>
internal static class Sops
{
    public const string Admin = "age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3n0zyj";
    public const string Cluster = "age1qgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgps4k8w2t";

    /// <summary>An encrypted value.</summary>
    public static readonly string Enc = $"ENC[AES256_GCM,data:c2VjcmV0,iv:{Base64(32)},tag:{Base64(16)},type:str]";

    public const string Regex = "  encrypted_regex: ^(data|stringData)$\n";

    /// <summary>The block at the end of a file, for the admin alone if nobody else is said.</summary>
    public static string Block(string rule = Regex, params string[] recipients) =>
        $"sops:\n  age:\n{string.Concat((recipients.Length == 0 ? [Admin] : recipients).Select(Key))}  lastmodified: '2026-01-15T10:20:30Z'\n  mac: {Enc}\n{rule}  version: 3.11.0\n";

    public static string Secret(string rest, string rule = Regex, params string[] recipients) =>
        TestCluster.Manifest("Secret", "x", rest: rest + Block(rule, recipients));

    /// <summary>A <c>.sops.yaml</c> with one rule for all files.</summary>
    public static string Rule(params string[] recipients) => $"creation_rules:\n- age: {string.Join(',', recipients.Length == 0 ? [Admin] : recipients)}\n";

    private static string Key(string recipient) =>
        $"  - recipient: {recipient}\n    enc: |\n      -----BEGIN AGE ENCRYPTED FILE-----\n      {Convert.ToBase64String(Encoding.ASCII.GetBytes("age-encryption.org/v1\n-> X25519 c2hhcmU\na2V5\n--- bWFj\nbody"))}\n      -----END AGE ENCRYPTED FILE-----\n";

    private static string Base64(int bytes) => Convert.ToBase64String(new byte[bytes]);
}
