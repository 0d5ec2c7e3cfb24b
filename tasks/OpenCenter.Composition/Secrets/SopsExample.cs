using System.Collections.Immutable;
using System.Text;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Secrets;

/// <summary>The <c>.sops.yaml</c> that a project without one could have: its own folders, its files' own recipients.</summary>
internal static class SopsExample
{
    private const string Values = "values";

    public static string For(IReadOnlyList<ResolvedFile> files, string directory)
    {
        var paths = files.Select(file => Path.GetRelativePath(directory, file.Source.Path).Replace('\\', '/')).ToArray();
        var folders = paths.Select(path => path[..Math.Max(0, path.IndexOf('/', StringComparison.Ordinal))]).Distinct().Order(StringComparer.Ordinal).ToArray();
        var keys = RecipientsOf(files);
        var text = new StringBuilder("creation_rules:\n");
        if (folders.Contains(Values))
        {
            Add(text, Values, "", keys);
        }

        if (folders.Where(folder => folder != Values).ToArray() is { Length: > 0 } manifests)
        {
            Add(text, manifests.Length == 1 ? manifests[0] : $"({string.Join('|', manifests)})", "    encrypted_regex: ^(data|stringData)$\n", keys);
        }

        return text.ToString().TrimEnd();
    }

    private static void Add(StringBuilder text, string folder, string rule, string keys) =>
        text.Append("  - path_regex: ^").Append(folder).Append("/.*\\.sops\\.yaml$\n").Append(rule).Append("    age: ").Append(keys).Append('\n');

    private static string RecipientsOf(IReadOnlyList<ResolvedFile> files)
    {
        var keys = files.SelectMany(file => file.Documents).OfType<YamlMap>()
            .SelectMany(document => ((document["sops"] as YamlMap)?["age"] as YamlList)?.Items ?? [])
            .Select(entry => (entry as YamlMap)?.Text("recipient"))
            .OfType<string>()
            .Where(Recipient.IsAge)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToImmutableArray();
        return keys.IsEmpty ? "<the cluster's public key: age1…>" : string.Join(',', keys);
    }
}
