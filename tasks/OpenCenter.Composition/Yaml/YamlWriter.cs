using System.Text;
using YamlDotNet.Core;

namespace OpenCenter.Composition.Yaml;

/// <summary>
/// Writes documents as block YAML, UTF-8, LF, a newline at the end. By hand: only so can a string have the one style that is
/// safe for it, and a comment the place that it had.
/// </summary>
internal sealed class YamlWriter
{
    private const int Indent = 2;

    // Beyond 1,024 characters a reader no longer takes a text for a key, unless it is announced.
    private const int LongestKey = 500;

    private readonly StringBuilder _text = new();

    private YamlWriter()
    {
    }

    /// <summary>The bytes of one file; several documents are separated by <c>---</c>.</summary>
    public static byte[] Write(params IReadOnlyList<YamlNode> documents)
    {
        var writer = new YamlWriter();
        for (var i = 0; i < documents.Count; i++)
        {
            writer._text.Append(i == 0 ? "" : "---\n");
            writer.WriteNode(documents[i], 0);
        }

        return Utf8.Strict.GetBytes(writer._text.ToString());
    }

    // Where its first line is indented already.
    private void WriteNode(YamlNode node, int indent)
    {
        switch (node)
        {
            case YamlMap { Entries.IsEmpty: false } map:
                WriteMap(map, indent);
                break;
            case YamlList { Items.IsEmpty: false } list:
                WriteList(list, indent);
                break;
            case YamlScalar scalar:
                WriteScalar(scalar, indent);
                _text.Append('\n');
                break;
            default:
                _text.Append(node is YamlMap ? "{}\n" : "[]\n");
                break;
        }
    }

    private void WriteMap(YamlMap map, int indent)
    {
        for (var i = 0; i < map.Entries.Length; i++)
        {
            _text.Append(' ', i == 0 ? 0 : indent);
            WriteEntry(map.Entries[i], indent);
        }
    }

    private void WriteEntry(YamlEntry entry, int indent)
    {
        WriteKey(entry.Key, indent);
        switch (entry.Value)
        {
            case YamlMap { Entries.IsEmpty: false }:
                _text.Append('\n').Append(' ', indent + Indent);
                WriteNode(entry.Value, indent + Indent);
                break;
            case YamlList { Items.IsEmpty: false }:
                _text.Append('\n').Append(' ', indent);
                WriteNode(entry.Value, indent);
                break;
            default:
                _text.Append(' ');
                WriteNode(entry.Value, indent + Indent);
                break;
        }
    }

    private void WriteKey(YamlScalar key, int indent)
    {
        var isLong = key.Value.Length > LongestKey;
        _text.Append(isLong ? "? " : "");
        WriteScalar(key, indent, isKey: true);
        _text.Append(isLong ? "\n" : "").Append(' ', isLong ? indent : 0).Append(':');
    }

    private void WriteList(YamlList list, int indent)
    {
        for (var i = 0; i < list.Items.Length; i++)
        {
            _text.Append(' ', i == 0 ? 0 : indent).Append("- ");
            WriteNode(list.Items[i], indent + Indent);
        }
    }

    // A string is written in the one safe style for its text, whatever quotes its author used; everything else stays plain.
    private void WriteScalar(YamlScalar scalar, int indent, bool isKey = false)
    {
        var text = scalar.Value;
        switch (StyleOf(scalar))
        {
            case ScalarStyle.Plain:
                _text.Append(text.Length == 0 ? "null" : text);
                break;
            case ScalarStyle.Literal when !isKey:
                WriteLines(text, Math.Max(indent, Indent));
                break;
            default:
                ScalarText.Quote(_text, text);
                break;
        }
    }

    private static ScalarStyle StyleOf(YamlScalar scalar) =>
        scalar.IsQuoted ? ScalarText.StyleOf(scalar.Value)
        : ScalarText.StaysPlain(scalar.Value) ? ScalarStyle.Plain
        : ScalarText.StyleOf(scalar.Value);

    private void WriteLines(string text, int indent)
    {
        var isWhole = text[^1] == '\n';
        _text.Append(isWhole ? "|" : "|-");
        foreach (var line in text.AsSpan(0, text.Length - (isWhole ? 1 : 0)).Split('\n'))
        {
            _text.Append('\n').Append(' ', line.Start.Value == line.End.Value ? 0 : indent).Append(text.AsSpan(line));
        }
    }
}
