using System.Collections.Immutable;

namespace OpenCenter.Composition.Flux;

/// <summary>A folder below <c>components/</c>: its files relative to it, and the objects that it applies.</summary>
internal sealed record ComponentFolder(
    ImmutableArray<FolderFile> Files,
    ImmutableArray<TreeObject> Objects,
    bool IsEncrypted);
