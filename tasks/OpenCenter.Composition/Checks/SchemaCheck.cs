using System.Collections.Immutable;
using OpenCenter.Composition.Checks.Schemas;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Checks;

/// <summary>
/// Every object has the fields of its kind and no others. A kind's schema is, first, in a folder that the project names by
/// ClusterSchemas; then in a CustomResourceDefinition of a <c>crds/</c> folder or of the tree; then what the engine knows.
/// </summary>
internal sealed class SchemaCheck
{
    private const int MaxAnnotations = 256 * 1024;
    private const int MaxCronJob = 52;
    private const string KustomizeGroup = "kustomize.config.k8s.io";

    private static readonly KnownSchema AnyObject = new(SchemaType.Any) { IsKind = true };

    private readonly ClusterPlan _plan;
    private readonly BuiltTree _built;
    private readonly DiagnosticBag _diagnostics;
    private readonly ImmutableArray<SchemaFolder> _folders;
    private readonly Dictionary<string, Schema> _schemas = new(StringComparer.Ordinal);

    private SchemaCheck(ClusterPlan plan, BuiltTree built, DiagnosticBag diagnostics)
    {
        (_plan, _built, _diagnostics) = (plan, built, diagnostics);
        _folders = [.. plan.Settings.Schemas.Select(item => SchemaFolder.Of(plan, item, diagnostics)).OfType<SchemaFolder>()];
    }

    public static void Run(ClusterPlan plan, BuiltTree built, DiagnosticBag diagnostics)
    {
        var check = new SchemaCheck(plan, built, diagnostics);
        foreach (var item in built.Objects)
        {
            check.Check(item);
        }

        check.CheckOthers();
    }

    // What kustomize puts a folder together by, and patches of objects that are not here, are written like objects.
    private void CheckOthers()
    {
        var checkedBefore = new HashSet<YamlNode>(_built.Objects.Select(item => item.Written));
        checkedBefore.UnionWith(_built.Objects.SelectMany(item => item.Patches).Select(patch => patch.Change));
        foreach (var source in _built.Sources)
        {
            foreach (var document in source.File.Documents)
            {
                if (document is YamlMap map && !checkedBefore.Contains(map))
                {
                    CheckOther(source.Owner, map);
                }
            }
        }
    }

    private void CheckOther(string owner, YamlMap map)
    {
        if (map.Text("apiVersion") is { } apiVersion && map.Text("kind") is { } kind && map["items"] is null)
        {
            var item = new TreeObject(owner, apiVersion, kind, TreeObject.NamespaceIn(map), map.Text("metadata", "name") ?? "", map);
            var isPatch = item.Group != KustomizeGroup;
            new SchemaValidator(isPatch ? $"The patch of {item}" : kind, map.Place, KnownSchemas.Table.Metadata, _plan.Settings.FluxVersion, _diagnostics) { IsPatch = isPatch }
                .Validate(map, SchemaOf(item));
        }
    }

    private void Check(TreeObject item)
    {
        var name = item.ToString();
        // These the engine makes of what it has checked already, most of a tree's objects.
        if (item.Node.Source is not null || item.Kind is not ("Kustomization" or "Namespace" or "Secret"))
        {
            var called = item.Patches.IsEmpty ? name : $"{name} as patched";
            new SchemaValidator(called, item.Place, KnownSchemas.Table.Metadata, _plan.Settings.FluxVersion, _diagnostics).Validate(item.Node, SchemaOf(item));
        }

        // Those of a Flux Kustomization meet what it fetches.
        if (item is { Group: "kustomize.toolkit.fluxcd.io", Kind: "Kustomization" } && (item.Node["spec"] as YamlMap)?["patches"] is YamlList patches)
        {
            foreach (var text in patches.Items.OfType<YamlMap>().Select(entry => entry["patch"]).OfType<YamlScalar>())
            {
                foreach (var patch in ObjectPatch.Parse(text).OfType<YamlMap>())
                {
                    CheckOther(item.Owner, patch);
                }
            }
        }

        if (ExpectedName(item) is { } expected)
        {
            _diagnostics.Add(ManifestDiagnostics.LongName(item.Place, name, expected));
        }

        if (item.Node["metadata"] is YamlMap metadata && metadata["annotations"] is YamlMap annotations && SizeOf(annotations) is var size and > MaxAnnotations)
        {
            _diagnostics.Add(ManifestDiagnostics.LongAnnotations(item.Place, name, size));
        }
    }

