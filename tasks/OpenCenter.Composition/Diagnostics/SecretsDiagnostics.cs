namespace OpenCenter.Composition.Diagnostics;

/// <summary>What is wrong with encrypted files, and secrets that are not encrypted: OC5xxx. None of them ever quotes a value.</summary>
internal static class SecretsDiagnostics
{
    public static Diagnostic NotEncrypted(Place place) =>
        new("OC5001", Severity.Error, "This file is named as encrypted, but has no 'sops' block. Encrypt it with 'sops -e -i', or take '.sops' out of its name.", place);

    public static Diagnostic HalfEncrypted(Place place, string path) =>
        new("OC5002", Severity.Error, $"'{path}' is in clear, though its file is encrypted: Flux can't decrypt the file. Remove the value, then add it with 'sops edit'; if it was committed, change the secret.", place);

    public static Diagnostic Malformed(Place place, string path) =>
        new("OC5003", Severity.Error, $"'{path}' looks encrypted, but is not what SOPS writes, so nothing can decrypt it. Remove the value, then add it with 'sops edit'.", place);

    public static Diagnostic EncryptedField(Place place, string path) =>
        new("OC5004", Severity.Error, $"'{path}' is encrypted, but is read before anything is decrypted. Encrypt only what is secret: encrypted_regex: ^(data|stringData)$.", place);

    public static Diagnostic BadBlock(Place place, string path, string problem) =>
        new("OC5005", Severity.Error, $"'{path}' {problem}. Restore the file from Git, or encrypt it again with 'sops -e -i'.", place);

    public static Diagnostic Unanchored(Place place, string path, string regex) =>
        new("OC5006", Severity.Error, $"'{path}' is {regex}, which matches every key that contains it, 'metadata' too if it is 'data'. Anchor it: ^(data|stringData)$.", place);

    public static Diagnostic MissingRecipient(Place place, string path, string recipient, Place rule) =>
        new("OC5007", Severity.Error, $"'{path}' lacks the recipient {recipient}, who can't decrypt the file; the rule at {rule} names it. Run 'sops updatekeys' on this file.", place);

    public static Diagnostic UnexpectedRecipient(Place place, string path, string recipient, Place rule) =>
        new("OC5008", Severity.Error, $"'{path}' is the recipient {recipient}, who can decrypt the file, but whom the rule at {rule} does not name. Run 'sops updatekeys' on this file, or add the recipient to the rule.", place);

    public static Diagnostic NotDecrypted(Place place, string problem, string fix) =>
        new("OC5009", Severity.Error, $"{problem}: the cluster would get the encrypted text. {fix}.", place);

    public static Diagnostic NoConfiguration(Place place, string example) =>
        new("OC5010", Severity.Warning, "This project has secrets but no .sops.yaml, so nothing says for whom they are encrypted. Write one beside the project file:", place) { Example = example };

    public static Diagnostic IgnoredConfiguration(string file) =>
        new("OC5011", Severity.Warning, "SOPS reads .sops.yaml only, not this file. Rename it.", new Place(file));

    public static Diagnostic BadRule(Place place, string path, string problem) =>
        new("OC5012", Severity.Error, $"'{path}' {problem}. Correct the rule.", place);

    public static Diagnostic DeadRule(Place place, int number, Place first) =>
        new("OC5013", Severity.Warning, $"SOPS never comes to rule {number}: the one at {first} has no path_regex, so it matches every file. Move that one to the end, or give it a path_regex.", place);

    public static Diagnostic NoRule(Place place, string configuration) =>
        new("OC5014", Severity.Error, $"No rule of {configuration} matches this file, so SOPS would refuse to encrypt it anew. Add a rule whose path_regex matches it.", place);

    public static Diagnostic SecretInClear(Place place, string path, string allow) =>
        new("OC5020", Severity.Error, $"'{path}' of this Secret is in clear. Encrypt the file with 'sops -e -i'; if it was committed, change the secret. {Exception(allow)}", place);

    public static Diagnostic LooksSecret(Place place, string path, string reason, string allow) =>
        new("OC5021", Severity.Error, $"'{path}' looks like a secret in clear ({reason}). Move it to an encrypted file, or name a Secret that holds it; if it was committed, change it. {Exception(allow)}", place);

    public static Diagnostic PrivateKey(Place place) =>
        new("OC5022", Severity.Error, "A private key stands here. Remove it from the repository and replace the key: whoever read the file has it.", place);

    public static Diagnostic Placeholder(Place place, string path, string allow) =>
        new("OC5023", Severity.Error, $"'{path}' was written to be replaced, and was not. Give it its value: if that is secret, in an encrypted file. {Exception(allow)}", place);

    // A path can have quotes of its own.
    private static string Exception(string allow)
    {
        var quote = allow.Contains('"', StringComparison.Ordinal) ? '\'' : '"';
        return $"If it is no secret, add <ClusterAllow Include={quote}{allow}{quote} Reason=\"…\" Expires=\"yyyy-MM-dd\" />.";
    }
}
