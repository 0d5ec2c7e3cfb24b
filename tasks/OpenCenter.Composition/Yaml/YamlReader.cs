using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using OpenCenter.Composition.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OpenCenter.Composition.Yaml;

/// <summary>
/// Reads a file into documents whose nodes know their places. What is not YAML, repeats a key or expands without bound
/// is a diagnostic, and the file then has no documents.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 200;
    private const long MaxSize = 2_000_000;

    private readonly SourceFile _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private readonly List<YamlEntry> _entries = [];
    private readonly List<YamlNode> _items = [];
    private readonly Parser _parser;
    private bool _failed;
    private int _end;

    private YamlReader(SourceFile source, DiagnosticBag diagnostics)
    {
        _source = source;
        _diagnostics = diagnostics;
        _parser = new Parser(new Scanner(new StringReader(source.Text)));
    }

    /// <summary>All documents of a file; empty ones are left out. Null if it can't be read, which has then been reported.</summary>
    public static ImmutableArray<YamlNode>? Read(SourceFile source, DiagnosticBag diagnostics)
    {
        YamlReader? reader = null;
        try
        {
            reader = new YamlReader(source, diagnostics);
            var documents = reader.ReadDocuments();
            return reader._failed ? null : documents;
        }
        catch (YamlException exception)
        {
            diagnostics.Add(NotYaml(source, exception));
        }
        catch (Exception exception) when (reader is not null && exception is InvalidOperationException or ArgumentException)
        {
            // Where the parser loses its way it says nothing of the file: at '[1.0, )', or at what follows a line of '...'.
            var at = reader!._parser.Current?.End ?? Mark.Empty;
            diagnostics.Add(NotYaml(source, new YamlException(at, at, "what follows here can't be read; put a text that has signs of YAML in it into quotes")));
        }
        catch (DecoderFallbackException)
        {
            diagnostics.Add(YamlDiagnostics.NotUtf8(source.Path));
        }

        return null;
    }

    /// <summary>The only document of a file; an empty map if there is none. Null if it can't be read or has several.</summary>
    public static YamlNode? ReadSingle(SourceFile source, DiagnosticBag diagnostics)
    {
        if (Read(source, diagnostics) is not { } documents)
        {
            return null;
        }

        if (documents.Length > 1)
        {
            diagnostics.Add(YamlDiagnostics.SecondDocument(documents[1].Place));
            return null;
        }

        return documents.Length == 1 ? documents[0] : new YamlMap(source, 1, 1, []);
    }

    private ImmutableArray<YamlNode> ReadDocuments()
    {
        var documents = ImmutableArray.CreateBuilder<YamlNode>();
        _parser.Consume<StreamStart>();
        while (!_parser.Accept<StreamEnd>(out _))
        {
            var start = _parser.Consume<DocumentStart>();
            if (start.Version is { Version: not { Major: 1, Minor: 1 } } version)
            {
                throw new YamlException(version.Start, version.End, "Flux and Helm read YAML 1.1 only; remove the %YAML line");
            }

            _anchors.Clear();
            var node = ReadNode(0);
            _parser.Consume<DocumentEnd>();
            if (node is { Size: > MaxSize })
            {
                throw new YamlException(start.Start, start.End, "it expands to more than two million nodes");
            }

            if (node is not (null or YamlScalar { Value: "", IsQuoted: false }))
            {
                documents.Add(node);
            }
        }

        return documents.DrainToImmutable();
    }

    private YamlNode ReadNode(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, "it nests deeper than 200 levels");
        }

        var start = _parser.Current;
        _parser.MoveNext();
        switch (start)
        {
            case Scalar scalar:
                return Anchor(scalar, ToScalar(scalar));
            case MappingStart map:
                return Anchor(map, ReadMap(map, depth));
            case SequenceStart list:
                return Anchor(list, ReadList(list, depth));
            case AnchorAlias alias when _anchors.TryGetValue(alias.Value.Value, out var target):
                return Bounded(alias, target);
            default:
                throw new YamlException(start!.Start, start.End, "nothing before it is anchored by this name; a text that begins with '*' has to be quoted");
        }
    }

    private YamlList ReadList(SequenceStart start, int depth)
    {
        var first = _items.Count;
        while (_parser.Current is not SequenceEnd)
        {
            _items.Add(ReadNode(depth + 1));
        }

        _parser.MoveNext();
        return new YamlList(_source, (int)start.Start.Line, (int)start.Start.Column, Taken(_items, first));
    }

    // What is open stands on a stack, so that each array is made once, as long as it has to be.
    private static ImmutableArray<T> Taken<T>(List<T> open, int first)
    {
        var taken = CollectionsMarshal.AsSpan(open)[first..].ToImmutableArray();
        open.RemoveRange(first, open.Count - first);
        return taken;
    }

    private YamlMap ReadMap(MappingStart start, int depth)
    {
        var first = _entries.Count;
        while (_parser.Current is not MappingEnd)
        {
            var at = _parser.Current!;
            if (ReadNode(depth + 1) is not YamlScalar key)
            {
                throw new YamlException(at.Start, at.End, "a key must be a scalar");
            }

            _entries.Add(new YamlEntry(key, ReadNode(depth + 1)));
        }

        _parser.MoveNext();
        var map = new YamlMap(_source, (int)start.Start.Line, (int)start.Start.Column, Taken(_entries, first));
        foreach (var entry in map.Entries)
        {
            if (!ReferenceEquals(map.Find(entry.Name), entry))
            {
                _failed = true;
                _diagnostics.Add(YamlDiagnostics.DuplicateKey(entry.Key.Place, entry.Name));
            }
        }

        return map;
    }

    private YamlNode Anchor(NodeEvent start, YamlNode node)
    {
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
        }

        return Bounded(start, node);
    }

    private static YamlNode Bounded(ParsingEvent at, YamlNode node) =>
        node.Size <= MaxSize ? node : throw new YamlException(at.Start, at.End, "it expands to more than two million nodes");

    private YamlScalar ToScalar(Scalar scalar)
    {
        var read = new YamlScalar(_source, (int)scalar.Start.Line, (int)scalar.Start.Column, scalar.Value, scalar.Style)
        {
            Start = (int)scalar.Start.Index,
            End = (int)scalar.End.Index,
            Previous = _end,
        };
        _end = read.End;
        return scalar.Tag.IsEmpty ? read : Tagged(scalar, read);
    }

    // A tag decides the type for every reader; one that nobody knows makes a string.
    private static YamlScalar Tagged(Scalar scalar, YamlScalar read)
    {
        const string Core = "tag:yaml.org,2002:";
        switch (scalar.Tag.Value)
        {
            case Core + "int" when GoYaml.TypeOf(scalar.Value) == GoYamlType.Integer:
            case Core + "float" when GoYaml.TypeOf(scalar.Value) is GoYamlType.Integer or GoYamlType.Float or GoYamlType.NotFinite:
            case Core + "bool" when GoYaml.TypeOf(scalar.Value) == GoYamlType.Boolean:
            case Core + "null" when GoYaml.TypeOf(scalar.Value) == GoYamlType.Null:
                return read with { Style = ScalarStyle.Plain };
            case Core + "int" or Core + "float" or Core + "bool" or Core + "null":
                throw new YamlException(scalar.Start, scalar.End, "the text is not what its tag says");
            case Core + "binary":
                return read with { Value = Decode(scalar), Style = ScalarStyle.DoubleQuoted };
            default:
                return read with { Style = read.IsQuoted ? read.Style : ScalarStyle.DoubleQuoted };
        }
    }

    private static string Decode(Scalar scalar)
    {
        try
        {
            return Utf8.Strict.GetString(Convert.FromBase64String(scalar.Value));
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            throw new YamlException(scalar.Start, scalar.End, "this is not text in Base64");
        }
    }

    // The scanner's texts name YAML's grammar, and its place is where it began to look; a tab is what people really meet.
    private static Diagnostic NotYaml(SourceFile source, YamlException exception)
    {
        var line = 0;
        foreach (var text in source.Text.AsSpan().EnumerateLines())
        {
            var indent = text[..^text.TrimStart(" \t").Length];
            if (++line >= exception.Start.Line && indent.Contains('\t'))
            {
                return YamlDiagnostics.NotYaml(
                    new Place(source.Path, line, indent.IndexOf('\t') + 1), "the line is indented with a tab, which YAML forbids; use spaces");
            }
        }

        var place = new Place(source.Path, (int)exception.Start.Line, (int)exception.Start.Column);
        return YamlDiagnostics.NotYaml(place, exception.Message.TrimEnd('.'));
    }
}
