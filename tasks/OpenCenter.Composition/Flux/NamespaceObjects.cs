using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>Namespaces with their Pod Security Admission labels.</summary>
internal static class NamespaceObjects
{
    public const string EnforceLabel = "pod-security.kubernetes.io/enforce";

    /// <summary>A namespace outlives the services in it: deleting one would delete their data.</summary>
    public static YamlMap Of(PlannedNamespace ns)
    {
        var level = ns.PodSecurity.ToString().ToLowerInvariant();
        return YamlMap.Of(
            ("apiVersion", "v1"),
            ("kind", "Namespace"),
            ("metadata", YamlMap.Of(
                ("name", ns.Name),
                ("labels", YamlMap.Of(
                    (EnforceLabel, level),
                    ("pod-security.kubernetes.io/audit", level),
                    ("pod-security.kubernetes.io/warn", level))),
                ("annotations", YamlMap.Of(("kustomize.toolkit.fluxcd.io/prune", "disabled"))))));
    }
}
