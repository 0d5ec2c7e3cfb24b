using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>How a list is merged where replacing it would lose entries: by a key of its entries, or by appending.</summary>
/// <param name="Path">The list.</param>
/// <param name="MergeBy">The key that makes two entries one; null: append.</param>
internal sealed record ListRule(KeyPath Path, string? MergeBy);
