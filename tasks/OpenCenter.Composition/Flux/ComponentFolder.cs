using System.Collections.Immutable;

namespace OpenCenter.Composition.Flux;

/// <summary>A folder below <c>components/</c>: its files relative to it, the objects that it applies, and what both were read from.</summary>
internal sealed record ComponentFolder(
    ImmutableArray<FolderFile> Files,
    ImmutableArray<TreeObject> Objects,
    ImmutableArray<TreeSource> Sources,
    bool IsEncrypted);
