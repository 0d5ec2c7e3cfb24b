using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenCenter.Composition.Secrets;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Checks;

/// <summary>
/// Validates a node against a Kubernetes structural schema (the OpenAPI v3 subset of custom resource definitions) as a
/// strict API server would: a key that the schema does not know is an error.
/// </summary>
internal sealed class SchemaValidator(JsonElement root, Action<YamlNode, string, string> report)
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    // What an object may have wherever it stands, listed or not.
    private static readonly string[] ObjectKeys = ["apiVersion", "kind", "metadata"];

    public void Validate(YamlNode node) => Validate(node, root, "", isObject: true);

    private void Validate(YamlNode node, JsonElement schema, string path, bool isObject)
    {
        schema = Resolve(schema);
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }
        if (node is YamlScalar { IsNull: true })
        {
            // The API server drops a null property before it validates, unless the schema allows it.
            return;
        }

        if (Flag(schema, "x-kubernetes-int-or-string"))
        {
            if (node is not YamlScalar text || (!text.IsQuoted && Yaml12.TypeOf(text.Value) is Yaml12Type.Boolean or Yaml12Type.Float))
            {
                report(node, Name(path), "must be an integer or a string");
            }

            return;
        }

        if (Text(schema, "type") is { } type && !Flag(schema, "x-kubernetes-quantity") && !HasType(node, type))
        {
            report(node, Name(path), $"must be of type {type}");
            return;
        }

        switch (node)
        {
            case YamlScalar scalar:
                ValidateScalar(scalar, schema, path);
                break;
            case YamlList list:
                ValidateList(list, schema, path);
                break;
            case YamlMap map:
                ValidateMap(map, schema, path, isObject || Flag(schema, "x-kubernetes-embedded-resource"));
                break;
            default:
                break;
        }
    }

    private void ValidateScalar(YamlScalar scalar, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("enum", out var allowed) && allowed.EnumerateArray().All(value => value.ToString() != scalar.Value))
        {
            report(scalar, Name(path), $"is '{Hidden.Of(path[(path.LastIndexOf('.') + 1)..], scalar.Value)}'; it must be one of {string.Join(", ", allowed.EnumerateArray().Select(value => value.ToString()))}");
        }

        if (Text(schema, "pattern") is { } pattern && !Flag(schema, "x-kubernetes-quantity") && !Matches(pattern, scalar.Value))
        {
            report(scalar, Name(path), $"is '{Hidden.Of(path[(path.LastIndexOf('.') + 1)..], scalar.Value)}'; it must match {pattern}");
        }

        if (decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !scalar.IsQuoted)
        {
            Bound(scalar, schema, path, "minimum", limit => number >= limit, "at least");
            Bound(scalar, schema, path, "maximum", limit => number <= limit, "at most");
        }
        else
        {
            Bound(scalar, schema, path, "minLength", limit => scalar.Value.Length >= limit, "longer: at least");
            Bound(scalar, schema, path, "maxLength", limit => scalar.Value.Length <= limit, "shorter: at most");
        }
    }

    private void ValidateList(YamlList list, JsonElement schema, string path)
    {
        Bound(list, schema, path, "minItems", limit => list.Items.Length >= limit, "longer: at least");
        Bound(list, schema, path, "maxItems", limit => list.Items.Length <= limit, "shorter: at most");
        if (!schema.TryGetProperty("items", out var items))
        {
            return;
        }

        for (var i = 0; i < list.Items.Length; i++)
        {
            Validate(list.Items[i], items, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), isObject: false);
        }
    }

    private void ValidateMap(YamlMap map, JsonElement schema, string path, bool isObject)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var key in required.EnumerateArray().Select(key => key.GetString()!).Where(key => map[key] is null or YamlScalar { IsNull: true }))
            {
                report(map, Name(path), $"has no '{key}', which is required");
            }
        }

        var hasProperties = schema.TryGetProperty("properties", out var properties);
        var hasAdditional = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind != JsonValueKind.False;
        var isOpen = Flag(schema, "x-kubernetes-preserve-unknown-fields")
            || (!hasProperties && !hasAdditional && Text(schema, "type") != "object")
            || (hasAdditional && additional.ValueKind == JsonValueKind.True);
        foreach (var entry in map.Entries)
        {
            var below = path.Length == 0 ? entry.Name : $"{path}.{entry.Name}";
            if (hasProperties && properties.TryGetProperty(entry.Name, out var property))
            {
                // A CRD lists metadata as an object without properties; the API server knows it better.
                if (!(isObject && entry.Name == "metadata" && !property.TryGetProperty("properties", out _)))
                {
                    Validate(entry.Value, property, below, isObject: false);
                }
            }
            else if (hasAdditional && additional.ValueKind == JsonValueKind.Object)
            {
                Validate(entry.Value, additional, below, isObject: false);
            }
            else if (!isOpen && !(isObject && ObjectKeys.Contains(entry.Name, StringComparer.Ordinal)))
            {
                var known = hasProperties ? properties.EnumerateObject().Select(known => known.Name) : [];
                report(entry.Key, Name(below), $"is not known{Diagnostics.Nearest.Hint(entry.Name, known).TrimEnd('?').Replace(" Did you mean", "; did you mean", StringComparison.Ordinal)}");
            }
        }
    }

    private void Bound(YamlNode node, JsonElement schema, string path, string keyword, Func<decimal, bool> holds, string text)
    {
        if (schema.TryGetProperty(keyword, out var limit) && limit.ValueKind == JsonValueKind.Number && !holds(limit.GetDecimal()))
        {
            report(node, Name(path), $"must be {text} {limit}");
        }
    }

    private static bool HasType(YamlNode node, string type) => type switch
    {
        "object" => node is YamlMap,
        "array" => node is YamlList,
        "string" => node is YamlScalar text && (text.IsQuoted || Yaml12.TypeOf(text.Value) == Yaml12Type.String),
        "boolean" => node is YamlScalar { IsQuoted: false } text && Yaml12.TypeOf(text.Value) == Yaml12Type.Boolean,
        "integer" => node is YamlScalar { IsQuoted: false } text && Yaml12.TypeOf(text.Value) == Yaml12Type.Integer,
        "number" => node is YamlScalar { IsQuoted: false } text && Yaml12.TypeOf(text.Value) is Yaml12Type.Integer or Yaml12Type.Float,
        _ => true,
    };

    private const int MaxHops = 16;

    private JsonElement Resolve(JsonElement schema)
    {
        // Only the schema of CustomResourceDefinition refers to itself: #/definitions/...
        for (var hops = 0; schema.ValueKind == JsonValueKind.Object && Text(schema, "$ref") is { } reference; hops++)
        {
            var found = root;
            foreach (var key in reference.TrimStart('#', '/').Split('/'))
            {
                // What leads nowhere, or round and round, says nothing of a value.
                if (hops == MaxHops || found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(key, out found))
                {
                    return default;
                }
            }

            schema = found;
        }

        return schema;
    }

    // RE2's $ is the very end, and its classes are ASCII only.
    private static bool Matches(string pattern, string text)
    {
        try
        {
            var net = pattern.EndsWith('$') && !pattern.EndsWith("\\$", StringComparison.Ordinal) ? pattern[..^1] + "\\z" : pattern;
            return Regex.IsMatch(text, net, RegexOptions.CultureInvariant, MatchTimeout);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static bool Flag(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Name(string path) => path.Length == 0 ? "it" : path;
}
