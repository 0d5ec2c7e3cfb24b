using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Secrets;

/// <summary>Keeps secrets out of diagnostics and reports: where one may stand, they say that there is a value, not which.</summary>
internal static class Hidden
{
    private const string Text = "(hidden)";

    /// <summary>A value as it may be shown.</summary>
    /// <param name="key">The key that it stands under; empty where there is none.</param>
    /// <param name="value">The value.</param>
    public static string Of(string key, string value) => IsSecret(key, value) ? Text : value;

    /// <summary>Values as they may be shown.</summary>
    public static YamlNode Of(string key, YamlNode node)
    {
        switch (node)
        {
            case YamlMap map:
                return map.Replace(entry => entry.With(Of(SecretName.KeyOf(map, entry, key), entry.Value)));
            case YamlList list:
                return list.Replace(item => Of(key, item));
            case YamlScalar scalar when !scalar.IsNull && (scalar.IsQuoted || GoYaml.TypeOf(scalar) != GoYamlType.Boolean) && IsSecret(key, scalar.Value):
                return YamlScalar.Text(Text);
            default:
                return node;
        }
    }

    public static bool IsSecret(string key, string value) =>
        value.Length > 0
        && (SecretName.Of(key) != SecretKind.None || SecretText.HasPrivateKey(value) || SecretText.FormOf(value) is not null || SecretText.IsRandom(value, key) || HasAssignment(value));

    private static bool HasAssignment(string value)
    {
        foreach (var line in value.AsSpan().EnumerateLines())
        {
            if (Assignment.Parse(line, isCode: false) is { } argument && SecretName.Of(argument.Name) != SecretKind.None)
            {
                return true;
            }

            if (line.Length < value.Length && Assignment.Parse(line, isCode: true) is { } assignment && SecretName.Of(assignment.Name) != SecretKind.None)
            {
                return true;
            }
        }

        return false;
    }
}
