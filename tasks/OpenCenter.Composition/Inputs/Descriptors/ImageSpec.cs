using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>Where an image of a Git source's manifests comes from instead. The tag stays the manifests' own.</summary>
/// <param name="Name">As the manifests have it, without its tag.</param>
/// <param name="NewName">Without a tag; may hold variables.</param>
/// <param name="Edition">The edition in which it does; null: each.</param>
internal sealed record ImageSpec(string Name, YamlScalar NewName, string? Edition);
