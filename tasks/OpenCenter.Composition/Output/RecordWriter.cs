using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenCenter.Composition.Output;

/// <summary>Writes a record as JSON: one file a line, in ordinal order, so that Git merges what two branches changed apart.</summary>
internal static class RecordWriter
{
    // Relaxed: nobody puts this into HTML, and people read it in a pull request.
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(TreeRecord record)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Layout))
        {
            json.WriteStartObject();
            json.WriteNumber("format", TreeRecord.Format);
            json.WriteString(record.IsCluster ? "sdk" : "package", record.Package);
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
}
