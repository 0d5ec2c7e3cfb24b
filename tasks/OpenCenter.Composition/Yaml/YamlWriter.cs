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
    private readonly bool _hasComments;

    private YamlWriter(bool hasComments) => _hasComments = hasComments;

    /// <summary>The bytes of one file; several documents are separated by <c>---</c>.</summary>
    public static byte[] Write(params IReadOnlyList<YamlNode> documents) => Write(documents, hasComments: false);

    /// <summary>The bytes of one file, with the comments that its nodes have in theirs.</summary>
    public static byte[] WriteWithComments(YamlNode document) => Write([document], hasComments: true);

    private static byte[] Write(IReadOnlyList<YamlNode> documents, bool hasComments)
    {
        var writer = new YamlWriter(hasComments);
        for (var i = 0; i < documents.Count; i++)
        {
            writer._text.Append(i == 0 ? "" : "---\n");
            writer.WriteAbove(documents[i], 0);
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
            if (i > 0)
            {
                WriteAbove(map.Entries[i].Key, indent);
                _text.Append(' ', indent);
            }

            WriteEntry(map.Entries[i], indent);
        }
    }

    private void WriteEntry(YamlEntry entry, int indent)
    {
        WriteKey(entry.Key, indent);
        switch (entry.Value)
        {
            case YamlMap { Entries.IsEmpty: false }:
                WriteBelow(entry, indent + Indent);
                break;
            case YamlList { Items.IsEmpty: false }:
                WriteBelow(entry, indent);
                break;
            default:
                _text.Append(' ');
                WriteNode(entry.Value, indent + Indent);
                break;
        }
    }

    private void WriteBelow(YamlEntry entry, int indent)
    {
        WriteBehind(entry.Key, isKey: true);
        _text.Append('\n');
        WriteAbove(entry.Value, indent);
        _text.Append(' ', indent);
        WriteNode(entry.Value, indent);
    }

    private void WriteKey(YamlScalar key, int indent)
    {
        var isLong = key.Value.Length > LongestKey;
        _text.Append(isLong ? "? " : "");
        WriteLine(key, StyleOf(key, isKey: true));
        _text.Append(isLong ? "\n" : "").Append(' ', isLong ? indent : 0).Append(':');
    }

    private void WriteList(YamlList list, int indent)
    {
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (i > 0)
            {
                WriteAbove(list.Items[i], indent);
                _text.Append(' ', indent);
            }

            _text.Append("- ");
            WriteNode(list.Items[i], indent + Indent);
        }
    }

    // The first line of a node is that of its first scalar.
    private void WriteAbove(YamlNode node, int indent)
    {
        while (node is YamlMap { Entries.IsEmpty: false } or YamlList { Items.IsEmpty: false })
        {
            node = node is YamlMap map ? map.Entries[0].Key : ((YamlList)node).Items[0];
        }

        if (_hasComments && node is YamlScalar scalar)
        {
            for (var comment = YamlComment.Above(scalar); !comment.IsEmpty;)
            {
                if (YamlComment.NextLine(ref comment) is { IsEmpty: false } line)
                {
                    _text.Append(' ', indent).Append(line).Append('\n');
                }
            }
        }
    }

    private void WriteBehind(YamlScalar scalar, bool isKey = false)
    {
        if (_hasComments)
        {
            var comment = YamlComment.Behind(scalar, isKey);
            var line = YamlComment.NextLine(ref comment);
            _text.Append(line.IsEmpty ? "" : "  ").Append(line);
        }
    }

    // A string is written in the one safe style for its text, whatever quotes its author used; everything else stays plain.
    private void WriteScalar(YamlScalar scalar, int indent)
    {
        var style = StyleOf(scalar, isKey: false);
        if (style == ScalarStyle.Literal)
        {
            WriteLines(scalar.Value, Math.Max(indent, Indent));
            return;
        }

        WriteLine(scalar, style);
        WriteBehind(scalar);
    }

    private void WriteLine(YamlScalar scalar, ScalarStyle style)
    {
        if (style == ScalarStyle.Plain)
        {
            _text.Append(scalar.Value.Length == 0 ? "null" : scalar.Value);
        }
        else
        {
            ScalarText.Quote(_text, scalar.Value);
        }
    }

    // YamlDotNet takes '*:' for the start of an alias.
    private static ScalarStyle StyleOf(YamlScalar scalar, bool isKey) =>
        !scalar.IsQuoted && ScalarText.StaysPlain(scalar.Value) && !(isKey && scalar.Value.Contains('*', StringComparison.Ordinal))
            ? ScalarStyle.Plain
            : ScalarText.StyleOf(scalar.Value);

    private void WriteLines(string text, int indent)
    {
        var isWhole = text[^1] == '\n';
        _text.Append(isWhole ? "|" : "|-");
        var isStart = true;
        foreach (var c in text.AsSpan(0, text.Length - (isWhole ? 1 : 0)))
        {
            if (isStart)
            {
                _text.Append('\n').Append(' ', c == '\n' ? 0 : indent);
            }

            isStart = c == '\n';
            if (!isStart)
            {
                _text.Append(c);
            }
        }
    }
}
