using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>Turns a plan and its values into the files of the tree.</summary>
internal sealed class TreeBuilder
{
    private readonly ClusterPlan _plan;
    private readonly DiagnosticBag _diagnostics;
    private readonly FluxKustomizations _flux;
    private readonly ComponentBuilder _components;
    private readonly ImmutableArray<CustomKind> _kinds;
    private readonly ObjectReader _reader;
    private readonly List<TreeFile> _files = [];
    private readonly List<TreeObject> _objects = [];
    private readonly List<TreeSource> _sources = [];
    private readonly Dictionary<string, List<YamlNode>> _documents = new(StringComparer.Ordinal);

    private TreeBuilder(ClusterPlan plan, ImmutableSortedDictionary<string, EffectiveValues> values, DiagnosticBag diagnostics)
    {
        _plan = plan;
        _diagnostics = diagnostics;
        _flux = new FluxKustomizations(plan);
        _kinds = CustomKinds.Read(plan, diagnostics);
        _reader = new ObjectReader(_kinds, diagnostics);
        _components = new ComponentBuilder(plan, values, _reader, diagnostics);
    }

    public static BuiltTree Build(ClusterPlan plan, ImmutableSortedDictionary<string, EffectiveValues> values, DiagnosticBag diagnostics) =>
        new TreeBuilder(plan, values, diagnostics).Build();

    private BuiltTree Build()
    {
        var folders = InParallel.Select(_plan.Kustomizations, BuildFolder);
        for (var i = 0; i < folders.Length; i++)
        {
            Add(_plan.Kustomizations[i], folders[i]);
        }

        _files.AddRange(InParallel.Select(
            [.. _documents], file => new TreeFile($"services/{file.Key}.yaml", YamlWriter.Write(file.Value), OwnersOf(file.Key))));

        _files.Add(new TreeFile(".gitattributes", "* -text\n"u8.ToArray(), []));
        _files.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        var services = _plan.Services.OrderBy(service => service.Name, StringComparer.Ordinal)
            .Select(service => new TreeService(
                service.Name,
                service.Package.Id,
                service.Package.Version.ToNormalizedString(),
                ObjectsOf(_plan.Kustomizations.Where(planned => planned.Service == service))));
        return new BuiltTree(
            new FluxTree([.. _files], [.. services], ObjectsOf(_plan.Kustomizations.Where(planned => planned.Service is null))),
            [.. _objects],
            [.. _sources],
            _kinds);
    }

    /// <summary>Null for what has no folder of its own: namespaces, and components from Git.</summary>
    private ComponentFolder? BuildFolder(PlannedKustomization kustomization) =>
        kustomization.Kind == KustomizationKind.Namespaces || kustomization.Component?.Git is not null ? null
        : kustomization.Component is null ? _components.BuildFolder(kustomization)
        : _components.Build(kustomization);

    private void Add(PlannedKustomization kustomization, ComponentFolder? folder)
    {
        if (kustomization.Kind == KustomizationKind.Namespaces)
        {
            AddNamespaces();
            Add(kustomization, _flux.Of(kustomization, isEncrypted: false));
            return;
        }

        if (kustomization.Component?.Git is { } git)
        {
            Add(kustomization, _flux.SourceOf(kustomization, git, _components.Expand(git.Url)));
            var patches = _components.GitPatches(kustomization, git);
            _sources.AddRange(patches.Sources);
            Add(kustomization, _flux.OfGit(kustomization, git, patches.Entries, _components.GitImages(git)));
            return;
        }

        _objects.AddRange(folder!.Objects);
        _sources.AddRange(folder.Sources);
        foreach (var (path, content) in folder.Files)
        {
            _files.Add(new TreeFile($"components/{kustomization.Name}/{path}", content, OwnersOf(kustomization)));
        }

        Add(kustomization, _flux.Of(kustomization, folder.IsEncrypted));
    }

    private void AddNamespaces()
    {
        foreach (var ns in _plan.Namespaces)
        {
            var document = NamespaceObjects.Of(ns);
            _files.Add(new TreeFile($"components/{ClusterPlanner.Namespaces}/{ns.Name}.yaml", YamlWriter.Write(document), ns.Services));
            _objects.AddRange(_reader.Read([document], ClusterPlanner.Namespaces, null));
        }
    }

    private void Add(PlannedKustomization kustomization, YamlMap document)
    {
        var file = kustomization.Kind switch
        {
            KustomizationKind.Namespaces => ClusterPlanner.Namespaces,
            KustomizationKind.Application => "applications",
            KustomizationKind.Resources when kustomization.Service is null => kustomization.Name[..^"-resources".Length],
            _ => kustomization.Service!.Name,
        };
        if (!_documents.TryGetValue(file, out var documents))
        {
            _documents.Add(file, documents = []);
        }

        documents.Add(document);
        _objects.AddRange(_reader.Read([document], "", null));
    }

    private ImmutableArray<string> OwnersOf(string service) => _plan.Services.Any(planned => planned.Name == service) ? [service] : [];

    private static ImmutableArray<string> OwnersOf(PlannedKustomization kustomization) => kustomization.Service is { } service ? [service.Name] : [];

    // The ones whose disappearance makes Flux or Helm delete what they applied.
    private ImmutableArray<string> ObjectsOf(IEnumerable<PlannedKustomization> kustomizations)
    {
        var names = kustomizations.Select(planned => planned.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. _objects
                .Where(planned => planned.Owner.Length == 0 ? planned.Kind == "Kustomization" && names.Contains(planned.Name) : planned.Kind == "HelmRelease" && names.Contains(planned.Owner))
                .Select(planned => $"{planned.Kind}/{planned.Namespace}/{planned.Name}")
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }
}
