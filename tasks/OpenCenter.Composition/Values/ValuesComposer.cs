using System.Collections.Immutable;
using OpenCenter.Composition.Charts;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>Finds the files of every tier of every release and merges them.</summary>
internal sealed class ValuesComposer(ClusterPlan plan, ClusterExceptions exceptions, DiagnosticBag diagnostics)
{
    private readonly ValuesReader _reader = new(diagnostics);
    private readonly LockedValues _locked = new(exceptions, diagnostics);
    private readonly Dictionary<string, List<SourceFile>> _overrides = plan.Inputs.Files.Values
        .SelectMany(directory => directory)
        .GroupBy(file => file.Folder, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Select(file => file.Source).ToList(), StringComparer.Ordinal);

    /// <summary>By release.</summary>
    public static ImmutableSortedDictionary<string, EffectiveValues> Compose(ClusterPlan plan, ClusterExceptions exceptions, DiagnosticBag diagnostics) =>
        new ValuesComposer(plan, exceptions, diagnostics).Compose();

    private ImmutableSortedDictionary<string, EffectiveValues> Compose()
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, EffectiveValues>(StringComparer.Ordinal);
        var releases = plan.Services
            .SelectMany(service => service.Descriptor.Components, (service, component) => component.Release is { } release ? new PlannedRelease(service, release) : null)
            .OfType<PlannedRelease>()
            .ToArray();
        var composed = InParallel.Select(releases, planned => Compose(planned.Service, planned.Release));
        for (var i = 0; i < releases.Length; i++)
        {
            all.TryAdd(releases[i].Release.Name.Value, composed[i]);
        }

