using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Secrets;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Checks.Schemas;

/// <summary>Holds one object against a schema as a strict API server would: a field that the schema does not have is an error.</summary>
/// <param name="item">What messages call the object.</param>
/// <param name="at">Its place, for what the engine made and has none.</param>
/// <param name="metadata">What its metadata is.</param>
/// <param name="flux">The Flux that reads it.</param>
/// <param name="diagnostics">What is wrong.</param>
internal sealed class SchemaValidator(string item, Place at, Schema metadata, Version flux, DiagnosticBag diagnostics)
{
    /// <summary>Whether it is a patch, which has only the fields that it changes.</summary>
    public bool IsPatch { get; init; }

    public void Validate(YamlMap node, Schema schema) => ValidateMap(node, schema, null);

    // Most nodes are leaves without a fault, and paths are only for messages: a leaf's is made when it is needed.
    private void Validate(YamlNode node, Schema schema, NodePath? above, string key, int index)
    {
        if (schema.Since > flux.Minor)
        {
            diagnostics.Add(ManifestDiagnostics.NewerField(PlaceOf(node), item, PathOf(above, key, index).ToString(), $"2.{schema.Since}", flux.ToString()));
        }

        // The API server drops a null field before it validates.
        if (node is YamlScalar { IsNull: true } || (node is YamlScalar text && IsReplaced(text)))
        {
            return;
        }

        if (schema.Type != SchemaType.Any && !IsOf(node, schema.Type))
        {
            diagnostics.Add(ManifestDiagnostics.WrongType(PlaceOf(node), item, PathOf(above, key, index).ToString(), Expected(schema.Type)));
            return;
        }

        switch (node)
        {
            case YamlMap map:
                ValidateMap(map, schema, PathOf(above, key, index));
                break;
            case YamlList list:
                ValidateList(list, schema, PathOf(above, key, index));
                break;
            case YamlScalar scalar when schema.Refuses(scalar.Value) is { } expected:
                var path = PathOf(above, key, index);
                diagnostics.Add(ManifestDiagnostics.RefusedValue(PlaceOf(scalar), item, path.ToString(), Hidden.Of(path.Name, scalar.Value), expected));
                break;
            default:
                break;
        }
    }

    private static NodePath PathOf(NodePath? above, string key, int index) => index < 0 ? NodePath.Of(above, key) : NodePath.Of(above, index);

    private void ValidateList(YamlList list, Schema schema, NodePath path)
    {
        if (!IsPatch && schema.RefusesCount(list.Items.Length) is { } expected)
        {
            diagnostics.Add(ManifestDiagnostics.WrongType(PlaceOf(list), item, path.ToString(), expected));
        }

        if (schema.Items is { } items)
        {
            for (var i = 0; i < list.Items.Length; i++)
            {
                if (list.Items[i] is YamlScalar { IsNull: true } && items.Type != SchemaType.Any)
                {
                    diagnostics.Add(ManifestDiagnostics.WrongType(PlaceOf(list.Items[i]), item, NodePath.Of(path, i).ToString(), Expected(items.Type)));
                }

                Validate(list.Items[i], items, path, "", i);
            }
        }

        if (list.Items.Length > 1 && !schema.Keys.IsEmpty && !IsPatch)
        {
            CheckUnique(list, schema, path);
        }
    }

