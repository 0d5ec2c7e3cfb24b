using System.Text;
using System.Text.Json;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>The effective values that the catalogue's releases can have, over all kinds of clusters, each once.</summary>
internal static class ReleaseValues
{
    private static readonly Lazy<Dictionary<string, Dictionary<string, YamlMap>>> All = new(ReadAll);

    public static IReadOnlyCollection<YamlMap> Of(string release) => All.Value[release].Values;

    /// <summary>A value as Flux hands it to Helm.</summary>
    public static string Json(YamlNode node)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            ValuesJson.Write(json, node);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Dictionary<string, Dictionary<string, YamlMap>> ReadAll()
    {
        var all = new Dictionary<string, Dictionary<string, YamlMap>>(StringComparer.Ordinal);
        foreach (var (provider, edition, profile) in CatalogueCluster.Kinds)
        {
            using var cluster = CatalogueCluster.Whole(provider, edition, profile);
            cluster.BuildClean();
            foreach (var component in Directory.EnumerateFiles(Path.Combine(cluster.TreePath, "components"), "values.yaml", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)))
            {
                var release = cluster.Read($"components/{component}/helmrelease.yaml").Text("metadata", "name")!;
                all.TryAdd(release, new(StringComparer.Ordinal));
                all[release].TryAdd(cluster.Tree($"components/{component}/values.yaml"), cluster.Values(component));
            }
        }

        return all;
    }
}
