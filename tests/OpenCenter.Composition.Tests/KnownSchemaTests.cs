using System.Text.Json;
using OpenCenter.Composition.Checks.Schemas;
using OpenCenter.Composition.Flux;

namespace OpenCenter.Composition.Tests;

/// <summary>What the engine knows of Flux's and Kubernetes' objects is what their API servers say of them.</summary>
public sealed class KnownSchemaTests
{
    private static readonly string[] Probes =
    [
        "", "a", "A", "5m", "1.5h", "90s", "5 minutes", "1d", "http://a", "https://a", "ssh://a", "oci://a", "ftp://a", "a/b", "a.b[0].c", "a b",
        new string('a', 54), new string('a', 64), new string('a', 201), new string('a', 251), new string('a', 254), new string('a', 256), new string('a', 2049),
    ];

    private readonly KnownSchemas _known = KnownSchemas.Table;
    private readonly HashSet<object> _above = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _differences = [];

    public static TheoryData<string, string, string> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, string, string>();
            if (Directory.Exists(Path.Combine(Needs.Shared, "schemas")))
            {
                using var index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Needs.Shared, "schemas/index.json")));
                foreach (var entry in index.RootElement.EnumerateArray().Where(entry => KnownKinds.IsBuiltIn(entry.GetProperty("group").GetString()!) || entry.GetProperty("group").GetString() == "kustomize.config.k8s.io"))
                {
                    kinds.Add(entry.GetProperty("apiVersion").GetString()!, entry.GetProperty("kind").GetString()!, entry.GetProperty("file").GetString()!);
                }
            }
            else
            {
                kinds.Add("v1", "ConfigMap", "core/configmap_v1.json");
            }

            return kinds;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Kinds))]
    public void Every_field_of_a_kind_is_known_with_its_type_and_no_other(string apiVersion, string kind, string file)
    {
        Needs.SharedData();
        var schema = JsonSchema.Parse(File.ReadAllBytes(Path.Combine(Needs.Shared, "schemas", file)));
        var known = _known.Of(apiVersion, kind);

        Assert.NotNull(known);
        Compare(schema, known, "");

        Assert.Empty(_differences);
    }

    [SkippableFact]
    public void Every_object_has_the_metadata_that_the_API_server_knows()
    {
        Needs.SharedData();
        Compare(JsonSchema.Parse(File.ReadAllBytes(Path.Combine(Needs.Shared, "schemas/core/configmap_v1.json"))).Field("metadata")!, _known.Metadata, "metadata");

        Assert.Empty(_differences);
    }

    [SkippableFact]
    public void Every_field_is_known_since_the_Flux_that_has_it_first()
    {
        Needs.SharedData();
        using var table = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Needs.Shared, "schemas/flux/field-since.json")));
        foreach (var kind in table.RootElement.EnumerateObject())
        {
            var words = kind.Name.Split(' ');
            var since = kind.Value.GetProperty("fieldSince").EnumerateObject().ToDictionary(field => field.Name, field => int.Parse(field.Value.GetString()!.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture));
            if (_known.Of(words[0], words[1]) is { } known)
            {
                // A tree is for Flux 2.6 at least.
                Assert.Equal(since.Where(field => field.Value > 6).OrderBy(field => field.Key, StringComparer.Ordinal), Since(known, "").OrderBy(field => field.Key, StringComparer.Ordinal));
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, int>> Since(Schema schema, string path)
    {
        foreach (var name in schema.Fields)
        {
            var field = schema.Field(name)!;
            var below = path.Length == 0 ? name : $"{path}.{name}";
            if (field.Since > 0)
            {
                yield return KeyValuePair.Create(below, field.Since);
            }

            foreach (var found in Since(field.Items ?? field, field.Items is null ? below : $"{below}[]"))
            {
                yield return found;
            }
        }
    }

    private void Compare(Schema schema, Schema known, string path)
    {
        if (known.Type == SchemaType.Any && path == "status")
        {
            return;
        }

        Same(schema.Type, known.Type, path, "type");
        if (schema.Fields.Any() || schema.Others is not null)
        {
            Same(schema.IsOpen, known.IsOpen, path, "openness");
        }

        Same(string.Join(' ', schema.Keys), string.Join(' ', known.Keys), path, "keys");
        Same(string.Join(' ', Names(schema.Required, path)), string.Join(' ', Names(known.Required, path)), path, "required");
        Same(string.Join(' ', Names(schema.Fields, path)), string.Join(' ', Names(known.Fields, path)), path, "fields");
        foreach (var count in (int[])[0, 1, 25, 26])
        {
            Same(schema.RefusesCount(count) is null, known.RefusesCount(count) is null, path, $"{count} entries");
        }

        if (schema.Type == SchemaType.Text)
        {
            foreach (var probe in Probes.Where(probe => schema.Refuses(probe) is not null))
            {
                Same(true, known.Refuses(probe) is not null, path, $"'{probe}'");
            }

            // The other way round we are stricter than the schemas: Kubernetes checks in code what they call text.
            var allowed = schema.Refuses("\0")?.Split("one of ")[^1].Split(", ") ?? [];
            foreach (var value in schema.Refuses("\0")?.StartsWith("one of", StringComparison.Ordinal) == true ? allowed : [])
            {
                Same(true, known.Refuses(value) is null, path, $"'{value}'");
            }
        }

        if (!_above.Add(((KnownSchema)known).FieldSchemas) && schema.Fields.Any())
        {
            return;
        }

        foreach (var name in Names(schema.Fields, path).Where(name => known.Field(name) is not null))
        {
            Compare(schema.Field(name)!, known.Field(name)!, path.Length == 0 ? name : $"{path}.{name}");
        }

        _above.Remove(((KnownSchema)known).FieldSchemas);
        CompareInner(schema.Items, known.Items, $"{path}[]");
        CompareInner(schema.Others, known.Others, $"{path}{{}}");
    }

    private void CompareInner(Schema? schema, Schema? known, string path)
    {
        Same(schema is null, known is null, path, "absence");
        if (schema is not null && known is not null)
        {
            Compare(schema, known, path);
        }
    }

    // Every object has these, whatever its schema lists.
    private static IEnumerable<string> Names(IEnumerable<string> names, string path) =>
        names.Where(name => path.Length > 0 || name is not ("apiVersion" or "kind" or "metadata")).Order(StringComparer.Ordinal);

    private void Same<T>(T schema, T known, string path, string what)
    {
        if (!Equals(schema, known))
        {
            _differences.Add($"{path}: {what} is {schema}, and known is {known}");
        }
    }
}
