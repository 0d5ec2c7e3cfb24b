using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>Learns from CustomResourceDefinitions that packages and the project carry (<c>crds/</c>) which kinds live in a namespace.</summary>
internal static class CrdScopes
{
    /// <summary><c>group/Kind</c> → its scope: <c>Namespaced</c> or <c>Cluster</c>.</summary>
    public static IReadOnlyDictionary<string, string> Read(ClusterPlan plan, DiagnosticBag diagnostics)
    {
        var sources = plan.Services
            .SelectMany(service => service.Package.FilesBelow("crds").Select(file => service.Package.Read(file, diagnostics)))
            .OfType<SourceFile>()
            .Concat(plan.Inputs.Files.Crds.Select(file => file.Source));
        var scopes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var crd in sources.SelectMany(source => YamlReader.Read(source, diagnostics) ?? []).OfType<YamlMap>())
        {
            if (crd.Text("kind") == "CustomResourceDefinition" && crd.Text("spec", "group") is { } group && crd.Text("spec", "names", "kind") is { } kind)
            {
                scopes[$"{group}/{kind}"] = crd.Text("spec", "scope") ?? "";
            }
        }

        return scopes;
    }
}
