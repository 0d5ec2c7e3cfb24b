using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>What kustomizations do to the names and namespaces of the objects that they list.</summary>
/// <param name="Namespace">The namespace that they set; null: none.</param>
/// <param name="Prefix">What stands before a name then.</param>
/// <param name="Suffix">What stands after it.</param>
internal sealed record Renaming(YamlScalar? Namespace, string Prefix, string Suffix)
{
    public static readonly Renaming None = new(null, "", "");

    /// <summary>What this does after what an inner kustomization does.</summary>
    public Renaming After(YamlMap kustomization) => new(
        Namespace ?? kustomization["namespace"] as YamlScalar,
        Prefix + kustomization.Text("namePrefix"),
        kustomization.Text("nameSuffix") + Suffix);

    /// <summary>The object as kustomize leaves it.</summary>
    /// <param name="item">An object with a name.</param>
    /// <param name="isClusterWide">Whether kustomize knows its kind as cluster-wide.</param>
    public YamlMap Apply(YamlMap item, bool isClusterWide)
    {
        var (kind, metadata) = (item.Text("kind"), (YamlMap)item["metadata"]!);
        var name = (YamlScalar)metadata["name"]!;
        if (kind == "Namespace")
        {
            return Namespace is null ? item : item.Set("metadata", metadata.Set("name", Namespace));
        }

        if (Namespace is not null && !isClusterWide)
        {
            metadata = metadata.Set("namespace", Namespace);
        }

        if (Prefix.Length + Suffix.Length > 0 && kind is not ("CustomResourceDefinition" or "APIService"))
        {
            metadata = metadata.Set("name", name with { Value = Prefix + name.Value + Suffix });
        }

        return item.Set("metadata", metadata);
    }
}
