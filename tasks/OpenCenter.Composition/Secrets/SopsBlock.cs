using System.Collections.Immutable;
using System.Globalization;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Secrets;

/// <summary>A file's <c>sops</c> block: the rule by which it was encrypted, and for whom.</summary>
internal sealed record SopsBlock(YamlMap Node, EncryptionRule Rule, ImmutableArray<Recipient> Recipients)
{
    private static readonly ImmutableArray<string> KeyLists = ["age", "pgp", "kms", "gcp_kms", "hckms", "azure_kv", "hc_vault"];

    /// <summary>Reads a block and reports what SOPS would not have written.</summary>
    public static SopsBlock Read(YamlMap block, DiagnosticBag diagnostics)
    {
        Require(block, "mac", EncryptedValue.IsWellFormed, diagnostics);
        Require(block, "lastmodified", IsTime, diagnostics);
        Require(block, "version", text => text.Length > 0, diagnostics);
        var rules = EncryptionRule.Of(block);
        foreach (var second in rules.Skip(1))
        {
            diagnostics.Add(SecretsDiagnostics.BadBlock(second.Text.Place, $"sops.{second.Field}", $"comes on top of {rules[0].Field}, and SOPS takes one rule"));
        }

        foreach (var broken in rules.Where(rule => rule.IsBroken))
        {
            diagnostics.Add(SecretsDiagnostics.BadBlock(broken.Text.Place, $"sops.{broken.Field}", "is no regular expression"));
        }

        var recipients = ImmutableArray.CreateBuilder<Recipient>();
        var hasKey = ReadKeys(block, "sops", recipients);
        var groups = (block["key_groups"] as YamlList)?.Items ?? [];
        for (var i = 0; i < groups.Length; i++)
        {
            hasKey |= groups[i] is YamlMap group && ReadKeys(group, string.Create(CultureInfo.InvariantCulture, $"sops.key_groups[{i}]"), recipients);
        }

        if (!hasKey)
        {
            diagnostics.Add(SecretsDiagnostics.BadBlock(block.Place, "sops.age", "and every other list of keys is empty, so nobody can decrypt it"));
        }

        foreach (var recipient in recipients.Where(recipient => recipient.Kind == "age" && !IsAge((YamlMap)recipient.Node)))
        {
            diagnostics.Add(SecretsDiagnostics.BadBlock(recipient.Node.Place, recipient.Path, "is not a recipient with its armoured age file"));
        }

        return new SopsBlock(block, rules.IsEmpty ? EncryptionRule.Default : rules[0], recipients.DrainToImmutable());
    }

    private static bool ReadKeys(YamlMap map, string path, ImmutableArray<Recipient>.Builder recipients)
    {
        var hasKey = false;
        foreach (var kind in KeyLists)
        {
            var keys = (map[kind] as YamlList)?.Items ?? [];
            hasKey |= !keys.IsEmpty;
            for (var i = 0; i < keys.Length; i++)
            {
                if (keys[i] is YamlMap key && Recipient.Kinds.Contains(kind))
                {
                    recipients.Add(new Recipient(kind, IdOf(kind, key), string.Create(CultureInfo.InvariantCulture, $"{path}.{kind}[{i}]"), key));
                }
            }
        }

        return hasKey;
    }

    private static string IdOf(string kind, YamlMap key) => kind switch
    {
        "age" => key.Text("recipient"),
        "pgp" => key.Text("fp"),
        "kms" => key.Text("arn"),
        _ => key.Text("resource_id"),
    } ?? "";

    private static bool IsAge(YamlMap key) => Recipient.IsAge(key.Text("recipient") ?? "") && AgeFile.IsWellFormed(key.Text("enc") ?? "");

    private static void Require(YamlMap block, string field, Func<string, bool> isValid, DiagnosticBag diagnostics)
    {
        if (block[field] is not YamlScalar { IsNull: false } value)
        {
            diagnostics.Add(SecretsDiagnostics.BadBlock(block.Place, $"sops.{field}", "is missing"));
        }
        else if (!isValid(value.Value))
        {
            diagnostics.Add(SecretsDiagnostics.BadBlock(value.Place, $"sops.{field}", "is not what SOPS writes"));
        }
    }

    private static bool IsTime(string text) =>
        text.Length >= "2026-01-01T00:00:00Z".Length && text[10] == 'T'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
