using System.Text.Json;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>Values as the JSON that Flux hands to Helm.</summary>
internal static class ValuesJson
{
    public static void Write(Utf8JsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case YamlMap map:
                json.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    json.WritePropertyName(entry.Name);
                    Write(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case YamlList list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case YamlScalar scalar:
                Write(json, scalar);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, YamlScalar scalar)
    {
        switch (GoYaml.TypeOf(scalar))
        {
            case GoYamlType.Null:
                json.WriteNullValue();
                break;
            case GoYamlType.Boolean:
                json.WriteBooleanValue(GoYaml.IsTrue(scalar.Value));
                break;
            case GoYamlType.Integer or GoYamlType.Float:
                json.WriteNumberValue(GoYaml.NumberOf(scalar.Value));
                break;
            default:
                json.WriteStringValue(scalar.Value);
                break;
        }
    }
}
