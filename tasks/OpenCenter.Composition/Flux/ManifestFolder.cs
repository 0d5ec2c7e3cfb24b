using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Secrets;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>
/// A folder of manifests, variables replaced: either plain files, or what a <c>kustomization.yaml</c> of its own puts
/// together.
/// </summary>
/// <param name="Files">Every file to write, relative to the folder, in ordinal order.</param>
/// <param name="Resources">What the folder's kustomization has to list: files, or the folder itself as <c>""</c>.</param>
/// <param name="Objects">The objects in it.</param>
/// <param name="Sources">The files as they were read, those that are not YAML too.</param>
/// <param name="IsKustomization">Whether it has a kustomization of its own.</param>
/// <param name="Changes">What its kustomization, one of kind Component, does to the objects of the one that lists it.</param>
/// <param name="IsEncrypted">Whether SOPS encrypted something in it.</param>
internal sealed record ManifestFolder(
    ImmutableArray<FolderFile> Files,
    ImmutableArray<string> Resources,
    ImmutableArray<TreeObject> Objects,
    ImmutableArray<TreeSource> Sources,
    bool IsKustomization,
    ImmutableArray<ObjectPatch> Changes,
    bool IsEncrypted)
{
    public static readonly ManifestFolder Empty = new([], [], [], [], false, [], false);

    public static ManifestFolder Read(
        IReadOnlyList<ManifestFile> sources,
        PlannedKustomization owner,
        string? defaultNamespace,
        ClusterVariables variables,
        ObjectReader objects,
        DiagnosticBag diagnostics)
    {
        if (sources.Count == 0)
        {
            return Empty;
        }

        var resolved = ImmutableSortedDictionary.CreateBuilder<string, ResolvedFile>(StringComparer.Ordinal);
        var files = ImmutableArray.CreateBuilder<FolderFile>(sources.Count);
        var read = ImmutableArray.CreateBuilder<TreeSource>(sources.Count);
        var isEncrypted = false;
        foreach (var (path, source) in sources)
        {
            if (!IsYaml(path))
            {
                var text = new ResolvedFile(source, source.Bytes, SopsText.Read(source));
                isEncrypted |= text.Documents.Any(IsSops);
                read.Add(new TreeSource(owner.Name, text));
                files.Add(new FolderFile(path, source.Bytes));
                continue;
            }

            if (Substitution.Resolve(source, variables, diagnostics) is not { } file)
            {
                continue;
            }

            if (file.Documents.Any(IsSops))
            {
                Substitution.Refuse(source, diagnostics);
                isEncrypted = true;
            }

            resolved.Add(path, file);
            read.Add(new TreeSource(owner.Name, file));
            files.Add(new FolderFile(path, file.Bytes));
        }

        if (resolved.Keys.FirstOrDefault(IsTopKustomization) is { } own)
        {
            var (listed, changes) = new KustomizationReader(resolved, sources.ToDictionary(file => file.Path, file => file.Source), owner.Name, defaultNamespace, objects, diagnostics).Read(own);
            return new ManifestFolder(files.DrainToImmutable(), [""], listed, read.DrainToImmutable(), true, changes, isEncrypted);
        }

        foreach (var file in sources.Where(file => !IsYaml(file.Path)))
        {
            diagnostics.Add(ManifestDiagnostics.NotAManifestFile(file.Source.Path));
        }

        return new ManifestFolder(
            files.DrainToImmutable(),
            [.. resolved.Where(file => file.Value.Documents.Length > 0).Select(file => file.Key)],
            [.. resolved.Values.SelectMany(file => objects.Read(file.Documents, owner.Name, defaultNamespace))],
            read.DrainToImmutable(),
            false,
            [],
            isEncrypted);
    }

    public static bool IsSops(YamlNode document) => document is YamlMap map && map["sops"] is YamlMap sops && sops["mac"] is not null;

    private static bool IsYaml(string path) =>
        path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal) || IsKustomizationFile(path);

    /// <summary>Whether a file is one, in whichever folder.</summary>
    public static bool IsKustomizationFile(string path) => IsTopKustomization(path[(path.LastIndexOf('/') + 1)..]);

    public static bool IsTopKustomization(string path) => path is "kustomization.yaml" or "kustomization.yml" or "Kustomization";
}
