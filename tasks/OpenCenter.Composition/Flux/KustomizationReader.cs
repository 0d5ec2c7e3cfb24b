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
    IReadOnlyDictionary<string, SourceFile> files,
    string owner,
    string? defaultNamespace,
    ObjectReader reader,
    DiagnosticBag diagnostics)
{
    private static readonly ImmutableArray<string> PathLists = ["bases", "crds", "configurations", "generators", "transformers", "validators"];
    private static readonly ImmutableArray<string> PathMaps = ["patches", "patchesJson6902", "replacements", "openapi"];
    private static readonly ImmutableArray<string> GeneratorLists = ["files", "envs", "env"];

    private readonly List<TreeObject> _objects = [];
    private readonly List<ObjectPatch> _changes = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private bool _reads;

    /// <param name="top">The kustomization that the folder is built from.</param>
    public (ImmutableArray<TreeObject> Objects, ImmutableArray<ObjectPatch> Changes) Read(string top)
    {
        CheckNames();
        Collect(top, Renaming.None, []);
        CheckUnused(top);
        return ([.. _objects], [.. _changes]);
    }

    private void Collect(string path, Renaming outer, ImmutableHashSet<string> above)
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
        var renaming = outer.After(kustomization);
        var first = _objects.Count;
        var folder = path[..(path.LastIndexOf('/') + 1)];
        _used.Add(path);
        AddUsed(kustomization, folder);
        foreach (var resource in Texts(kustomization["resources"]).Concat(Texts(kustomization["components"])))
        {
            var target = folder + Plain(resource.Value).TrimEnd('/');
            if (LeadsOut(resource.Value))
            {
                diagnostics.Add(ManifestDiagnostics.RemoteBase(resource.Place, resource.Value));
            }
            else if (yaml.TryGetValue(target, out var file))
            {
                _objects.AddRange(reader.Read(file.Documents, owner, defaultNamespace, renaming));
            }
            else if (yaml.Keys.FirstOrDefault(known => IsKustomizationOf(known, target)) is { } nested)
            {
                Collect(nested, renaming, above.Add(path));
            }
            else if (files.ContainsKey(target))
            {
                diagnostics.Add(ManifestDiagnostics.NotYamlResource(resource.Place, resource.Value));
            }
            else
            {
                diagnostics.Add(ManifestDiagnostics.MissingResource(resource.Place, resource.Value));
            }
        }

        AddGenerated(kustomization, "ConfigMap", renaming);
        AddGenerated(kustomization, "Secret", renaming);
        if (kustomization["namespace"] is YamlScalar)
        {
            MoveSubjects(first, renaming.Namespace!);
        }

        var changes = ChangesOf(kustomization, folder).ToList();
        if (above.IsEmpty && kustomization.Text("kind") == "Component")
        {
            // Its patches are for what the kustomization has that lists it.
            _changes.AddRange(changes);
        }
        else if (changes.Count > 0)
        {
            var own = _objects[first..];
            _objects.RemoveRange(first, own.Count);
            ObjectPatch.Apply(changes, own);
            _objects.AddRange(own);
        }
    }

    private IEnumerable<ObjectPatch> ChangesOf(YamlMap kustomization, string folder)
    {
        foreach (var text in Texts(kustomization["patchesStrategicMerge"]))
        {
            foreach (var patch in ObjectPatch.Of(text.Value.Contains('\n', StringComparison.Ordinal) ? ObjectPatch.Parse(text) : Documents(folder, text), null))
            {
                yield return patch;
            }
        }

        foreach (var entry in Maps(kustomization["patches"]).Concat(Maps(kustomization["patchesJson6902"])))
        {
            foreach (var patch in ObjectPatch.Of(entry["patch"] is YamlScalar inline ? ObjectPatch.Parse(inline) : Documents(folder, entry["path"] as YamlScalar), entry["target"] as YamlMap))
            {
                yield return patch;
            }
        }
    }

    private ImmutableArray<YamlNode> Documents(string folder, YamlScalar? path) =>
        path is not null && yaml.TryGetValue(folder + Plain(path.Value), out var file) ? file.Documents : [];

    // What generators make are objects like any other. Those with a hash in their names are called without it here, as by
    // what the kustomization lists.
    private void AddGenerated(YamlMap kustomization, string kind, Renaming renaming)
    {
        foreach (var generator in Maps(kustomization[kind == "Secret" ? "secretGenerator" : "configMapGenerator"]))
        {
            if (generator.Text("behavior") is "merge" or "replace")
            {
                continue;
            }

            var keys = Texts(generator["literals"]).Select(text => text.Value[..Math.Max(0, text.Value.IndexOf('=', StringComparison.Ordinal))])
                .Concat(Texts(generator["files"]).Select(text => text.Value.IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? text.Value[..at] : text.Value[(text.Value.LastIndexOf('/') + 1)..]));
            var made = YamlMap.Of(
                ("apiVersion", "v1"),
                ("kind", kind),
                ("metadata", YamlMap.Of(("name", generator["name"]), ("namespace", generator["namespace"]))),
                ("data", generator["envs"] is null && generator["env"] is null ? YamlMap.Of([.. keys.Select(key => (key, (YamlNode?)""))]) : null));
            _objects.AddRange(reader.Read([made with { Source = generator.Source, Line = generator.Line, Column = generator.Column }], owner, defaultNamespace, renaming));
        }
    }

    // Where a kustomization moves ServiceAccounts, it moves those that bindings name along.
    private void MoveSubjects(int first, YamlScalar ns)
    {
        var moved = _objects.Skip(first).Where(item => item is { Kind: "ServiceAccount", Group: "" }).Select(item => item.Name).Append("default").ToHashSet(StringComparer.Ordinal);
        for (var at = first; at < _objects.Count; at++)
        {
            if (_objects[at] is { Group: "rbac.authorization.k8s.io" } binding && binding.Node["subjects"] is YamlList subjects)
            {
                _objects[at] = binding with
                {
                    Node = binding.Node.Set("subjects", subjects with
                    {
                        Items = [.. subjects.Items.Select(item => item is YamlMap subject && subject.Text("kind") == "ServiceAccount" && moved.Contains(subject.Text("name") ?? "") ? subject.Set("namespace", ns) : item)],
                    }),
                };
            }
        }
    }

    private void AddUsed(YamlNode node, string folder)
    {
        switch (node)
        {
            case YamlMap map:
                _reads |= PathLists.Any(field => map[field] is not null);
                foreach (var entry in map.Entries)
                {
                    AddUsed(entry.Value, folder);
                }

                break;
            case YamlList list:
                foreach (var item in list.Items)
                {
                    AddUsed(item, folder);
                }

                break;
            case YamlScalar { Value: var text } when !text.Contains('\n', StringComparison.Ordinal):
                _used.Add(folder + Plain(FileIn(text)));
                break;
            default:
                break;
        }
    }

    private void CheckUnused(string top)
    {
        // What transformers and the like read, their own files say.
        if (_reads)
        {
            return;
        }

        foreach (var file in files.Keys.Where(file => !_used.Contains(file) && !file.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            diagnostics.Add(ManifestDiagnostics.UnusedFile(files[file].Path, top));
        }
    }

    // kustomize takes neither of two.
    private void CheckNames()
    {
        foreach (var folder in yaml.Keys.Where(ManifestFolder.IsKustomizationFile).GroupBy(path => path[..(path.LastIndexOf('/') + 1)], StringComparer.Ordinal).Where(folder => folder.Count() > 1))
        {
            var names = folder.Order(StringComparer.Ordinal).ToArray();
            diagnostics.Add(ManifestDiagnostics.TwoKustomizations(files[names[1]].Path, names[0][folder.Key.Length..]));
        }
    }

    // Every other field that names a file: kustomize would read it from wherever it lies in the repository.
    private void CheckPaths(YamlMap kustomization)
    {
        var named = PathLists.SelectMany(field => Texts(kustomization[field]))
            .Concat(PathMaps.SelectMany(field => Maps(kustomization[field])).Select(map => map["path"] as YamlScalar).OfType<YamlScalar>())
            .Concat(Texts(kustomization["patchesStrategicMerge"]).Where(text => !text.Value.Contains('\n', StringComparison.Ordinal)))
            .Concat(((string[])["configMapGenerator", "secretGenerator"]).SelectMany(field => Maps(kustomization[field])).SelectMany(map => GeneratorLists.SelectMany(field => Texts(map[field]))));
        foreach (var path in named.Where(path => LeadsOut(FileIn(path.Value))))
        {
            diagnostics.Add(ManifestDiagnostics.RemoteBase(path.Place, path.Value));
        }
    }

    private static bool LeadsOut(string path) =>
        path.Contains("..", StringComparison.Ordinal) || path.Contains(':', StringComparison.Ordinal) || path.StartsWith('/') || path.Contains("?ref=", StringComparison.Ordinal);

    // Of a generator's key=file, the file.
    private static string FileIn(string text) => text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..];

    /// <summary>A path of a kustomization as its folder lists it.</summary>
    public static string Plain(string path) => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;

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
