using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Secrets;

/// <summary>
/// What SOPS encrypted, or should have, is encrypted whole, for whom <c>.sops.yaml</c> says, and lies where Flux decrypts it.
/// </summary>
internal sealed class SopsCheck
{
    private readonly ProjectFiles _files;
    private readonly string _directory;
    private readonly SopsConfiguration? _configuration;
    private readonly HashSet<string> _decrypting;
    private readonly DiagnosticBag _diagnostics;

    private SopsCheck(ClusterPlan plan, BuiltTree built, DiagnosticBag diagnostics)
    {
        _files = plan.Inputs.Files;
        _directory = plan.Inputs.Project.Directory + Path.DirectorySeparatorChar;
        _configuration = _files.SopsConfiguration is { } source ? SopsConfiguration.Read(source, diagnostics) : null;
        _decrypting = built.Objects
            .Where(item => item.Owner.Length == 0 && item.Kind == "Kustomization" && item.Node.Text("spec", "decryption", "provider") == "sops")
            .Select(item => item.Name)
            .ToHashSet(StringComparer.Ordinal);
        _diagnostics = diagnostics;
    }

    public static void Run(ClusterPlan plan, ImmutableSortedDictionary<string, EffectiveValues> values, BuiltTree built, DiagnosticBag diagnostics)
    {
        var check = new SopsCheck(plan, built, diagnostics);
        if (check._files.IgnoredSopsConfiguration is { } ignored)
        {
            diagnostics.Add(SecretsDiagnostics.IgnoredConfiguration(ignored));
        }

        foreach (var planned in plan.Kustomizations)
        {
            if (planned.Component?.Release is { } release && values[release.Name.Value].Encrypted is { Documents.IsEmpty: false } encrypted)
            {
                check.Check(new TreeSource(planned.Name, encrypted));
            }
        }

        foreach (var (release, effective) in values)
        {
            foreach (var block in effective.Layers.Select(layer => layer.Values.Find("sops")).OfType<YamlEntry>().Where(entry => entry.Value is YamlMap))
            {
                diagnostics.Add(SecretsDiagnostics.NotDecrypted(block.Key.Place, "This file is encrypted, but not named so", $"Rename it to values/{release}.sops.yaml"));
            }
        }

        foreach (var source in built.Sources)
        {
            check.Check(source);
        }

        check.CheckConfigMaps(built.Sources);
        check.CheckConfiguration(values.Values, built.Sources);
    }

    private void Check(TreeSource source)
    {
        var file = source.File.Source.Path;
        if (!source.File.Documents.Any(HasBlock))
        {
            if (IsNamedEncrypted(file))
            {
                _diagnostics.Add(SecretsDiagnostics.NotEncrypted(new Place(file, 1, 1)));
            }

            return;
        }

        var rule = IsOwn(file) ? _configuration?.RuleOf(file) : null;
        if (rule is null && _configuration is not null && IsOwn(file))
        {
            _diagnostics.Add(SecretsDiagnostics.NoRule(new Place(file, 1, 1), _files.SopsConfiguration!.Path));
        }

        foreach (var document in source.File.Documents)
        {
            if (document is YamlMap map && map["sops"] is YamlMap)
            {
                SopsInspection.Run(map, rule, _diagnostics);
            }
        }

        if (source.IsInline)
        {
            _diagnostics.Add(SecretsDiagnostics.NotDecrypted(new Place(file, 1, 1), "Flux decrypts patches that are files only, and this one becomes part of a kustomization", "Write it as an object with the fields to change; for a Git component, patch nothing secret"));
        }
        else if (source.File.Documents.Any(ManifestFolder.IsSops) && !_decrypting.Contains(source.Owner))
        {
            _diagnostics.Add(SecretsDiagnostics.NotDecrypted(new Place(file, 1, 1), $"The Flux Kustomization '{source.Owner}', which applies this, has no spec.decryption", "Move the file to prerequisites/, resources/ or applications/"));
        }
    }

    // Of what a generator reads, Flux decrypts what becomes a Secret.
    private void CheckConfigMaps(ImmutableArray<TreeSource> sources)
    {
        foreach (var source in sources)
        {
            foreach (var kustomization in source.File.Documents.OfType<YamlMap>())
            {
                if (kustomization["configMapGenerator"] is not YamlList generators)
                {
                    continue;
                }

                var folder = Path.GetDirectoryName(source.File.Source.Path)!;
                foreach (var name in generators.Items.OfType<YamlMap>().SelectMany(generator => Names(generator["files"]).Concat(Names(generator["envs"])).Concat(Names(generator["env"]))))
                {
                    var path = Path.GetFullPath(name.Value[(name.Value.IndexOf('=', StringComparison.Ordinal) + 1)..], folder);
                    if (sources.Any(other => other.File.Source.Path == path && other.File.Documents.Any(HasBlock)))
                    {
                        _diagnostics.Add(SecretsDiagnostics.NotDecrypted(name.Place, "This file is encrypted, and Flux decrypts nothing for a ConfigMap", "List it under secretGenerator"));
                    }
                }
            }
        }
    }

    private void CheckConfiguration(IEnumerable<EffectiveValues> values, ImmutableArray<TreeSource> sources)
    {
        if (_files.SopsConfiguration is not null)
        {
            return;
        }

        var encrypted = values.Select(release => release.Encrypted).OfType<ResolvedFile>()
            .Concat(sources.Select(source => source.File).Where(file => file.Documents.Any(document => HasBlock(document) || SecretObject.HasData(document))))
            .Where(file => IsOwn(file.Source.Path))
            .ToArray();
        if (encrypted.Length > 0)
        {
            _diagnostics.Add(SecretsDiagnostics.NoConfiguration(new Place(encrypted[0].Source.Path, 1, 1), SopsExample.For(encrypted, _directory)));
        }
    }

    private bool IsOwn(string file) => file.StartsWith(_directory, StringComparison.Ordinal);

    private static bool IsNamedEncrypted(string file) => Path.GetFileName(file).Contains(".sops.", StringComparison.Ordinal);

    private static bool HasBlock(YamlNode document) => document is YamlMap map && map["sops"] is YamlMap;

    private static IEnumerable<YamlScalar> Names(YamlNode? node) => node switch
    {
        YamlList list => list.Items.OfType<YamlScalar>(),
        YamlScalar scalar => [scalar],
        _ => [],
    };
}
