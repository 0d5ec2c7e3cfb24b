using System.Collections.Immutable;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Secrets;

/// <summary>Which values SOPS encrypts: one of six fields, in a file's <c>sops</c> block or in a creation rule.</summary>
/// <param name="Field">The field: <c>encrypted_regex</c>.</param>
/// <param name="Text">Its suffix or regular expression.</param>
/// <param name="Pattern">The regular expression; null for a suffix, or where it is none.</param>
internal sealed record EncryptionRule(string Field, YamlScalar Text, KeyPattern? Pattern)
{
    public static readonly ImmutableArray<string> Fields =
    [
        "unencrypted_suffix", "encrypted_suffix", "unencrypted_regex", "encrypted_regex", "unencrypted_comment_regex", "encrypted_comment_regex",
    ];

    /// <summary>What SOPS does where no field is given.</summary>
    public static readonly EncryptionRule Default = new(Fields[0], YamlScalar.Text("_unencrypted"), null);

    private bool IsSuffix => Field.EndsWith("suffix", StringComparison.Ordinal);

    /// <summary>Whether its regular expression is not one.</summary>
    public bool IsBroken => !IsSuffix && Pattern is null;

    /// <summary>Whether it would match keys that only contain what is meant.</summary>
    public bool IsUnanchored => Field is "encrypted_regex" or "unencrypted_regex" && Pattern is { IsAnchored: false };

    /// <summary>The fields that are given; SOPS takes one.</summary>
    public static ImmutableArray<EncryptionRule> Of(YamlMap map)
    {
        var rules = ImmutableArray.CreateBuilder<EncryptionRule>();
        foreach (var field in Fields)
        {
            if (map[field] is YamlScalar { Value.Length: > 0 } text)
            {
                rules.Add(new EncryptionRule(field, text, field.EndsWith("suffix", StringComparison.Ordinal) ? null : KeyPattern.Parse(text.Value)));
            }
        }

        return rules.DrainToImmutable();
    }

    public bool IsMatch(string key) => IsSuffix ? key.EndsWith(Text.Value, StringComparison.Ordinal) : Pattern?.IsMatch(key) == true;

    /// <summary>Whether a value is encrypted, of whose path some key matches, or none; null where comments decide it.</summary>
    public bool? Encrypts(bool isMatch) => Field switch
    {
        "encrypted_suffix" or "encrypted_regex" => isMatch,
        "unencrypted_suffix" or "unencrypted_regex" => !isMatch,
        _ => null,
    };
}