    private Schema SchemaOf(TreeObject item)
    {
        var kind = $"{item.ApiVersion} {item.Kind}";
        if (!_schemas.TryGetValue(kind, out var schema))
        {
            schema = _folders.Select(folder => folder.Find(item, _diagnostics)).FirstOrDefault(found => found is not null) ?? Defined(item) ?? KnownSchemas.Table.Of(item.ApiVersion, item.Kind);
            if (schema is null && KnownKinds.IsBuiltIn(item.Group))
            {
                CheckServed(item);
            }

            _schemas.Add(kind, schema ??= AnyObject);
        }

        return schema;
    }

    private JsonSchema? Defined(TreeObject item)
    {
        if (KnownKinds.IsBuiltIn(item.Group))
        {
            return null;
        }

        var name = $"{item.Group}/{item.Kind}";
        var definition = _built.Kinds.FirstOrDefault(kind => kind.Name == name)?.Definition
            ?? _built.Objects.FirstOrDefault(other => other.Kind == "CustomResourceDefinition" && CustomKinds.NameOf(other.Node) == name)?.Node;
        if ((definition?["spec"] as YamlMap)?["versions"] is not YamlList versions)
        {
            return null;
        }

        var version = item.ApiVersion[(item.Group.Length + 1)..];
        if (versions.Items.OfType<YamlMap>().FirstOrDefault(each => each.Text("name") == version && each.Text("served") != "false") is { } served)
        {
            return (served["schema"] as YamlMap)?["openAPIV3Schema"] is { } schema ? JsonSchema.Of(schema) : null;
        }

        var others = string.Join(" or ", versions.Items.OfType<YamlMap>().Where(each => each.Text("served") != "false").Select(each => $"{item.Group}/{each.Text("name")}"));
        _diagnostics.Add(ManifestDiagnostics.NotServed(item.Place, item.ToString(), item.ApiVersion, others));
        return null;
    }

    // Beta versions of what is stable by now are gone from Kubernetes; of Flux, older versions can read them.
    private void CheckServed(TreeObject item)
    {
        var isFlux = item.Group.EndsWith(".toolkit.fluxcd.io", StringComparison.Ordinal);
        if ((isFlux ? _plan.Settings.FluxVersion.Minor >= KnownSchemas.FluxMinor : item.ApiVersion.Contains("beta", StringComparison.Ordinal))
            && KnownSchemas.Table.VersionOf(item.Group, item.Kind) is { } served)
        {
            _diagnostics.Add(ManifestDiagnostics.NotServed(item.Place, item.ToString(), item.ApiVersion, served));
        }
    }

    // Kubernetes puts the names of some objects, and Flux those of its own, into labels or names of what they make.
    private static string? ExpectedName(TreeObject item) => (item.Group, item.Kind) switch
    {
        ("", "Namespace" or "Service") => Names.IsLabel(item.Name) ? null : "at most 63 lower-case letters, digits and '-'",
        ("batch", "CronJob") => item.Name.Length <= MaxCronJob ? null : $"at most {MaxCronJob} characters long, since its Jobs' names are longer",
        ("helm.toolkit.fluxcd.io", "HelmRelease") or ("kustomize.toolkit.fluxcd.io", "Kustomization") =>
            item.Name.Length <= Names.MaxLabel ? null : "at most 63 characters long: Flux writes it into a label",
        _ => null,
    };

    private static int SizeOf(YamlMap annotations)
    {
        var size = 0;
        foreach (var entry in annotations.Entries)
        {
            size += Utf8.Strict.GetByteCount(entry.Name) + Utf8.Strict.GetByteCount((entry.Value as YamlScalar)?.Value ?? "");
        }

        return size;
    }
}
