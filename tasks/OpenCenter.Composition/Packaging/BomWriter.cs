using System.Collections.Immutable;
using System.Text.Json;

namespace OpenCenter.Composition.Packaging;

/// <summary>Writes a package's bill of materials: CycloneDX 1.6, with neither a time nor a serial number, so that the same package has the same.</summary>
public static class BomWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    public static byte[] Write(BomComponent package, ImmutableArray<BomComponent> parts)
    {
        // A reference stands once: two releases can install one chart.
        BomComponent[] sorted = [.. parts.DistinctBy(part => part.Purl).OrderBy(part => part.Purl, StringComparer.Ordinal)];
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.6");
            json.WriteNumber("version", 1);
            json.WriteStartObject("metadata");
            json.WritePropertyName("component");
            Write(json, package);
            json.WriteEndObject();
            json.WriteStartArray("components");
            foreach (var part in sorted)
            {
                Write(json, part);
            }

            json.WriteEndArray();
            json.WriteStartArray("dependencies");
            json.WriteStartObject();
            json.WriteString("ref", package.Purl);
            json.WriteStartArray("dependsOn");
            foreach (var part in sorted)
            {
                json.WriteStringValue(part.Purl);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, BomComponent component)
    {
        json.WriteStartObject();
        json.WriteString("type", component.Type);
        json.WriteString("bom-ref", component.Purl);
        if (component.Publisher.Length > 0)
        {
            json.WriteString("publisher", component.Publisher);
        }

        json.WriteString("name", component.Name);
        json.WriteString("version", component.Version);
        if (component.License.Length > 0)
        {
            json.WriteStartArray("licenses");
            json.WriteStartObject();
            json.WriteString("expression", component.License);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteString("purl", component.Purl);
        if (component.Url.Length > 0)
        {
            json.WriteStartArray("externalReferences");
            json.WriteStartObject();
            json.WriteString("type", "distribution");
            json.WriteString("url", component.Url);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
