using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Checks;

/// <summary>No object uses a field that the cluster's Flux does not know: the API server would refuse the whole object.</summary>
internal static class FluxVersionCheck
{
    // Fields that came after Flux 2.6, the oldest that can read a tree. A list's entries are written [].
    private static readonly ImmutableArray<(string Kind, string Field, int Minor)> Fields =
    [
        ("HelmRelease", "spec.commonMetadata", 7),
        ("HelmRelease", "spec.dependsOn[].readyExpr", 7),
        ("HelmRelease", "spec.healthCheckExprs", 8),
        ("HelmRelease", "spec.install.serverSideApply", 8),
        ("HelmRelease", "spec.install.strategy", 7),
        ("HelmRelease", "spec.kubeConfig.configMapRef", 7),
        ("HelmRelease", "spec.postRenderStrategy", 9),
        ("HelmRelease", "spec.rollback.serverSideApply", 8),
        ("HelmRelease", "spec.upgrade.chartNameChangeStrategy", 9),
        ("HelmRelease", "spec.upgrade.serverSideApply", 8),
        ("HelmRelease", "spec.upgrade.strategy", 7),
        ("HelmRelease", "spec.valuesFrom[].literal", 9),
        ("HelmRelease", "spec.waitStrategy", 8),
        ("Kustomization", "spec.buildMetadata", 9),
        ("Kustomization", "spec.dependsOn[].readyExpr", 7),
        ("Kustomization", "spec.ignore", 9),
        ("Kustomization", "spec.ignoreMissingComponents", 7),
        ("Kustomization", "spec.kubeConfig.configMapRef", 7),
        ("Kustomization", "spec.postBuild.substituteStrategy", 9),
        ("Bucket", "spec.serviceAccountName", 7),
        ("GitRepository", "spec.serviceAccountName", 7),
        ("OCIRepository", "spec.verify.trustedRootSecretRef", 9),
    ];

    public static void Run(ImmutableArray<TreeObject> objects, Version version, DiagnosticBag diagnostics)
    {
        if (version >= new Version(2, 9))
        {
            return;
        }

        foreach (var item in objects.Where(item => item.Group.EndsWith(".toolkit.fluxcd.io", StringComparison.Ordinal)))
        {
            foreach (var (_, field, minor) in Fields.Where(field => field.Kind == item.Kind && version < new Version(2, field.Minor)))
            {
                if (Find(item.Node, field.Split('.')) is { } node)
                {
                    diagnostics.Add(ManifestDiagnostics.NewerField(node.Place, item.ToString(), field, $"2.{minor}", version.ToString()));
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
}
