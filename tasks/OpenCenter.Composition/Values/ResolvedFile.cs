using System.Collections.Immutable;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>A file with its variables replaced.</summary>
/// <param name="Source">The file as it was read; its places are those of the documents' nodes.</param>
/// <param name="Bytes">The file's bytes, its own where it names no variable.</param>
/// <param name="Documents">Its documents, variables replaced.</param>
internal sealed record ResolvedFile(SourceFile Source, byte[] Bytes, ImmutableArray<YamlNode> Documents);