        CheckFiles(all.Keys.ToImmutableArray());
        return all.ToImmutable();
    }

    private EffectiveValues Compose(PlannedService service, ReleaseSpec release)
    {
        var layers = ReadLayers(service, release).OrderBy(layer => plan.Settings.ValuesOrder.IndexOf(layer.Tier)).ToImmutableArray();
        var merged = Fold(release, layers, reports: true);
        ShapeCheck.Run(plan.Inputs.Project, release, service.Package, layers.Select(layer => layer.Values), merged, diagnostics);
        var encrypted = ReadEncrypted(release, merged);
        _locked.Check(release, layers.Where(layer => layer.Tier == ValuesTier.Override).Select(layer => layer.Values).Concat(encrypted?.Documents.OfType<YamlMap>() ?? []));
        return new EffectiveValues
        {
            Merged = merged,
            Layers = layers,
            Tiers = plan.Settings.IsLayered ? FoldTiers(release, layers) : [],
            Encrypted = encrypted,
        };
    }

    private ImmutableArray<ValuesLayer> FoldTiers(ReleaseSpec release, ImmutableArray<ValuesLayer> layers) =>
    [
        .. layers.GroupBy(layer => layer.Tier)
            .Select(tier => new ValuesLayer(tier.Key, FoldTier(release, [.. tier], layers), null))
            .Where(layer => !layer.Values.Entries.IsEmpty),
    ];

    // Flux replaces a list whole: one that a rule merges stands in each tier as all tiers up to it make it.
    private YamlMap FoldTier(ReleaseSpec release, ImmutableArray<ValuesLayer> tier, ImmutableArray<ValuesLayer> layers)
    {
        var own = Fold(release, tier, reports: false);
        var rules = release.Lists.Where(rule => own.At(rule.Path) is YamlList).ToArray();
        if (rules.Length == 0)
        {
            return own;
        }

        var all = Fold(release, [.. layers.TakeWhile(layer => layer != tier[^1]), tier[^1]], reports: false);
        return rules.Aggregate(own, (values, rule) => values.With(rule.Path, all.At(rule.Path)!));
    }

    private YamlMap Fold(ReleaseSpec release, ImmutableArray<ValuesLayer> layers, bool reports)
    {
        var merged = YamlMap.Of();
        foreach (var layer in layers)
        {
            var merge = new ValuesMerge(release.Lists)
            {
                Replacing = reports ? (path, low, high) => ReportReplaced(release, layer, path, low, high) : null,
            };
            merged = merge.Merge(merged, layer.Values);
        }

        return merged;
    }

    private void ReportReplaced(ReleaseSpec release, ValuesLayer layer, KeyPath path, YamlNode low, YamlNode high)
    {
        if (layer.Tier == ValuesTier.Override && low is YamlList lowList && high is YamlList highList && DroppedEntries.Of(path.Keys[^1], lowList, highList) is { Length: > 0 } lost)
        {
            diagnostics.Add(ValuesDiagnostics.DroppedEntries(high.Place, release.Name.Value, path.ToString(), lost));
        }

        if (layer.Tier == ValuesTier.Enterprise && low.Source is { } source && _overrides.GetValueOrDefault(release.Name.Value)?.Contains(source) == true)
        {
            diagnostics.Add(ValuesDiagnostics.HiddenOverride(low.Place, release.Name.Value, path.ToString(), high.Place));
        }
    }

    private IEnumerable<ValuesLayer> ReadLayers(PlannedService service, ReleaseSpec release)
    {
        var folder = service.HasSeveralComponents ? $"values/{release.Name.Value}" : "values";
        foreach (var file in BaseFiles(service, folder))
        {
            if (service.Package.Read(file, diagnostics) is { } source && ReadMap(source) is { } values)
            {
                yield return new ValuesLayer(ValuesTier.Base, values, service.Package);
            }
        }

        foreach (var source in _overrides.GetValueOrDefault(release.Name.Value, []))
        {
            if (ReadMap(source) is { } values)
            {
                yield return new ValuesLayer(ValuesTier.Override, values, null);
            }
        }

        if (plan.Settings.IsEnterprise && service.Package.Read($"{folder}/enterprise.yaml", diagnostics) is { } enterprise && ReadMap(enterprise) is { } last)
        {
            yield return new ValuesLayer(ValuesTier.Enterprise, last, service.Package);
        }
    }

    private IEnumerable<string> BaseFiles(PlannedService service, string folder)
    {
        yield return $"{folder}/base.yaml";
        yield return $"{folder}/{(service.Profile == Profile.Ha ? "ha" : "minimal")}.yaml";
        foreach (var with in service.Package.FilesBelow($"{folder}/with"))
        {
            if (plan.Present.Contains(Path.GetFileNameWithoutExtension(with)))
            {
                yield return with;
            }
        }

        foreach (var capability in service.ChosenFor)
        {
            yield return $"{folder}/provider/{capability}.yaml";
        }
    }

    private YamlMap? ReadMap(SourceFile source) =>
        Substitution.Resolve(source, plan.Variables, diagnostics) is { } file ? _reader.Read(file) : null;

    private ResolvedFile? ReadEncrypted(ReleaseSpec release, YamlMap merged)
    {
        if (plan.Inputs.Files.EncryptedValues.FirstOrDefault(file => file.Folder == release.Name.Value) is not { } encrypted)
        {
            return null;
        }

        Substitution.Refuse(encrypted.Source, diagnostics);
        var root = YamlReader.ReadSingle(encrypted.Source, diagnostics);
        if (root is YamlMap map && map["sops"] is not null)
        {
            ReportSetTwice(release, KeyPath.Root, map, merged);
        }

        return new ResolvedFile(encrypted.Source, encrypted.Source.Bytes, root is null ? [] : [root]);
    }

    // The keys of an encrypted file can be read, only their values can't.
    private void ReportSetTwice(ReleaseSpec release, KeyPath path, YamlMap encrypted, YamlMap merged)
    {
        foreach (var entry in encrypted.Entries)
        {
            var below = path.Add(entry.Name);
            switch (entry.Value, merged[entry.Name])
            {
                case (_, null):
                    break;
                case (YamlMap hidden, YamlMap known):
                    ReportSetTwice(release, below, hidden, known);
                    break;
                case (_, { } known):
                    diagnostics.Add(ValuesDiagnostics.SetTwice(entry.Key.Place, release.Name.Value, below.ToString(), known.Place));
                    break;
            }
        }
    }

    private void CheckFiles(ImmutableArray<string> releases)
    {
        var files = plan.Inputs.Files;
        var known = plan.Inputs.Packages.Values.SelectMany(package => package.Descriptor.Components)
            .Select(component => component.Release?.Name.Value)
            .Concat(plan.Inputs.Catalogue.Services.SelectMany(service => service.Releases))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < files.Values.Length; i++)
        {
            var isOwn = i == files.Values.Length - 1;
            foreach (var file in files.Values[i])
            {
                // A shared directory serves many clusters: there only a name that nobody knows is a mistake.
                if (!releases.Contains(file.Folder) && (isOwn || !known.Contains(file.Folder)))
                {
                    diagnostics.Add(ValuesDiagnostics.NoSuchRelease(new Place(file.Source.Path), file.Folder, Nearest.Hint(file.Folder, isOwn ? releases : known)));
                }
            }
        }

        foreach (var file in files.EncryptedValues.Where(file => !releases.Contains(file.Folder)))
        {
            diagnostics.Add(ValuesDiagnostics.NoSuchRelease(new Place(file.Source.Path), file.Folder, Nearest.Hint(file.Folder, releases)));
        }
    }

    private sealed record PlannedRelease(PlannedService Service, ReleaseSpec Release);
}
