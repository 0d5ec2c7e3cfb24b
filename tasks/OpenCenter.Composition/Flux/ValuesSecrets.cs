using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>The values of a release as files, as entries of kustomize's <c>secretGenerator</c>, and as <c>valuesFrom</c>.</summary>
internal sealed record ValuesSecrets(
    ImmutableArray<(string Path, byte[] Content)> Files,
    ImmutableArray<YamlNode> Generators,
    ImmutableArray<YamlNode> ValuesFrom)
{
    private const int MaxSecret = 1024 * 1024;

    public static ValuesSecrets Of(ReleaseSpec release, EffectiveValues values, string ns, bool isLayered, Place place, DiagnosticBag diagnostics)
    {
        var secrets = ImmutableArray.CreateBuilder<(string Secret, string Key, string File, byte[] Content)>();
        if (isLayered)
        {
            var stem = release.LayeredSecret ?? $"{release.Name.Value}-values";
            foreach (var (tier, tierValues) in values.Tiers)
            {
                var name = tier.ToString().ToLowerInvariant();
                secrets.Add(($"{stem}-{name}", release.LayeredKeys.GetValueOrDefault(name, DefaultKey(tier)), $"values-{name}.yaml", YamlWriter.Write(tierValues)));
            }

            Add(values.Encrypted, $"{stem}-encrypted");
        }
        else
        {
            if (!values.Merged.Entries.IsEmpty)
            {
                secrets.Add(($"{release.Name.Value}-values", "values.yaml", "values.yaml", YamlWriter.Write(values.Merged)));
            }

            Add(values.Encrypted, $"{release.Name.Value}-values");
        }

        foreach (var secret in secrets.GroupBy(entry => entry.Secret))
        {
            var bytes = secret.Sum(entry => (long)entry.Content.Length);
            if (bytes > MaxSecret)
            {
                diagnostics.Add(ValuesDiagnostics.TooLarge(place, release.Name.Value, bytes));
            }
        }

        return new ValuesSecrets(
            [.. secrets.Select(entry => (entry.File, entry.Content))],
            [.. secrets.GroupBy(entry => entry.Secret).Select(secret => Generator(secret.Key, ns, secret.Select(entry => entry.Key == entry.File ? entry.File : $"{entry.Key}={entry.File}")))],
            [.. secrets.Select(entry => YamlMap.Of(("kind", "Secret"), ("name", entry.Secret), ("valuesKey", entry.Key)))]);

        void Add(SourceFile? encrypted, string secret)
        {
            if (encrypted is not null)
            {
                secrets.Add((secret, "values.sops.yaml", "values.sops.yaml", encrypted.Bytes));
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
}
