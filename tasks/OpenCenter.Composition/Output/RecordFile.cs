using System.Collections.Immutable;
using System.Text.Json;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Output;

/// <summary>A record as JSON: one file a line, in ordinal order, so that Git merges what two branches changed apart.</summary>
internal static class RecordFile
{
    private const int Format = 1;

    private static readonly JsonWriterOptions Layout = new() { Indented = true, IndentSize = 2, NewLine = "\n" };

    public static byte[] Write(TreeRecord record)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Layout))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString(record.Project is null ? "package" : "sdk", record.Package);
            if (record.Project is { } project)
            {
                json.WriteString("project", project);
            }

            json.WriteStartArray("objects");
            foreach (var item in record.Objects)
            {
                json.WriteStringValue(item);
            }

            json.WriteEndArray();
            json.WriteStartObject("files");
            foreach (var (path, hash) in record.Files)
            {
                json.WriteString(path, hash);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Null where the record can't be trusted; <paramref name="problem"/> then says why.</summary>
    public static TreeRecord? Read(string name, string file, byte[] bytes, out Diagnostic? problem)
    {
        problem = null;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.GetProperty("format").GetInt32() != Format)
            {
                problem = OutputDiagnostics.BadRecord(new Place(file, 2, 3), "another version of the SDK wrote it, in a format that this one does not know");
                return null;
            }

            var isCluster = name == TreeRecord.Cluster;
            var files = root.GetProperty("files").EnumerateObject().ToImmutableSortedDictionary(
                entry => entry.Name, entry => entry.Value.GetString() ?? "", StringComparer.Ordinal);
            if (files.Keys.FirstOrDefault(path => !TreePath.IsSafe(path)) is { } unsafePath)
            {
                problem = OutputDiagnostics.BadRecord(new Place(file), $"it names '{unsafePath}', which is not a path below the tree");
                return null;
            }

            return new TreeRecord(
                name,
                root.GetProperty(isCluster ? "sdk" : "package").GetString() ?? "",
                isCluster ? root.GetProperty("project").GetString() : null,
                [.. root.GetProperty("objects").EnumerateArray().Select(item => item.GetString() ?? "")],
                files);
        }
        catch (JsonException exception)
        {
            var isConflict = bytes.AsSpan().IndexOf("<<<<<<<"u8) >= 0;
            problem = OutputDiagnostics.BadRecord(
                new Place(file, (int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1),
                isConflict ? "it has conflict markers of Git" : "it is no JSON");
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            problem = OutputDiagnostics.BadRecord(new Place(file), "a field is missing or has the wrong type");
        }

        return null;
    }
}
