using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Secrets;

/// <summary>
/// Inspects a document that SOPS encrypted, without a key (SOPS 3.13, Flux 2.9). What no one can see without a key: whether
/// the mac fits, whether values were swapped, whether a data key really is for the recipient that it names.
/// </summary>
internal sealed class SopsInspection
{
    private readonly SopsBlock _block;
    private readonly bool _isObject;
    private readonly bool _isSecret;
    private readonly DiagnosticBag _diagnostics;

    private SopsInspection(SopsBlock block, YamlMap document, DiagnosticBag diagnostics)
    {
        _block = block;
        _isObject = document["apiVersion"] is not null && document["kind"] is not null;
        _isSecret = _isObject && document.Text("kind") == "Secret";
        _diagnostics = diagnostics;
    }

    /// <param name="document">A document with a <c>sops</c> block.</param>
    /// <param name="rule">The creation rule for its file; null where there is none to compare with.</param>
    /// <param name="diagnostics">What is wrong.</param>
    public static void Run(YamlMap document, CreationRule? rule, DiagnosticBag diagnostics)
    {
        var block = SopsBlock.Read((YamlMap)document["sops"]!, diagnostics);
        var inspection = new SopsInspection(block, document, diagnostics);
        if (inspection._isObject && block.Rule.IsUnanchored)
        {
            diagnostics.Add(SecretsDiagnostics.Unanchored(block.Rule.Text.Place, $"sops.{block.Rule.Field}", block.Rule.Text.Value));
        }

        foreach (var entry in document.Entries.Where(entry => entry.Name != "sops"))
        {
            inspection.Walk(entry.Value, NodePath.Of(null, entry.Name), block.Rule.IsMatch(entry.Name));
        }

        if (rule is not null)
        {
            inspection.CompareRecipients(rule);
        }
    }

    private void Walk(YamlNode node, NodePath path, bool isMatch)
    {
        switch (node)
        {
            case YamlMap map:
                foreach (var entry in map.Entries)
                {
                    Walk(entry.Value, NodePath.Of(path, entry.Name), isMatch || _block.Rule.IsMatch(entry.Name));
                }

                break;
            case YamlList list:
                for (var i = 0; i < list.Items.Length; i++)
                {
                    Walk(list.Items[i], NodePath.Of(path, i), isMatch);
                }

                break;
            case YamlScalar scalar:
                Check(scalar, path, isMatch);
                break;
            default:
                break;
        }
    }

    private void Check(YamlScalar scalar, NodePath path, bool isMatch)
    {
        // SOPS leaves both as they are.
        if (scalar.Value.Length == 0 || scalar.IsNull)
        {
            return;
        }

        var isMeant = EncryptedValue.IsMeant(scalar.Value);
        if (_isObject && path.Top is "apiVersion" or "kind" or "metadata" || (_isSecret && path.Top == "type"))
        {
            if (isMeant)
            {
                _diagnostics.Add(SecretsDiagnostics.EncryptedField(scalar.Place, path.ToString()));
            }

            return;
        }

        var encrypts = _block.Rule.Encrypts(isMatch);
        var isData = _isSecret && path.Top is "data" or "stringData";
        if (isMeant && !EncryptedValue.IsWellFormed(scalar.Value))
        {
            _diagnostics.Add(SecretsDiagnostics.Malformed(scalar.Place, path.ToString()));
        }
        else if (isMeant && encrypts == false)
        {
            _diagnostics.Add(SecretsDiagnostics.NotDecrypted(scalar.Place, $"'{path}' is encrypted, but {_block.Rule.Field} of its file says that it is not", "Encrypt the file again by one rule"));
        }
        else if (!isMeant && (isData || encrypts == true))
        {
            _diagnostics.Add(SecretsDiagnostics.HalfEncrypted(scalar.Place, path.ToString()));
        }
    }

    private void CompareRecipients(CreationRule rule)
    {
        foreach (var wanted in rule.Recipients.Where(wanted => _block.Recipients.All(recipient => (recipient.Kind, recipient.Id) != (wanted.Kind, wanted.Id))))
        {
            var at = _block.Node.Find(wanted.Kind)?.Key ?? (YamlNode)_block.Node;
            _diagnostics.Add(SecretsDiagnostics.MissingRecipient(at.Place, $"sops.{wanted.Kind}", wanted.Id, rule.Place));
        }

        foreach (var recipient in _block.Recipients.Where(recipient => rule.Recipients.All(wanted => (wanted.Kind, wanted.Id) != (recipient.Kind, recipient.Id))))
        {
            _diagnostics.Add(SecretsDiagnostics.UnexpectedRecipient(recipient.Node.Place, recipient.Path, recipient.Id, rule.Place));
        }
    }
}
