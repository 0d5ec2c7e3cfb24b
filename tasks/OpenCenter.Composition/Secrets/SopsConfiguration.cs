using System.Collections.Immutable;
using System.Globalization;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Secrets;

/// <summary>The creation rules of a <c>.sops.yaml</c>, as SOPS 3.13 reads them: the first that matches is taken.</summary>
internal sealed class SopsConfiguration
{
    // Of the other keepers of keys a rule writes other names than the file.
    private static readonly ImmutableArray<string> OtherKeys = ["azure_keyvault", "hc_vault_transit_uri", "hckms", "hc_vault"];

    private readonly string _directory;

    private SopsConfiguration(string directory, ImmutableArray<CreationRule> rules) => (_directory, Rules) = (directory, rules);

    public ImmutableArray<CreationRule> Rules { get; }

    /// <summary>Null where it can't be read, which has then been reported.</summary>
    public static SopsConfiguration? Read(SourceFile source, DiagnosticBag diagnostics)
    {
        if (YamlReader.ReadSingle(source, diagnostics) is not { } document)
        {
            return null;
        }

        var rules = ImmutableArray.CreateBuilder<CreationRule>();
        var all = ((document as YamlMap)?["creation_rules"] as YamlList)?.Items ?? [];
        Place? catchAll = null;
        for (var i = 0; i < all.Length; i++)
        {
            if (catchAll is { } first)
            {
                diagnostics.Add(SecretsDiagnostics.DeadRule(all[i].Place, i + 1, first));
            }

            if (all[i] is YamlMap map)
            {
                var rule = ReadRule(map, string.Create(CultureInfo.InvariantCulture, $"creation_rules[{i}]"), diagnostics);
                rules.Add(rule);
                catchAll ??= map["path_regex"] is null ? rule.Place : null;
            }
        }

        if (rules.Count == 0)
        {
            diagnostics.Add(SecretsDiagnostics.BadRule(document.Place, "creation_rules", "is empty or no list of rules, so SOPS would encrypt nothing by it"));
        }

        return new SopsConfiguration(Path.GetDirectoryName(source.Path)!, rules.DrainToImmutable());
    }

    /// <summary>The rule for a file, or null where none matches: then SOPS refuses the file.</summary>
    public CreationRule? RuleOf(string file)
    {
        var path = Path.GetRelativePath(_directory, file).Replace('\\', '/');
        return Rules.FirstOrDefault(rule => rule.Path?.IsMatch(path) ?? true);
    }

    private static CreationRule ReadRule(YamlMap map, string at, DiagnosticBag diagnostics)
    {
        var path = map["path_regex"] is YamlScalar text ? KeyPattern.Parse(text.Value) ?? KeyPattern.Nothing : null;
        if (path == KeyPattern.Nothing)
        {
            diagnostics.Add(SecretsDiagnostics.BadRule(map["path_regex"]!.Place, $"{at}.path_regex", "is no regular expression"));
        }

        var fields = EncryptionRule.Of(map);
        foreach (var second in fields.Skip(1))
        {
            diagnostics.Add(SecretsDiagnostics.BadRule(second.Text.Place, $"{at}.{second.Field}", $"comes on top of {fields[0].Field}, and SOPS takes one of them"));
        }

        foreach (var field in fields)
        {
            if (field.IsBroken)
            {
                diagnostics.Add(SecretsDiagnostics.BadRule(field.Text.Place, $"{at}.{field.Field}", "is no regular expression"));
            }
            else if (field.IsUnanchored && (field.IsMatch("metadata") || field.IsMatch("apiVersion") || field.IsMatch("kind")) && field.Field == "encrypted_regex")
            {
                diagnostics.Add(SecretsDiagnostics.Unanchored(field.Text.Place, $"{at}.{field.Field}", field.Text.Value));
            }
        }

        var recipients = ImmutableArray.CreateBuilder<Recipient>();
        var hasOther = false;
        // Groups, if there are any, take the place of the rule's own keys.
        if (map["key_groups"] is YamlList { Items.IsEmpty: false } groups)
        {
            for (var i = 0; i < groups.Items.Length; i++)
            {
                hasOther |= groups.Items[i] is YamlMap group && ReadKeys(group, string.Create(CultureInfo.InvariantCulture, $"{at}.key_groups[{i}]"), recipients);
            }
        }
        else
        {
            hasOther = ReadKeys(map, at, recipients);
        }

        if (recipients.Count == 0 && !hasOther)
        {
            diagnostics.Add(SecretsDiagnostics.BadRule(map.Place, at, "names no key, so SOPS could not encrypt by it"));
        }

        foreach (var recipient in recipients.Where(recipient => recipient.Kind == "age" && !Recipient.IsAge(recipient.Id)))
        {
            diagnostics.Add(SecretsDiagnostics.BadRule(recipient.Node.Place, recipient.Path, "is no public key of age: it begins with age1, ssh-ed25519 or ssh-rsa"));
        }

        return new CreationRule(map.Place, path, fields.IsEmpty ? null : fields[0], [.. recipients.Where(recipient => recipient.Kind != "age" || Recipient.IsAge(recipient.Id))]);
    }

    // Whether there are keys that can't be compared.
    private static bool ReadKeys(YamlMap map, string path, ImmutableArray<Recipient>.Builder recipients)
    {
        foreach (var kind in Recipient.Kinds)
        {
            foreach (var node in map[kind] is YamlList list ? list.Items : map[kind] is YamlScalar { IsNull: false } one ? [one] : [])
            {
                foreach (var id in IdsOf(node))
                {
                    recipients.Add(new Recipient(kind, id, $"{path}.{kind}", node));
                }
            }
        }

        return OtherKeys.Any(key => map[key] is not null);
    }

    // A text can hold several, joined by commas; a role of AWS follows its key after a plus.
    private static string[] IdsOf(YamlNode node) => node switch
    {
        YamlScalar scalar => [.. scalar.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(id => id.StartsWith("arn:", StringComparison.Ordinal) ? id.Split('+')[0] : id)],
        YamlMap map => [map.Text("arn") ?? map.Text("resource_id") ?? ""],
        _ => [],
    };
}
