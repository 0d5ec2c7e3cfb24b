using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>
/// Reads a folder that a <c>kustomization.yaml</c> of its own puts together: which objects it has, and that it builds from
/// nothing but the folder.
/// </summary>
/// <param name="yaml">The folder's YAML files by path.</param>
/// <param name="files">All its files.</param>
/// <param name="owner">The Flux Kustomization that applies it.</param>
/// <param name="defaultNamespace">What a namespaced object without a namespace gets.</param>
/// <param name="reader">Finds the objects of a file.</param>
/// <param name="diagnostics">What is wrong.</param>
internal sealed class KustomizationReader(
    IReadOnlyDictionary<string, ResolvedFile> yaml,
    ImmutableHashSet<string> files,
    string owner,
    string? defaultNamespace,
    ObjectReader reader,
    DiagnosticBag diagnostics)
{
    private static readonly ImmutableArray<string> PathLists = ["bases", "crds", "configurations", "generators", "transformers", "validators"];
    private static readonly ImmutableArray<string> PathMaps = ["patches", "patchesJson6902", "replacements", "openapi"];
    private static readonly ImmutableArray<string> GeneratorLists = ["files", "envs", "env"];

    private readonly ImmutableArray<TreeObject>.Builder _objects = ImmutableArray.CreateBuilder<TreeObject>();

    /// <param name="top">The kustomization that the folder is built from.</param>
    public ImmutableArray<TreeObject> Read(string top)
    {
        Collect(top, setsNamespace: false, []);
        return _objects.DrainToImmutable();
    }

    private void Collect(string path, bool setsNamespace, ImmutableHashSet<string> above)
    {
        if (above.Contains(path))
        {
            return;
        }

        var document = yaml[path].Documents.FirstOrDefault();
        if (document is not YamlMap kustomization)
        {
            diagnostics.Add(ManifestDiagnostics.NotAnObject(document?.Place ?? new Place(yaml[path].Source.Path)));
            return;
        }

        CheckPaths(kustomization);
        setsNamespace |= kustomization["namespace"] is not null;
        var folder = path[..(path.LastIndexOf('/') + 1)];
        foreach (var resource in Texts(kustomization["resources"]).Concat(Texts(kustomization["components"])))
        {
            var target = folder + (resource.Value.StartsWith("./", StringComparison.Ordinal) ? resource.Value[2..] : resource.Value).TrimEnd('/');
            if (LeadsOut(resource.Value))
            {
                diagnostics.Add(ManifestDiagnostics.RemoteBase(resource.Place, resource.Value));
            }
            else if (yaml.TryGetValue(target, out var file))
            {
                _objects.AddRange(reader.Read(file.Documents, owner, defaultNamespace, setsNamespace));
            }
            else if (yaml.Keys.FirstOrDefault(known => IsKustomizationOf(known, target)) is { } nested)
            {
                Collect(nested, setsNamespace, above.Add(path));
            }
            else if (files.Contains(target))
            {
                diagnostics.Add(ManifestDiagnostics.NotYamlResource(resource.Place, resource.Value));
            }
            else
            {
                diagnostics.Add(ManifestDiagnostics.MissingResource(resource.Place, resource.Value));
            }
        }
    }

    // Every other field that names a file: kustomize would read it from wherever it lies in the repository.
    private void CheckPaths(YamlMap kustomization)
    {
        var named = PathLists.SelectMany(field => Texts(kustomization[field]))
            .Concat(PathMaps.SelectMany(field => Maps(kustomization[field])).Select(map => map["path"] as YamlScalar).OfType<YamlScalar>())
            .Concat(Texts(kustomization["patchesStrategicMerge"]).Where(text => !text.Value.Contains('\n', StringComparison.Ordinal)))
            .Concat(((string[])["configMapGenerator", "secretGenerator"]).SelectMany(field => Maps(kustomization[field])).SelectMany(map => GeneratorLists.SelectMany(field => Texts(map[field]))));
        foreach (var path in named.Where(path => LeadsOut(path.Value[(path.Value.IndexOf('=', StringComparison.Ordinal) + 1)..])))
        {
            diagnostics.Add(ManifestDiagnostics.RemoteBase(path.Place, path.Value));
        }
    }

    private static bool LeadsOut(string path) =>
        path.Contains("..", StringComparison.Ordinal) || path.Contains(':', StringComparison.Ordinal) || path.StartsWith('/') || path.Contains("?ref=", StringComparison.Ordinal);

    private static IEnumerable<YamlScalar> Texts(YamlNode? node) => node switch
    {
        YamlList list => list.Items.OfType<YamlScalar>(),
        YamlScalar scalar => [scalar],
        _ => [],
    };

    private static IEnumerable<YamlMap> Maps(YamlNode? node) => node switch
    {
        YamlList list => list.Items.OfType<YamlMap>(),
        YamlMap map => [map],
        _ => [],
    };

    private static bool IsKustomizationOf(string file, string folder) =>
        file.Length > folder.Length && file.StartsWith(folder, StringComparison.Ordinal) && file[folder.Length] == '/' && ManifestFolder.IsTopKustomization(file[(folder.Length + 1)..]);
}