    // Server-side apply knows a list's entries by these fields, and refuses two of one name.
    private void CheckUnique(YamlList list, Schema schema, NodePath path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in list.Items)
        {
            if (entry is YamlMap map && map[schema.Keys[0]] is YamlScalar)
            {
                var name = string.Join(", ", schema.Keys.Select(key => map.Text(key)).OfType<string>());
                if (!seen.Add(name))
                {
                    diagnostics.Add(ManifestDiagnostics.SameEntry(PlaceOf(map), item, path.ToString(), string.Join(", ", schema.Keys), name));
                }
            }
        }
    }

    private void ValidateMap(YamlMap map, Schema schema, NodePath? path)
    {
        foreach (var entry in map.Entries)
        {
            var name = entry.Name;
            if (schema.IsObject && name is "apiVersion" or "kind")
            {
                continue;
            }

            // A CustomResourceDefinition says nothing of metadata; the API server knows it.
            if ((schema.IsObject && name == "metadata" ? metadata : schema.Field(name)) is { } field)
            {
                Validate(entry.Value, field, path, name, -1);
            }
            else if (schema.Others is { } others)
            {
                if (schema.RefusesKey(name) is { } expected)
                {
                    diagnostics.Add(ManifestDiagnostics.RefusedKey(PlaceOf(entry), item, NodePath.Of(path, name).ToString(), expected));
                }

                Validate(entry.Value, others, path, name, -1);
            }
            else if (!schema.IsOpen && !(IsPatch && name.StartsWith('$')) && !(path is null && name == "sops"))
            {
                diagnostics.Add(ManifestDiagnostics.UnknownField(PlaceOf(entry), item, NodePath.Of(path, name).ToString(), Nearest.Hint(name, schema.Fields)));
            }
        }

        if (IsPatch)
        {
            return;
        }

        foreach (var required in schema.Required)
        {
            if (map[required] is null or YamlScalar { IsNull: true })
            {
                diagnostics.Add(ManifestDiagnostics.MissingRequired(PlaceOf(map), item, NodePath.Of(path, required).ToString()));
            }
        }

        var oneOf = schema.OneOf;
        if (!oneOf.IsEmpty && oneOf.Count(field => map[field] is not (null or YamlScalar { IsNull: true })) != 1)
        {
            diagnostics.Add(ManifestDiagnostics.NotOne(PlaceOf(map), item, path?.ToString() ?? "it", string.Join(", ", oneOf)));
        }
    }

    // Kustomize reads plain scalars by YAML 1.2 before anybody else does.
    private static bool IsOf(YamlNode node, SchemaType type) => type switch
    {
        SchemaType.Map => node is YamlMap,
        SchemaType.List => node is YamlList,
        _ when node is not YamlScalar => false,
        SchemaType.Text => TypeOf(node) == Yaml12Type.String,
        SchemaType.Integer => TypeOf(node) == Yaml12Type.Integer,
        SchemaType.Number => TypeOf(node) is Yaml12Type.Integer or Yaml12Type.Float,
        SchemaType.Boolean => TypeOf(node) == Yaml12Type.Boolean,
        SchemaType.IntegerOrText => TypeOf(node) is Yaml12Type.Integer or Yaml12Type.String,
        SchemaType.Quantity => TypeOf(node) is Yaml12Type.Integer or Yaml12Type.Float || (TypeOf(node) == Yaml12Type.String && Quantity.Of(((YamlScalar)node).Value) is not null),
        _ => true,
    };

    private static Yaml12Type TypeOf(YamlNode node) => node is YamlScalar { IsQuoted: false } scalar ? Yaml12.TypeOf(scalar.Value) : Yaml12Type.String;

    private static string Expected(SchemaType type) => type switch
    {
        SchemaType.Map => "a map",
        SchemaType.List => "a list",
        SchemaType.Text => "a string; quote it",
        SchemaType.Integer => "an integer, not quoted",
        SchemaType.Number => "a number, not quoted",
        SchemaType.Boolean => "true or false, not quoted",
        SchemaType.IntegerOrText => "an integer or a string",
        _ => "a quantity such as 2, 500m or 2Gi",
    };

    // What SOPS encrypted, and what Flux substitutes after the build, is something else by then.
    private static bool IsReplaced(YamlScalar scalar) =>
        scalar.Value.StartsWith("ENC[AES256_GCM,", StringComparison.Ordinal) || scalar.Value.Contains("${", StringComparison.Ordinal);

    // The key that a JSON patch adds stands nowhere.
    private Place PlaceOf(YamlEntry entry) => entry.Key.Source is null ? PlaceOf(entry.Value) : entry.Key.Place;

    private Place PlaceOf(YamlNode node) => node.Source is null ? at : node.Place;
}
