using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;
using YamlDotNet.Core;

namespace OpenCenter.Composition.Flux;

/// <summary>Makes the folders below <c>components/</c>.</summary>
internal sealed class ComponentBuilder(
    ClusterPlan plan,
    ImmutableSortedDictionary<string, EffectiveValues> values,
    ObjectReader reader,
    DiagnosticBag diagnostics)
{
    /// <summary>The folder of a service's component.</summary>
    public ComponentFolder Build(PlannedKustomization planned)
    {
        var (service, component) = (planned.Service!, planned.Component!);
        var files = ImmutableArray.CreateBuilder<FolderFile>();
        var objects = ImmutableArray.CreateBuilder<TreeObject>();
        var sources = ImmutableArray.CreateBuilder<TreeSource>();
        var resources = new List<string>();
        var secrets = component.Release is { } release ? AddRelease(planned, release, files, objects, resources) : null;
        var manifests = ReadFolder(planned, ManifestFiles(service, component), service.Namespace);
        files.AddRange(manifests.Files.Select(file => file with { Path = $"manifests/{file.Path}" }));
        objects.AddRange(manifests.Objects);
        sources.AddRange(manifests.Sources);
        resources.AddRange(manifests.Resources.Select(resource => resource.Length == 0 ? "manifests" : $"manifests/{resource}"));
        var variants = AddVariants(planned, files, objects, sources);
        if (resources.Count == 0 && variants.Folders.Count == 0)
        {
            diagnostics.Add(ManifestDiagnostics.EmptyComponent(component.Name.Place, service.Name, component.Name.Value, ManifestPath(service, component)));
        }

        foreach (var shipped in objects.Where(item => item is { Kind: "Namespace", Group: "" }))
        {
            diagnostics.Add(ManifestDiagnostics.ShippedNamespace(shipped.Place, shipped.Name));
        }

        var patches = new PatchReader(planned, objects.ToImmutable(), plan.Variables, diagnostics).Read();
        files.AddRange(patches.Files);
        sources.AddRange(patches.Sources);
        ImmutableArray<YamlNode> namespaces = [.. NamespacePatches(objects)];
        ObjectPatch.Apply(variants.Changes, objects);
        ObjectPatch.Apply(patches.Changes, objects);
        if (secrets is not null)
        {
            // What the generator makes is an object like any other: two owners of one Secret are an error, too.
            objects.AddRange(reader.Read([.. secrets.Generators.Select(AsSecret)], planned.Name, service.Namespace));
        }

        files.Add(Kustomization(
            resources,
            variants.Folders,
            [.. namespaces, .. patches.Entries],
            secrets?.Generators ?? []));
        var isEncrypted = manifests.IsEncrypted || patches.IsEncrypted || (component.Release is { } encrypted && values[encrypted.Name.Value].Encrypted is not null);
        return new ComponentFolder(files.DrainToImmutable(), objects.DrainToImmutable(), sources.DrainToImmutable(), isEncrypted);
    }

    /// <summary>The folder of prerequisites, resources or an application: the project's own files.</summary>
    public ComponentFolder BuildFolder(PlannedKustomization planned)
    {
        var ns = planned.Kind == KustomizationKind.Application ? plan.ApplicationNamespaces[planned.Name] : planned.Service?.Namespace;
        var folder = ReadFolder(planned, [.. planned.Files.Select(file => new ManifestFile(file.Path, file.Source))], ns);
        var files = folder.Files;
        if (folder.IsKustomization)
        {
            // Nobody but that kustomization could give them one.
            foreach (var item in folder.Objects.Where(LacksNamespace))
            {
                diagnostics.Add(ManifestDiagnostics.NoNamespace(item.Place, item.Kind, item.Name, item.Namespace));
            }
        }
        else
        {
            files = files.Add(Kustomization(folder.Resources, [], [.. NamespacePatches(folder.Objects)], []));
        }

        return new ComponentFolder(files, folder.Objects, folder.Sources, folder.IsEncrypted);
    }

    /// <summary>Patches of a Git component: Flux applies them to what it fetches, so nothing here can say what they meet.</summary>
    public Patches GitPatches(PlannedKustomization planned, GitSpec git)
    {
        var patches = new PatchReader(planned, null, plan.Variables, diagnostics).ReadInline();
        return patches with { Entries = [.. git.Patches, .. patches.Entries] };
    }

    public ImmutableArray<YamlNode> GitImages(GitSpec git) =>
    [
        .. git.Images.Where(image => image.Edition is null || image.Edition == plan.Settings.Edition)
            .Select(image => YamlMap.Of(("name", image.Name), ("newName", Expand(image.NewName)))),
    ];

    /// <summary>A text of a descriptor with its variables replaced.</summary>
    public string Expand(YamlScalar text) => plan.Variables.Expand(text.Value, _ => text.Place, diagnostics);

    private ValuesSecrets AddRelease(
        PlannedKustomization planned,
        ReleaseSpec release,
        ImmutableArray<FolderFile>.Builder files,
        ImmutableArray<TreeObject>.Builder objects,
        List<string> resources)
    {
        var service = planned.Service!;
        var ns = service.Namespace ?? "default";
        var version = VersionTemplate.Expand(release.Version, service.Package.Version);
        var secrets = ValuesSecrets.Of(release, values[release.Name.Value], ns, plan.Settings.IsLayered, LargestPlace(release), diagnostics);
        var source = HelmObjects.Source(planned.Name, ns, release, Expand(release.SourceUrl), version);
        var helm = HelmObjects.Release(planned.Name, ns, release, version, secrets.ValuesFrom);
        Add("source.yaml", source);
        Add("helmrelease.yaml", helm);
        files.AddRange(secrets.Files);
        return secrets;

        void Add(string name, YamlMap document)
        {
            files.Add(new FolderFile(name, YamlWriter.Write(document)));
            objects.AddRange(reader.Read([document], planned.Name, ns));
            resources.Add(name);
        }
    }

    // A Secret that is too large is fixed where the cluster sets values, if it does.
    private Place LargestPlace(ReleaseSpec release)
    {
        var own = plan.Inputs.Files.Values.SelectMany(directory => directory)
            .Concat(plan.Inputs.Files.EncryptedValues)
            .Where(file => file.Folder == release.Name.Value)
            .MaxBy(file => file.Source.Bytes.Length);
        return own is null ? release.Name.Place : new Place(own.Source.Path, 1, 1);
    }

    private ManifestFolder ReadFolder(PlannedKustomization planned, IReadOnlyList<ManifestFile> sources, string? ns) =>
        ManifestFolder.Read(sources, planned, ns, plan.Variables, reader, diagnostics);

    private static string ManifestPath(PlannedService service, ComponentSpec component) =>
        service.HasSeveralComponents ? component.Name.Value : "manifests";

    private List<ManifestFile> ManifestFiles(PlannedService service, ComponentSpec component)
    {
        var folder = ManifestPath(service, component);
        return PackageFiles(service, folder, file => !service.HasSeveralComponents || !file.StartsWith("variants/", StringComparison.Ordinal));
    }

    private List<ManifestFile> PackageFiles(PlannedService service, string folder, Func<string, bool> isWanted)
    {
        var files = new List<ManifestFile>();
        foreach (var file in service.Package.FilesBelow(folder))
        {
            var path = file[(folder.Length + 1)..];
            if (isWanted(path) && service.Package.Read(file, diagnostics) is { } source)
            {
                files.Add(new ManifestFile(path, source));
            }
        }

        return files;
    }

    private (List<string> Folders, List<ObjectPatch> Changes) AddVariants(
        PlannedKustomization planned,
        ImmutableArray<FolderFile>.Builder files,
        ImmutableArray<TreeObject>.Builder objects,
        ImmutableArray<TreeSource>.Builder sources)
    {
        var (service, component) = (planned.Service!, planned.Component!);
        var variants = new List<string>();
        var changes = new List<ObjectPatch>();
        var root = service.HasSeveralComponents ? $"{component.Name.Value}/variants" : "variants";
        foreach (var variant in WantedVariants(service, root))
        {
            var folder = $"{root}/{variant}";
            var found = PackageFiles(service, folder, _ => true);
            if (found.Count == 0)
            {
                continue;
            }

            var read = ReadFolder(planned, found, service.Namespace);
            sources.AddRange(read.Sources);
            if (!read.IsKustomization || !IsComponent(found))
            {
                diagnostics.Add(ManifestDiagnostics.NotAVariant(new Place(found[0].Source.Path)));
                continue;
            }

            files.AddRange(read.Files.Select(file => file with { Path = $"variants/{variant}/{file.Path}" }));
            objects.AddRange(read.Objects);
            changes.AddRange(read.Changes);
            variants.Add($"variants/{variant}");
        }

        return (variants, changes);
    }

    // In the order of the tiers of values.
    private List<string> WantedVariants(PlannedService service, string root)
    {
        var wanted = new List<string> { service.Profile == Profile.Ha ? "ha" : "minimal" };
        var with = $"{root}/with";
        foreach (var file in service.Package.FilesBelow(with))
        {
            var name = file[(with.Length + 1)..].Split('/')[0];
            if (plan.Present.Contains(name) && wanted[^1] != $"with/{name}")
            {
                wanted.Add($"with/{name}");
            }
        }

        if (plan.Settings.IsEnterprise)
        {
            wanted.Add("enterprise");
        }

        return wanted;
    }

    private static bool IsComponent(List<ManifestFile> sources) =>
        sources.First(source => ManifestFolder.IsTopKustomization(source.Path)).Source.Text
            .Contains("kind: Component", StringComparison.Ordinal);

    private static FolderFile Kustomization(
        IEnumerable<string> resources, List<string> components, ImmutableArray<YamlNode> patches, ImmutableArray<YamlNode> generators) =>
        new("kustomization.yaml", YamlWriter.Write(YamlMap.Of(
            ("apiVersion", "kustomize.config.k8s.io/v1beta1"),
            ("kind", "Kustomization"),
            ("resources", NullIfEmpty([.. resources.Select(resource => (YamlNode)resource)])),
            ("components", NullIfEmpty([.. components.Select(component => (YamlNode)component)])),
            ("patches", NullIfEmpty(patches)),
            ("secretGenerator", NullIfEmpty(generators)))));

    private static YamlList? NullIfEmpty(ImmutableArray<YamlNode> items) => items.IsEmpty ? null : YamlList.Of(items);

    // kustomize's own namespace field would move cluster-wide custom resources and overwrite given namespaces, so each object
    // that has none gets it by a patch of its own.
    private static IEnumerable<YamlNode> NamespacePatches(IEnumerable<TreeObject> objects) =>
        objects.Where(LacksNamespace)
            .Select(item => YamlMap.Of(
                ("target", YamlMap.Of(
                    ("group", item.Group.Length == 0 ? null : item.Group),
                    ("kind", item.Kind),
                    // A regular expression, in which a dot is any character.
                    ("name", item.Name.Replace(".", "\\.", StringComparison.Ordinal)))),
                ("patch", YamlScalar.Text($"- op: add\n  path: /metadata/namespace\n  value: {Quoted(item.Namespace!)}\n"))));

    // A namespace may be named 123, which is a number in YAML. Nothing in a name needs an escape.
    private static string Quoted(string name) => ScalarText.StyleOf(name) == ScalarStyle.Plain ? name : $"\"{name}\"";

    private static bool LacksNamespace(TreeObject item) => item.Namespace is not null && TreeObject.NamespaceIn(item.Node) is null;

    private static YamlNode AsSecret(YamlNode generator)
    {
        var map = (YamlMap)generator;
        return YamlMap.Of(
            ("apiVersion", "v1"),
            ("kind", "Secret"),
            ("metadata", YamlMap.Of(("name", map["name"]), ("namespace", map["namespace"]))));
    }
}
