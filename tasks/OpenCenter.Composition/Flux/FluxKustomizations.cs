using System.Collections.Immutable;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>Makes Flux's Kustomization objects, and the Git sources of those that need one.</summary>
internal sealed class FluxKustomizations(ClusterPlan plan)
{
    /// <summary>A pinned source changes only when its file does, so it is seldom asked again.</summary>
    public const string SourceInterval = "1h";

    private ClusterSettings Settings => plan.Settings;

    /// <summary>The Kustomization of a folder of the tree.</summary>
    public YamlMap Of(PlannedKustomization kustomization, bool isEncrypted) =>
        Make(
            kustomization,
            YamlMap.Of(("kind", Settings.SourceKind), ("name", Settings.SourceName)),
            $"{Settings.FluxPath}/components/{kustomization.Name}",
            targetNamespace: null,
            isEncrypted,
            patches: null,
            images: null);

    /// <summary>The Kustomization of a component that lives in a Git source of its own.</summary>
    public YamlMap OfGit(PlannedKustomization kustomization, GitSpec git, ImmutableArray<YamlNode> patches, ImmutableArray<YamlNode> images) =>
        Make(
            kustomization,
            YamlMap.Of(("kind", "GitRepository"), ("name", kustomization.Name)),
            git.Path is "." or "./" ? "./" : "./" + git.Path.TrimStart('.').Trim('/'),
            git.TargetNamespace,
            isEncrypted: false,
            patches.IsEmpty ? null : YamlList.Of(patches),
            images.IsEmpty ? null : YamlList.Of(images));

    public YamlMap SourceOf(PlannedKustomization kustomization, GitSpec git, string url) =>
        YamlMap.Of(
            ("apiVersion", "source.toolkit.fluxcd.io/v1"),
            ("kind", "GitRepository"),
            ("metadata", YamlMap.Of(("name", kustomization.Name), ("namespace", Settings.FluxNamespace))),
            ("spec", YamlMap.Of(
                ("interval", SourceInterval),
                ("url", url),
                ("ref", YamlMap.Of(("tag", VersionTemplate.Expand(git.Tag, kustomization.Service!.Package.Version)), ("commit", git.Commit))))));

    private YamlMap Make(
        PlannedKustomization kustomization, YamlMap source, string path, string? targetNamespace, bool isEncrypted, YamlNode? patches, YamlNode? images)
    {
        var service = kustomization.Service?.Settings ?? ServiceSettings.None;
        return YamlMap.Of(
            ("apiVersion", "kustomize.toolkit.fluxcd.io/v1"),
            ("kind", "Kustomization"),
            ("metadata", YamlMap.Of(("name", kustomization.Name), ("namespace", Settings.FluxNamespace))),
            ("spec", YamlMap.Of(
                ("interval", service.Interval ?? Settings.Interval),
                ("retryInterval", Settings.RetryInterval),
                ("timeout", service.Timeout ?? Settings.Timeout),
                ("prune", true),
                ("wait", true),
                ("suspend", service.Suspend ? true : null),
                ("deletionPolicy", DeletionPolicy(kustomization)),
                ("sourceRef", source),
                ("path", path),
                ("targetNamespace", targetNamespace),
                ("dependsOn", kustomization.DependsOn.IsEmpty ? null : YamlList.Of(kustomization.DependsOn.Select(name => YamlMap.Of(("name", name))))),
                ("decryption", isEncrypted ? Decryption() : null),
                ("commonMetadata", CommonMetadata(kustomization)),
                ("healthCheckExprs", kustomization.Component is { Health.IsEmpty: false } component ? YamlList.Of(component.Health) : null),
                ("patches", patches),
                ("images", images))));
    }

    // Namespaces keep what lives in them; a service says whether its data may go.
    private static string DeletionPolicy(PlannedKustomization kustomization) =>
        kustomization.Kind == KustomizationKind.Namespaces || kustomization.Service?.Descriptor.KeepOnRemoval == true
            ? "Orphan"
            : "WaitForTermination";

    private YamlMap Decryption() =>
        YamlMap.Of(("provider", "sops"), ("secretRef", YamlMap.Of(("name", Settings.DecryptionSecret))));

    private static YamlMap CommonMetadata(PlannedKustomization kustomization)
    {
        var (partOf, layer) = kustomization switch
        {
            { Service: { } service } => (service.Name, service.Descriptor.Layer),
            { Kind: KustomizationKind.Application } => (kustomization.Name["application-".Length..], "application"),
            { Kind: KustomizationKind.Resources } => (kustomization.Name[..^"-resources".Length], "platform"),
            _ => (kustomization.Name, "control-plane"),
        };
        return YamlMap.Of(
            ("labels", YamlMap.Of(
                ("app.kubernetes.io/part-of", partOf),
                ("app.kubernetes.io/managed-by", "flux"),
                ("opencenter.io/layer", layer))),
            ("annotations", kustomization.Service?.Package is { } package
                ? YamlMap.Of(("opencenter.io/package", $"{package.Id}/{package.Version.ToNormalizedString()}"))
                : null));
    }
}
