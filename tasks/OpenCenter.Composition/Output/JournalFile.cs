using System.Collections.Immutable;
using System.Text.Json;

namespace OpenCenter.Composition.Output;

/// <summary>The file whose presence decides: with it a killed build is finished, without it is forgotten.</summary>
internal static class JournalFile
{
    public static byte[] Write(ImmutableArray<JournalEntry> entries)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("path", entry.Path);
                json.WriteString("old", entry.Old);
                json.WriteString("new", entry.New);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return stream.ToArray();
    }

    /// <summary>Null where it is not as we write it; then nothing of it is done.</summary>
    public static ImmutableArray<JournalEntry>? Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var entries = ImmutableArray.CreateBuilder<JournalEntry>();
            foreach (var item in document.RootElement.EnumerateArray())
            {
                var entry = new JournalEntry(Text(item, "path"), Text(item, "old"), Text(item, "new"));
                if (!TreePath.IsSafe(entry.Path))
                {
                    return null;
                }

                entries.Add(entry);
            }

            return entries.DrainToImmutable();
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString() ?? throw new JsonException();
}
