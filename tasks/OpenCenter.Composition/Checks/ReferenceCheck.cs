using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Checks;

/// <summary>
/// What Flux objects name is in the tree, is declared by a service under <c>creates</c>, or is a ClusterExternal. Flux
/// itself would wait for it without end.
/// </summary>
internal sealed class ReferenceCheck
{
    private static readonly ImmutableArray<string> Sources = ["GitRepository", "HelmRepository", "OCIRepository", "Bucket", "HelmChart", "ExternalArtifact"];

    private readonly HashSet<Target> _known;
    private readonly DiagnosticBag _diagnostics;

    private ReferenceCheck(HashSet<Target> known, DiagnosticBag diagnostics)
    {
        _known = known;
        _diagnostics = diagnostics;
    }

    public static void Run(ClusterPlan plan, ImmutableArray<TreeObject> objects, DiagnosticBag diagnostics)
    {
        var known = objects.Select(item => new Target(item.Kind, item.Namespace ?? "", item.Name)).ToHashSet();
        // What flux bootstrap makes.
        known.Add(new Target(plan.Settings.SourceKind, plan.Settings.FluxNamespace, plan.Settings.SourceName));
        known.Add(new Target("Secret", plan.Settings.FluxNamespace, plan.Settings.DecryptionSecret));
        known.Add(new Target("Kustomization", plan.Settings.FluxNamespace, "flux-system"));
        foreach (var created in plan.Services.SelectMany(service => service.Descriptor.Creates))
        {
            if (ParseObject(created.Value) is { } item)
            {
                known.Add(item);
            }
        }

        foreach (var external in plan.Settings.Externals)
        {
            if (ParseObject(external.Include) is { } item)
            {
                known.Add(item);
            }
            else
            {
                diagnostics.Add(ManifestDiagnostics.BadExternal(plan.Inputs.Places.Of(external), external.Include));
            }
        }

        var check = new ReferenceCheck(known, diagnostics);
        foreach (var item in objects)
        {
            check.Check(item);
        }
    }

    // apiVersion/Kind/namespace/name, the apiVersion with or without a group.
    private static Target? ParseObject(string text)
    {
        var parts = text.Split('/');
        return parts.Length is 4 or 5 && parts.Where((part, at) => at != parts.Length - 2).All(part => part.Length > 0)
            ? new Target(parts[^3], parts[^2], parts[^1])
            : null;
    }

    private void Check(TreeObject item)
    {
        if (item.Node["spec"] is not YamlMap spec)
        {
            return;
        }

        switch (item.Group, item.Kind)
        {
            case ("helm.toolkit.fluxcd.io", "HelmRelease"):
                Reference(item, "spec.chart.spec.sourceRef", Map(spec, "chart", "spec", "sourceRef"));
                Reference(item, "spec.chartRef", Map(spec, "chartRef"));
                Each(item, "spec.dependsOn", spec["dependsOn"], "HelmRelease");
                Each(item, "spec.valuesFrom", spec["valuesFrom"], null);
                break;
            case ("kustomize.toolkit.fluxcd.io", "Kustomization"):
                Reference(item, "spec.sourceRef", Map(spec, "sourceRef"));
                Each(item, "spec.dependsOn", spec["dependsOn"], "Kustomization");
                Reference(item, "spec.decryption.secretRef", Map(spec, "decryption", "secretRef"), "Secret");
                break;
            case ("source.toolkit.fluxcd.io", _) when Sources.Contains(item.Kind):
                Reference(item, "spec.sourceRef", Map(spec, "sourceRef"));
                Reference(item, "spec.secretRef", Map(spec, "secretRef"), "Secret");
                Reference(item, "spec.certSecretRef", Map(spec, "certSecretRef"), "Secret");
                Reference(item, "spec.verify.secretRef", Map(spec, "verify", "secretRef"), "Secret");
                break;
            default:
                break;
        }
    }

    private void Each(TreeObject item, string field, YamlNode? list, string? kind)
    {
        foreach (var entry in (list as YamlList)?.Items.OfType<YamlMap>() ?? [])
        {
            if (entry.Text("optional") != "true")
            {
                Reference(item, field, entry, kind);
            }
        }
    }

    private void Reference(TreeObject from, string field, YamlMap? reference, string? kind = null)
    {
        if (reference?.Text("name") is not { } name || (kind ?? reference.Text("kind")) is not { } targetKind)
        {
            return;
        }

        var ns = reference.Text("namespace") ?? from.Namespace ?? "";
        if (_known.Contains(new Target(targetKind, ns, name)))
        {
            return;
        }

        var hint = Nearest.Hint(name, _known.Where(item => item.Kind == targetKind && item.Namespace == ns).Select(item => item.Name));
        _diagnostics.Add(ManifestDiagnostics.NoSuchObject(reference.Place, from.ToString(), field, $"{ApiVersionOf(targetKind)}/{targetKind}/{ns}/{name}", hint));
    }

    private static string ApiVersionOf(string kind) => kind switch
    {
        "HelmRelease" => "helm.toolkit.fluxcd.io/v2",
        "Kustomization" => "kustomize.toolkit.fluxcd.io/v1",
        _ when Sources.Contains(kind) => "source.toolkit.fluxcd.io/v1",
        _ => "v1",
    };

    private static YamlMap? Map(YamlMap map, params string[] path)
    {
        YamlNode? node = map;
        foreach (var key in path)
        {
            node = (node as YamlMap)?[key];
        }

        return node as YamlMap;
    }

    private sealed record Target(string Kind, string Namespace, string Name);
}
