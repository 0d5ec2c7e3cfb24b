using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Secrets;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>
/// Takes a values file as helm-controller does (Flux 2.9: sigs.k8s.io/yaml over go-yaml v2): one document, every key a
/// string, <c>&lt;&lt;</c> where it stands. Where that loses something it is an error, where it surprises a warning.
/// </summary>
internal sealed class ValuesReader(DiagnosticBag diagnostics)
{
    private const string MergeKey = "<<";

    /// <summary>Null where the file is empty, or can't be values, which has then been reported.</summary>
    public YamlMap? Read(ResolvedFile file)
    {
        if (file.Documents.IsEmpty)
        {
            return null;
        }

        var first = file.Documents[0];
        if (IsSecond(first))
        {
            diagnostics.Add(YamlDiagnostics.SecondDocument(first.Place));
        }
        else if (file.Documents.Length > 1)
        {
            diagnostics.Add(YamlDiagnostics.SecondDocument(file.Documents[1].Place));
        }

        switch (first)
        {
            case YamlMap map:
                return Read(map);
            case YamlScalar { IsNull: true }:
                return null;
            default:
                diagnostics.Add(ValuesDiagnostics.NotAMap(first.Place));
                return null;
        }
    }

    // An empty document is no node; only the markers before this one show that there was one.
    private static bool IsSecond(YamlNode first)
    {
        var (line, markers) = (0, 0);
        foreach (var text in first.Source!.Text.AsSpan().EnumerateLines())
        {
            if (++line > first.Line)
            {
                break;
            }

            markers += text.StartsWith("---") ? 1 : 0;
        }

        return markers > 1;
    }

    private YamlNode Read(YamlNode node, string key) => node switch
    {
        YamlMap map => Read(map),
        YamlList list => list.Replace(item => Read(item, key)),
        YamlScalar scalar => Check(scalar, key),
        _ => node,
    };

    private YamlMap Read(YamlMap map) =>
        map.Entries.All(entry => !IsMerge(entry.Key) && GoYaml.TypeOf(entry.Key) == GoYamlType.String)
            ? map.Replace(entry => Read(map, entry))
            : ReadKeys(map);

    private YamlEntry Read(YamlMap map, YamlEntry entry) => entry.With(Read(entry.Value, SecretName.KeyOf(map, entry, "")));

    private static bool IsMerge(YamlScalar key) => key is { IsQuoted: false, Value: MergeKey };

    private YamlMap ReadKeys(YamlMap map)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>(map.Entries.Length);
        var index = new Dictionary<string, int>(map.Entries.Length, StringComparer.Ordinal);
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (IsMerge(entry.Key))
            {
                foreach (var merged in MergedMaps(entry.Value).Reverse().SelectMany(source => Read(source).Entries))
                {
                    if (own.Contains(merged.Name))
                    {
                        diagnostics.Add(ValuesDiagnostics.LosesToMergeKey(entries[index[merged.Name]].Key.Place, merged.Name));
                    }

                    Set(merged);
                }
            }
            else if (ReadKey(entry.Key) is { } key)
            {
                if (!own.Add(key.Value))
                {
                    diagnostics.Add(YamlDiagnostics.DuplicateKey(entry.Key.Place, key.Value));
                }

                Set(Read(map, entry) with { Key = key });
            }
        }

        return map with { Entries = entries.DrainToImmutable() };

        void Set(YamlEntry entry)
        {
            if (index.TryAdd(entry.Name, entries.Count))
            {
                entries.Add(entry);
            }
            else
            {
                entries[index[entry.Name]] = entry;
            }
        }
    }

    private IEnumerable<YamlMap> MergedMaps(YamlNode node)
    {
        switch (node)
        {
            case YamlMap map:
                return [map];
            case YamlList list when list.Items.All(item => item is YamlMap):
                return list.Items.OfType<YamlMap>();
            default:
                diagnostics.Add(ValuesDiagnostics.NotMergeable(node.Place));
                return [];
        }
    }

    // JSON has no keys but strings; whatever else a reader of YAML 1.1 sees in one is turned into its canonical text.
    private YamlScalar? ReadKey(YamlScalar key)
    {
        switch (GoYaml.TypeOf(key))
        {
            case GoYamlType.String:
                return key;
            case GoYamlType.Boolean:
                diagnostics.Add(ValuesDiagnostics.BooleanKey(key.Place, key.Value, GoYaml.IsTrue(key.Value)));
                return As(GoYaml.IsTrue(key.Value) ? "true" : "false");
            case GoYamlType.Integer when GoYaml.IntegerOf(key.Value)!.Value.ToString(CultureInfo.InvariantCulture) == key.Value:
                return As(key.Value);
            default:
                diagnostics.Add(ValuesDiagnostics.NotAKey(key.Place, key.Value));
                return null;
        }

        YamlScalar As(string text) => key with { Value = text, Style = YamlDotNet.Core.ScalarStyle.DoubleQuoted };
    }

    private YamlScalar Check(YamlScalar scalar, string key)
    {
        switch (GoYaml.TypeOf(scalar))
        {
            case GoYamlType.NotFinite:
                diagnostics.Add(ValuesDiagnostics.NotFinite(scalar.Place, key, scalar.Value));
                break;
            case GoYamlType.Integer or GoYamlType.Float when LosesDigits(scalar.Value):
                diagnostics.Add(ValuesDiagnostics.LosesDigits(scalar.Place, key, scalar.Value, Canonical(scalar.Value)));
                break;
            case GoYamlType.Integer or GoYamlType.Float when IsSurprising(scalar.Value):
                diagnostics.Add(ValuesDiagnostics.SurprisingNumber(scalar.Place, key, scalar.Value, Canonical(scalar.Value)));
                break;
            default:
                break;
        }

        return scalar;
    }

    // Values become JSON, and its numbers 64-bit floats, which have 53 bits for the digits.
    private static bool LosesDigits(string text)
    {
        // Longer than any 64-bit float: not a number to anybody.
        if (text.Length > Yaml12.MaxDigits)
        {
            return false;
        }

        var integer = GoYaml.IntegerOf(text)
            ?? (BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big) ? big : null);
        return integer is { } exact && new BigInteger((double)exact) != exact;
    }

    // 017 is 15, 08 is 8, 0e1234 (a commit) is 0, 1.10 (a version) is 1.1.
    private static bool IsSurprising(string text)
    {
        var digits = text.AsSpan().TrimStart("+-");
        return digits is ['0', >= '0' and <= '9', ..] or ['0', 'o' or 'O', ..]
            || digits.Contains('_')
            || (digits.IndexOfAny('e', 'E') is var exponent and > 0 && !digits[..exponent].ContainsAnyExceptInRange('0', '9') && !digits[(exponent + 1)..].ContainsAnyExceptInRange('0', '9'))
            || (digits.Contains('.') && digits is [.., not '.', '0'] && !digits.ContainsAny('e', 'E'));
    }

    private static string Canonical(string text) => GoYaml.NumberOf(text).ToString(CultureInfo.InvariantCulture);
}
