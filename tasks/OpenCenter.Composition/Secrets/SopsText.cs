using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Secrets;

/// <summary>
/// Files other than YAML that SOPS encrypted: JSON, dotenv and INI. The latter two have SOPS's block flat,
/// <c>sops_age__list_0__map_enc=…</c>, or without the prefix in a section <c>[sops]</c>.
/// </summary>
internal static class SopsText
{
    private const string Block = "sops";
    private const string List = "list_";
    private const string Map = "map_";

    /// <summary>The file as a document with its <c>sops</c> block; none where Flux would not see that it is encrypted.</summary>
    public static ImmutableArray<YamlNode> Read(SourceFile source)
    {
        ReadOnlySpan<byte> bytes = source.Bytes;
        if (bytes.IndexOf("\"mac\": \"ENC["u8) >= 0)
        {
            return YamlReader.Read(source, new DiagnosticBag()) ?? [];
        }

        return bytes.IndexOf("sops_mac=ENC["u8) >= 0 || bytes.IndexOf("[sops]"u8) >= 0 ? [ReadFlat(source)] : [];
    }

    private static YamlMap ReadFlat(SourceFile source)
    {
        var (entries, block) = (ImmutableArray.CreateBuilder<YamlEntry>(), new Branch());
        var (number, section) = (0, "");
        foreach (var text in Encoding.UTF8.GetString(source.Bytes).Split('\n'))
        {
            number++;
            var line = text.Trim();
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line.StartsWith('['))
            {
                section = line.Trim('[', ']');
            }
            else if (equals > 0 && line[0] is not ('#' or ';'))
            {
                var key = line[..equals].TrimEnd();
                var value = new YamlScalar(source, number, equals + 2, line[(equals + 1)..].Trim().Replace("\\n", "\n", StringComparison.Ordinal), YamlDotNet.Core.ScalarStyle.DoubleQuoted);
                if (section == Block)
                {
                    block.Add(key.Split("__"), value);
                }
                else if (key.StartsWith(Block + "_", StringComparison.Ordinal))
                {
                    block.Add(key[(Block.Length + 1)..].Split("__"), value);
                }
                else
                {
                    entries.Add(new YamlEntry(new YamlScalar(source, number, 1, key, YamlDotNet.Core.ScalarStyle.DoubleQuoted), value));
                }
            }
        }

        entries.Add(new YamlEntry(new YamlScalar(source, 1, 1, Block, YamlDotNet.Core.ScalarStyle.Plain), block.ToNode(source)));
        return new YamlMap(source, 1, 1, entries.DrainToImmutable());
    }

    private sealed class Branch
    {
        private readonly SortedDictionary<string, Branch> _below = new(StringComparer.Ordinal);
        private YamlScalar? _value;

        public void Add(ReadOnlySpan<string> path, YamlScalar value)
        {
            if (path.IsEmpty)
            {
                _value = value;
                return;
            }

            var key = path[0].StartsWith(Map, StringComparison.Ordinal) ? path[0][Map.Length..] : path[0];
            if (!_below.TryGetValue(key, out var below))
            {
                _below.Add(key, below = new Branch());
            }

            below.Add(path[1..], value);
        }

        public YamlNode ToNode(SourceFile source)
        {
            if (_value is not null)
            {
                return _value;
            }

            if (_below.Count > 0 && _below.Keys.All(key => key.StartsWith(List, StringComparison.Ordinal)))
            {
                return new YamlList(source, 1, 1, [.. _below.OrderBy(item => IndexOf(item.Key)).Select(item => item.Value.ToNode(source))]);
            }

            return new YamlMap(source, 1, 1, [.. _below.Select(item => new YamlEntry(YamlScalar.Text(item.Key), item.Value.ToNode(source)))]);
        }

        private static int IndexOf(string key) => int.TryParse(key.AsSpan(List.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : int.MaxValue;
    }
}
