using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>Finds the objects in a file's documents and says what is missing from them.</summary>
internal sealed class ObjectReader(ImmutableArray<CustomKind> kinds, DiagnosticBag diagnostics)
{
    /// <summary>Objects of one file. Those of a <c>List</c> are its items.</summary>
    /// <param name="documents">The file's documents.</param>
    /// <param name="owner">The Flux Kustomization that applies them.</param>
    /// <param name="defaultNamespace">What a namespaced object without a namespace gets.</param>
    /// <param name="renaming">What the folder's own kustomization does to names and namespaces.</param>
    public ImmutableArray<TreeObject> Read(ImmutableArray<YamlNode> documents, string owner, string? defaultNamespace, Renaming? renaming = null)
    {
        var objects = ImmutableArray.CreateBuilder<TreeObject>(documents.Length);
        foreach (var document in documents)
        {
            if (document is not YamlMap map)
            {
                diagnostics.Add(ManifestDiagnostics.NotAnObject(document.Place));
            }
            else if (map.Text("kind") is { } kind && kind.EndsWith("List", StringComparison.Ordinal) && map["items"] is YamlList items)
            {
                objects.AddRange(Read(items.Items, owner, defaultNamespace, renaming));
            }
            else if (Read(map, owner, defaultNamespace, renaming) is { } read)
            {
                objects.Add(read);
            }
        }

        return objects.DrainToImmutable();
    }

    /// <summary>Whether a kind lives in a namespace; null where it is not known.</summary>
    private bool? IsNamespaced(string group, string kind)
    {
        foreach (var custom in kinds)
        {
            if (custom.Name.Length == group.Length + 1 + kind.Length && custom.Name.StartsWith(group, StringComparison.Ordinal) && custom.Name.EndsWith(kind, StringComparison.Ordinal))
            {
                return custom.IsNamespaced;
            }
        }

        return KnownKinds.IsNamespaced(group, kind);
    }

    private TreeObject? Read(YamlMap map, string owner, string? defaultNamespace, Renaming? renaming)
    {
        // All three are asked for before any is missed, so that one build reports all that is missing.
        var (apiVersion, kind, name) = (Field(map, "apiVersion"), Field(map, "kind"), Field(map, "metadata", "name"));
        if (apiVersion is null || kind is null || name is null)
        {
            return null;
        }

        var group = ObjectId.GroupOf(apiVersion);
        var isNamespaced = IsNamespaced(group, kind);
        var (document, written) = (map, name);
        if (renaming is not null && renaming != Renaming.None)
        {
            map = renaming.Apply(map, isNamespaced == false && KnownKinds.IsBuiltIn(group));
            name = map.Text("metadata", "name")!;
        }

        var ns = TreeObject.NamespaceIn(map);
        var read = new TreeObject(owner, apiVersion, kind, ns, name, map) { Written = document, WrittenName = name == written ? null : written };
        if (!IsName(read))
        {
            diagnostics.Add(ManifestDiagnostics.BadName(map.Place, kind, name));
        }

        switch (isNamespaced)
        {
            case false:
                if (ns is not null)
                {
                    diagnostics.Add(ManifestDiagnostics.ClusterWide(PlaceOf(map), kind, name, ns));
                }

                return read with { Namespace = null };
            case true when ns is null && defaultNamespace is not null:
                return read with { Namespace = defaultNamespace };
            default:
                if (ns is null)
                {
                    diagnostics.Add(ManifestDiagnostics.NoNamespace(map.Place, kind, name, defaultNamespace));
                }

                return read;
        }
    }

    // The line to remove: of the object, or of the kustomization that gives it one.
    private static Place PlaceOf(YamlMap map) => ((YamlMap)map["metadata"]!)["namespace"]!.Place;

    // RBAC's names may hold colons; everything else is a DNS subdomain at most.
    private static bool IsName(TreeObject read) =>
        read.Group == "rbac.authorization.k8s.io" ? !read.Name.Contains('/', StringComparison.Ordinal) : Names.IsSubdomain(read.Name);

    private string? Field(YamlMap map, params string[] path)
    {
        if (map.Text(path) is { Length: > 0 } text)
        {
            return text;
        }

        diagnostics.Add(ManifestDiagnostics.MissingField(map.Place, string.Join('.', path.ToArray())));
        return null;
    }
}
