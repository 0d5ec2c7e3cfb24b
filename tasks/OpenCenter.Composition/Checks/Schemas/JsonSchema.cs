using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Checks.Schemas;

/// <summary>A Kubernetes structural schema: the OpenAPI v3 subset of custom resource definitions.</summary>
internal sealed class JsonSchema : Schema
{
    private const int MaxHops = 16;
    private const int MaxDepth = 512;

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly JsonElement _root;
    private readonly JsonElement _json;
    private readonly bool _isRoot;

    private JsonSchema(JsonElement root, JsonElement json, bool isRoot = false) =>
        (_root, _json, _isRoot) = (root, Resolve(root, json), isRoot);

    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonSchema Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
        var root = JsonElement.ParseValue(ref reader);
        return new JsonSchema(root, root, isRoot: true);
    }

    /// <summary>The schema of a CustomResourceDefinition.</summary>
    public static JsonSchema Of(YamlNode schema)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            ValuesJson.Write(json, schema);
        }

        return Parse(bytes.WrittenSpan);
    }

    public override SchemaType Type =>
        _json.ValueKind != JsonValueKind.Object ? SchemaType.Any
        : Flag("x-kubernetes-int-or-string") ? SchemaType.IntegerOrText
        : Flag("x-kubernetes-quantity") ? SchemaType.Quantity
        : Text("type") switch
        {
            "object" => SchemaType.Map,
            "array" => SchemaType.List,
            "string" => SchemaType.Text,
            "integer" => SchemaType.Integer,
            "number" => SchemaType.Number,
            "boolean" => SchemaType.Boolean,
            _ => SchemaType.Any,
        };

    public override bool IsOpen =>
        Flag("x-kubernetes-preserve-unknown-fields")
        || Find("additionalProperties").ValueKind == JsonValueKind.True
        || (Type == SchemaType.Any && Find("properties").ValueKind == JsonValueKind.Undefined && Others is null);

    public override bool IsObject => _isRoot || Flag("x-kubernetes-embedded-resource");

    public override IEnumerable<string> Fields =>
        Find("properties") is { ValueKind: JsonValueKind.Object } properties ? properties.EnumerateObject().Select(property => property.Name) : [];

    public override ImmutableArray<string> Required => Texts("required");

    public override ImmutableArray<string> Keys => Texts("x-kubernetes-list-map-keys");

    public override Schema? Items => Child(Find("items"));

    public override Schema? Others => Child(Find("additionalProperties"));

    public override Schema? Field(string name) =>
        Find("properties") is { ValueKind: JsonValueKind.Object } properties && properties.TryGetProperty(name, out var field) ? new JsonSchema(_root, field) : null;

    public override string? Refuses(string value)
    {
        if (Find("enum") is { ValueKind: JsonValueKind.Array } allowed && allowed.EnumerateArray().All(each => each.ToString() != value))
        {
            return $"one of {string.Join(", ", allowed.EnumerateArray().Select(each => each.ToString()))}";
        }

        if (Text("pattern") is { } pattern && Type != SchemaType.Quantity && !Matches(pattern, value))
        {
            return $"a text that matches {pattern}";
        }

        if (Type is not (SchemaType.Integer or SchemaType.Number))
        {
            return Bounds("minLength", "maxLength", value.Length, " characters");
        }

        return decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Bounds("minimum", "maximum", number, "") : null;
    }

    public override string? RefusesCount(int count) => Bounds("minItems", "maxItems", count, " entries");

    private JsonSchema? Child(JsonElement json) => json.ValueKind == JsonValueKind.Object ? new JsonSchema(_root, json) : null;

    private string? Bounds(string least, string most, decimal number, string unit) =>
        Find(least) is { ValueKind: JsonValueKind.Number } minimum && minimum.TryGetDecimal(out var low) && number < low ? $"at least {minimum}{unit}"
        : Find(most) is { ValueKind: JsonValueKind.Number } maximum && maximum.TryGetDecimal(out var high) && number > high ? $"at most {maximum}{unit}"
        : null;

    private bool Flag(string keyword) => Find(keyword).ValueKind == JsonValueKind.True;

    private string? Text(string keyword) => Find(keyword) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private ImmutableArray<string> Texts(string keyword) =>
        Find(keyword) is { ValueKind: JsonValueKind.Array } texts ? [.. texts.EnumerateArray().Where(text => text.ValueKind == JsonValueKind.String).Select(text => text.GetString()!)] : [];

    private JsonElement Find(string keyword) => _json.ValueKind == JsonValueKind.Object && _json.TryGetProperty(keyword, out var value) ? value : default;

    private static JsonElement Resolve(JsonElement root, JsonElement json)
    {
        // Only the schema of CustomResourceDefinition refers to itself: #/definitions/...
        for (var hops = 0; json.ValueKind == JsonValueKind.Object && json.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String; hops++)
        {
            var found = root;
            foreach (var key in reference.GetString()!.TrimStart('#', '/').Split('/'))
            {
                // What leads nowhere, or round and round, says nothing of a value.
                if (hops == MaxHops || found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(key, out found))
                {
                    return default;
                }
            }

            json = found;
        }

        return json;
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
}
