using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>Reads the project's <c>patches/&lt;component&gt;/</c>: strategic merge patches, or entries <c>{target, patch}</c>.</summary>
/// <param name="planned">The component.</param>
/// <param name="objects">What can be patched; null where that is not known here.</param>
/// <param name="variables">The cluster's variables.</param>
/// <param name="diagnostics">What is wrong.</param>
internal sealed class PatchReader(
    PlannedKustomization planned, ImmutableArray<TreeObject>? objects, ClusterVariables variables, DiagnosticBag diagnostics)
{
    /// <summary>Strategic merge patches as files, the others as entries.</summary>
    public Patches Read()
    {
        var files = ImmutableArray.CreateBuilder<FolderFile>();
        var entries = ImmutableArray.CreateBuilder<YamlNode>();
        var changes = ImmutableArray.CreateBuilder<ObjectPatch>();
        var sources = ImmutableArray.CreateBuilder<TreeSource>();
        var isEncrypted = false;
        foreach (var (path, file) in Resolve())
        {
            var isSops = file.Documents.Any(ManifestFolder.IsSops);
            isEncrypted |= isSops;
            var isInline = file.Documents.Any(IsEntry);
            sources.Add(new TreeSource(planned.Name, file, isInline));
            // What an encrypted one changes, nobody here sees.
            changes.AddRange(isSops ? [] : file.Documents.SelectMany(document => ObjectPatch.Of(document)));
            if (!isInline)
            {
                files.Add(new FolderFile($"patches/{path}", file.Bytes));
                entries.Add(YamlMap.Of(("path", $"patches/{path}")));
            }
            else
            {
                entries.AddRange(file.Documents);
            }
        }

        return new Patches(files.DrainToImmutable(), entries.DrainToImmutable(), changes.DrainToImmutable(), sources.DrainToImmutable(), isEncrypted);
    }

    /// <summary>All patches as entries, for a Flux Kustomization, which has no folder to keep files in.</summary>
    public Patches ReadInline()
    {
        var files = Resolve().Select(file => file.File).ToArray();
        return new Patches(
            [],
            [.. files.SelectMany(file => file.Documents).Select(document => IsEntry(document)
                ? document
                : YamlMap.Of(("patch", YamlScalar.Text(Utf8.Strict.GetString(YamlWriter.Write(document))))))],
            [],
            [.. files.Select(file => new TreeSource(planned.Name, file, IsInline: true))],
            IsEncrypted: false);
    }

    private IEnumerable<PatchFile> Resolve()
    {
        foreach (var source in planned.Files)
        {
            if (Substitution.Resolve(source.Source, variables, diagnostics) is { } file)
            {
                if (file.Documents.Any(ManifestFolder.IsSops))
                {
                    Substitution.Refuse(source.Source, diagnostics);
                }

                foreach (var document in file.Documents)
                {
                    Check(document);
                }

                yield return new PatchFile(source.Path, file);
            }
        }
    }

    private static bool IsEntry(YamlNode document) => document is YamlMap map && map["patch"] is not null;

    private void Check(YamlNode document)
    {
        if (document is not YamlMap map)
        {
            diagnostics.Add(ManifestDiagnostics.NotAPatch(document.Place));
        }
        else if (IsEntry(map))
        {
            CheckEntry(map);
        }
        else if (PatchTarget.OfObject(map) is not { } target)
        {
            diagnostics.Add(ManifestDiagnostics.NotAPatch(map.Place));
        }
        else
        {
            Require(map, $"{target.Kind} '{(target.Namespace is null ? "" : target.Namespace + "/")}{target.Name}'", target);
        }
    }

    private void CheckEntry(YamlMap entry)
    {
        if (entry["target"] is not YamlMap target || entry.Entries.FirstOrDefault(other => other.Name is not ("target" or "patch" or "options")) is not null)
        {
            diagnostics.Add(ManifestDiagnostics.NotAPatch(entry.Place));
            return;
        }

        // Labels are kustomize's to match: variants and patches may add them.
        if (PatchTarget.OfSelector(target) is { } selector)
        {
            Require(target, string.Join(", ", target.Entries.Select(field => $"{field.Name} '{(field.Value as YamlScalar)?.Value}'")), selector);
        }
    }

    private void Require(YamlMap at, string target, PatchTarget selector)
    {
        if (objects is not { } known || known.Any(selector.Matches))
        {
            return;
        }

        var kind = at.Text("kind");
        var hint = Nearest.Hint(at.Text("metadata", "name") ?? at.Text("name") ?? "", known.Where(item => kind is null || item.Kind == kind).Select(item => item.Name));
        diagnostics.Add(ManifestDiagnostics.NoPatchTarget(at.Place, planned.Name, target, hint));
    }

    private sealed record PatchFile(string Path, ResolvedFile File);
}
