using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Checks;

/// <summary>No object uses a field that the cluster's Flux does not know: the API server would refuse the whole object.</summary>
internal static class FluxVersionCheck
{
    // Fields that came after Flux 2.6, the oldest that can read a tree. A list's entries are written [].
    private static readonly ImmutableArray<NewField> Fields =
    [
        new("HelmRelease", "spec.commonMetadata", 7),
        new("HelmRelease", "spec.dependsOn[].readyExpr", 7),
        new("HelmRelease", "spec.healthCheckExprs", 8),
        new("HelmRelease", "spec.install.serverSideApply", 8),
        new("HelmRelease", "spec.install.strategy", 7),
        new("HelmRelease", "spec.kubeConfig.configMapRef", 7),
        new("HelmRelease", "spec.postRenderStrategy", 9),
        new("HelmRelease", "spec.rollback.serverSideApply", 8),
        new("HelmRelease", "spec.upgrade.chartNameChangeStrategy", 9),
        new("HelmRelease", "spec.upgrade.serverSideApply", 8),
        new("HelmRelease", "spec.upgrade.strategy", 7),
        new("HelmRelease", "spec.valuesFrom[].literal", 9),
        new("HelmRelease", "spec.waitStrategy", 8),
        new("Kustomization", "spec.buildMetadata", 9),
        new("Kustomization", "spec.dependsOn[].readyExpr", 7),
        new("Kustomization", "spec.ignore", 9),
        new("Kustomization", "spec.ignoreMissingComponents", 7),
        new("Kustomization", "spec.kubeConfig.configMapRef", 7),
        new("Kustomization", "spec.postBuild.substituteStrategy", 9),
        new("Bucket", "spec.serviceAccountName", 7),
        new("GitRepository", "spec.serviceAccountName", 7),
        new("OCIRepository", "spec.verify.trustedRootSecretRef", 9),
    ];

    public static void Run(ImmutableArray<TreeObject> objects, Version version, DiagnosticBag diagnostics)
    {
        if (version >= new Version(2, 9))
        {
            return;
        }

        foreach (var item in objects.Where(item => item.Group.EndsWith(".toolkit.fluxcd.io", StringComparison.Ordinal)))
        {
            foreach (var (_, path, minor) in Fields.Where(field => field.Kind == item.Kind && version < new Version(2, field.Minor)))
            {
                if (Find(item.Node, path.Split('.')) is { } node)
                {
                    diagnostics.Add(ManifestDiagnostics.NewerField(node.Place, item.ToString(), path, $"2.{minor}", version.ToString()));
                }
            }
        }
    }

    private static YamlNode? Find(YamlNode? node, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty || node is null)
        {
            return node;
        }

        if (!path[0].EndsWith("[]", StringComparison.Ordinal))
        {
            return Find((node as YamlMap)?[path[0]], path[1..]);
        }

        foreach (var item in ((node as YamlMap)?[path[0][..^2]] as YamlList)?.Items ?? [])
        {
            if (Find(item, path[1..]) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private sealed record NewField(string Kind, string Path, int Minor);
}
