using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OpenCenter.Composition.Yaml;

/// <summary>Writes documents as block YAML, UTF-8, LF, a newline at the end.</summary>
internal static class YamlWriter
{
    private static readonly EmitterSettings Settings =
        new EmitterSettings().WithBestWidth(int.MaxValue).WithNewLine("\n");

    /// <summary>The bytes of one file; several documents are separated by <c>---</c>.</summary>
    public static byte[] Write(params IReadOnlyList<YamlNode> documents)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(text, Settings);
        emitter.Emit(new StreamStart());
        for (var i = 0; i < documents.Count; i++)
        {
            emitter.Emit(new DocumentStart(null, null, isImplicit: i == 0));
            Write(emitter, documents[i]);
            emitter.Emit(new DocumentEnd(isImplicit: true));
        }

        emitter.Emit(new StreamEnd());
        var written = text.ToString();
        return Utf8.Strict.GetBytes(written.EndsWith('\n') ? written : written + "\n");
    }

    private static void Write(Emitter emitter, YamlNode node)
    {
        switch (node)
        {
            case YamlScalar scalar:
                emitter.Emit(ToEvent(scalar));
                break;
            case YamlList list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, true, list.Items.IsEmpty ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list.Items)
                {
                    Write(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case YamlMap map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, true, map.Entries.IsEmpty ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var entry in map.Entries)
                {
                    emitter.Emit(ToEvent(entry.Key));
                    Write(emitter, entry.Value);
                }

                emitter.Emit(new MappingEnd());
                break;
        }
    }

    // A string is written in the one safe style for its text, whatever quotes its author used; everything else stays plain.
    private static Scalar ToEvent(YamlScalar scalar)
    {
        var isText = scalar.IsQuoted || scalar.Value.Contains('\n', StringComparison.Ordinal);
        var style = isText ? ScalarText.StyleOf(scalar.Value) : ScalarStyle.Plain;
        return new Scalar(AnchorName.Empty, TagName.Empty, scalar.Value, style, isPlainImplicit: true, isQuotedImplicit: true);
    }
}
