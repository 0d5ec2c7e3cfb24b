using System.Collections.Immutable;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>A component's patches: files to write, entries of kustomize's <c>patches</c>, what both do, and what both were read from.</summary>
internal sealed record Patches(
    ImmutableArray<FolderFile> Files,
    ImmutableArray<YamlNode> Entries,
    ImmutableArray<ObjectPatch> Changes,
    ImmutableArray<TreeSource> Sources,
    bool IsEncrypted);
