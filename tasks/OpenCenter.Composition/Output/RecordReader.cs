using System.Collections.Immutable;
using System.Text.Json;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Output;

/// <summary>
/// Reads a record strictly. It decides what is removed, and anybody, or a merge, may have edited it: what is not as
/// <see cref="RecordWriter"/> writes it is refused.
/// </summary>
internal ref struct RecordReader
{
    private const int HashLength = 64;

    private readonly string _name;
    private Utf8JsonReader _json;
    private bool _hasFormat;
    private string? _package;
    private string? _project;
    private ImmutableArray<string>? _objects;
    private ImmutableSortedDictionary<string, string>? _files;

    private RecordReader(string name, ReadOnlySpan<byte> bytes)
    {
        _name = name;
        _json = new Utf8JsonReader(bytes);
    }

    /// <summary>Null where the record can't be trusted; <paramref name="problem"/> then says why, and where.</summary>
    public static TreeRecord? Read(string name, string file, ReadOnlySpan<byte> bytes, out Diagnostic? problem)
    {
        var reader = new RecordReader(name, bytes);
        try
        {
            problem = null;
            return reader.Read();
        }
        catch (RefusedException refused)
        {
            problem = OutputDiagnostics.BadRecord(PlaceOf(file, bytes, reader._json.TokenStartIndex), refused.Message);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is not UTF-8, or half of a surrogate pair.
            var marker = bytes.IndexOf("<<<<<<<"u8);
            problem = marker >= 0
                ? OutputDiagnostics.BadRecord(PlaceOf(file, bytes, marker), "it has conflict markers of Git")
                : OutputDiagnostics.BadRecord(PlaceOf(file, bytes, reader._json.BytesConsumed), "it is not JSON");
        }

        return null;
    }

    /// <summary>Whether a text is a SHA-256 in lower-case hex.</summary>
    public static bool IsHash(string text) => text.Length == HashLength && !text.AsSpan().ContainsAnyExcept("0123456789abcdef");

    private readonly bool IsCluster => _name == TreeRecord.Cluster;

    private TreeRecord Read()
    {
        Expect(JsonTokenType.StartObject, "it is not a map");
        while (NextKey() is { } key)
        {
            ReadField(key);
        }

        // Whatever follows the map is malformed, and throws.
        _json.Read();
        return _hasFormat && _package is not null && _objects is { } objects && _files is not null && _project is not null == IsCluster
            ? new TreeRecord(_name, _package, _project, objects, _files)
            : throw new RefusedException("a field is missing");
    }

    private void ReadField(string key)
    {
        switch (key)
        {
            case "format" when !_hasFormat:
                ReadFormat();
                break;
            case "sdk" when IsCluster && _package is null:
            case "package" when !IsCluster && _package is null:
                _package = NextText(key);
                break;
            case "project" when IsCluster && _project is null:
                _project = NextText(key);
                break;
            case "objects" when _objects is null:
                _objects = ReadObjects();
                break;
            case "files" when _files is null:
                _files = ReadFiles();
                break;
            default:
                throw new RefusedException($"'{key}' does not belong here");
        }
    }

    private void ReadFormat()
    {
        Expect(JsonTokenType.Number, "'format' is not a number");
        if (!_json.TryGetInt32(out var format) || format != TreeRecord.Format)
        {
            throw new RefusedException("another version of the SDK wrote it, in a format that this one does not know");
        }

        _hasFormat = true;
    }

    private ImmutableArray<string> ReadObjects()
    {
        Expect(JsonTokenType.StartArray, "'objects' is not a list");
        var objects = ImmutableArray.CreateBuilder<string>();
        while (_json.Read() && _json.TokenType == JsonTokenType.String)
        {
            objects.Add(_json.GetString()!);
        }

        return _json.TokenType == JsonTokenType.EndArray ? objects.DrainToImmutable() : throw new RefusedException("an object is not a text");
    }

    private ImmutableSortedDictionary<string, string> ReadFiles()
    {
        Expect(JsonTokenType.StartObject, "'files' is not a map");
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        while (NextKey() is { } path)
        {
            if (!TreePath.IsSafe(path) || TreePath.IsBelow(path, TreeRecord.Folder))
            {
                throw new RefusedException($"it names '{path}', which no build writes");
            }

            if (files.ContainsKey(path))
            {
                throw new RefusedException($"it names '{path}' twice");
            }

            var hash = NextText(path);
            files.Add(path, IsHash(hash) ? hash : throw new RefusedException($"the value of '{path}' is no SHA-256 in lower-case hex"));
        }

        return files.ToImmutable();
    }

    /// <summary>The next key of a map; null at its end.</summary>
    private string? NextKey() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName ? _json.GetString() : null;

    private string NextText(string key)
    {
        Expect(JsonTokenType.String, $"'{key}' is not a text");
        return _json.GetString()!;
    }

    private void Expect(JsonTokenType type, string otherwise)
    {
        if (!_json.Read() || _json.TokenType != type)
        {
            throw new RefusedException(otherwise);
        }
    }

    private static Place PlaceOf(string file, ReadOnlySpan<byte> bytes, long offset)
    {
        var before = bytes[..(int)Math.Min(offset, bytes.Length)];
        return new Place(file, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }

    // JSON, but not a record. Never leaves this type: with a place for each refusal, the reading would drown in checks.
    private sealed class RefusedException(string reason) : Exception(reason);
}
