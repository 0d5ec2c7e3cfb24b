using System.Collections.Immutable;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>Makes a HelmRelease and its chart's source.</summary>
internal static class HelmObjects
{
    // Entries of a package come on top; in place of ours, the release would run without its values.
    private static readonly ValuesMerge SpecMerge = new([new ListRule(KeyPath.Root.Add("valuesFrom"), null)]);

    public static YamlMap Source(string component, string ns, ReleaseSpec release, string url, string version)
    {
        var isOci = release.SourceKind == "OCIRepository";
        var isHelm = release.SourceKind == "HelmRepository";
        return YamlMap.Of(
            ("apiVersion", "source.toolkit.fluxcd.io/v1"),
            ("kind", release.SourceKind),
            ("metadata", YamlMap.Of(("name", component), ("namespace", ns))),
            ("spec", YamlMap.Of(
                ("interval", FluxKustomizations.SourceInterval),
                ("type", isHelm && url.StartsWith("oci://", StringComparison.Ordinal) ? "oci" : null),
                ("url", url),
                ("ref", isHelm ? null : YamlMap.Of(("tag", YamlScalar.Text(version)))),
                ("layerSelector", isOci
                    ? YamlMap.Of(
                        ("mediaType", "application/vnd.cncf.helm.chart.content.v1.tar+gzip"),
                        ("operation", "copy"))
                    : null),
                ("verify", release.SourceVerify))));
    }

    public static YamlMap Release(string component, string ns, ReleaseSpec release, string version, ImmutableArray<YamlNode> valuesFrom)
    {
        var isOci = release.SourceKind == "OCIRepository";
        var isGit = release.SourceKind == "GitRepository";
        var sourceRef = YamlMap.Of(("kind", release.SourceKind), ("name", component));
        var spec = YamlMap.Of(
            ("interval", "5m"),
            ("timeout", "10m"),
            ("releaseName", release.Name.Value),
            ("targetNamespace", ns),
            ("storageNamespace", ns),
            ("chartRef", isOci ? sourceRef : null),
            ("chart", isOci
                ? null
                : YamlMap.Of(("spec", YamlMap.Of(
                    ("chart", release.Chart!),
                    ("version", isGit ? null : YamlScalar.Text(version)),
                    // A chart that is never published keeps its version; its repository's tag is what changes.
                    ("reconcileStrategy", isGit ? "Revision" : null),
                    ("sourceRef", sourceRef))))),
            ("install", YamlMap.Of(
                ("crds", release.Crds),
                ("remediation", YamlMap.Of(("retries", 3), ("remediateLastFailure", true))))),
            ("upgrade", YamlMap.Of(
                ("crds", release.Crds),
                ("remediation", YamlMap.Of(("retries", 0))))),
            ("driftDetection", YamlMap.Of(("mode", "enabled"))),
            ("valuesFrom", valuesFrom.IsEmpty ? null : YamlList.Of(valuesFrom)));
        return YamlMap.Of(
            ("apiVersion", "helm.toolkit.fluxcd.io/v2"),
            ("kind", "HelmRelease"),
            ("metadata", YamlMap.Of(("name", release.Name.Value), ("namespace", ns))),
            ("spec", release.Spec is null ? spec : SpecMerge.Merge(spec, release.Spec)));
    }
}
