using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>The values of a release as files, as entries of kustomize's <c>secretGenerator</c>, and as <c>valuesFrom</c>.</summary>
internal sealed record ValuesSecrets(
    ImmutableArray<FolderFile> Files,
    ImmutableArray<YamlNode> Generators,
    ImmutableArray<YamlNode> ValuesFrom)
{
    private const int MaxSecret = 1024 * 1024;

    public static ValuesSecrets Of(ReleaseSpec release, EffectiveValues values, string ns, bool isLayered, Place place, DiagnosticBag diagnostics)
    {
        var secrets = new List<SecretKey>();
        if (isLayered)
        {
            var stem = release.LayeredSecret ?? $"{release.Name.Value}-values";
            foreach (var layer in values.Tiers)
            {
                var name = layer.Tier.ToString().ToLowerInvariant();
                var key = release.LayeredKeys.GetValueOrDefault(name, DefaultKey(layer.Tier));
                secrets.Add(new SecretKey($"{stem}-{name}", key, new FolderFile($"values-{name}.yaml", YamlWriter.WriteWithComments(layer.Values))));
            }

            Add(values.Encrypted, $"{stem}-encrypted");
        }
        else
        {
            if (!values.Merged.Entries.IsEmpty)
            {
                secrets.Add(new SecretKey($"{release.Name.Value}-values", "values.yaml", new FolderFile("values.yaml", YamlWriter.WriteWithComments(values.Merged))));
            }

            Add(values.Encrypted, $"{release.Name.Value}-values");
        }

        foreach (var secret in secrets.GroupBy(entry => entry.Secret))
        {
            var bytes = secret.Sum(entry => (long)entry.File.Content.Length);
            if (bytes > MaxSecret)
            {
                diagnostics.Add(ValuesDiagnostics.TooLarge(place, release.Name.Value, bytes));
            }
        }

        return new ValuesSecrets(
            [.. secrets.Select(entry => entry.File)],
            [.. secrets.GroupBy(entry => entry.Secret).Select(secret => Generator(secret.Key, ns, secret.Select(entry => entry.Key == entry.File.Path ? entry.Key : $"{entry.Key}={entry.File.Path}")))],
            [.. secrets.Select(entry => YamlMap.Of(("kind", "Secret"), ("name", entry.Secret), ("valuesKey", entry.Key)))]);

        void Add(ResolvedFile? encrypted, string secret)
        {
            if (encrypted is not null)
            {
                secrets.Add(new SecretKey(secret, "values.sops.yaml", new FolderFile("values.sops.yaml", encrypted.Bytes)));
            }
        }
    }

    // The keys that today's clusters use.
    private static string DefaultKey(ValuesTier tier) => tier switch
    {
        ValuesTier.Base => "values.yaml",
        ValuesTier.Override => "override.yaml",
        ValuesTier.Enterprise => "hardened-enterprise.yaml",
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, null),
    };

    // Without a hash in its name a changed Secret would be noticed at the next interval only; the label makes it at once.
    private static YamlMap Generator(string name, string ns, IEnumerable<string> files) =>
        YamlMap.Of(
            ("name", name),
            ("namespace", ns),
            ("files", YamlList.Of(files.Select(file => (YamlNode)file))),
            ("options", YamlMap.Of(
                ("disableNameSuffixHash", true),
                ("labels", YamlMap.Of(("reconcile.fluxcd.io/watch", "Enabled"))))));

    private sealed record SecretKey(string Secret, string Key, FolderFile File);
}
