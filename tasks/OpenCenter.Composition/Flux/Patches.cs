using System.Collections.Immutable;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>A component's patches: files to write, and entries of kustomize's <c>patches</c>.</summary>
internal sealed record Patches(ImmutableArray<FolderFile> Files, ImmutableArray<YamlNode> Entries, bool IsEncrypted);
