using System.Collections.Immutable;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>A Secret in the service's namespace that a cluster brings.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it holds, for people.</param>
/// <param name="Keys">What the service reads of it; may hold variables.</param>
/// <param name="With">The service or capability without which nothing reads it; null: always.</param>
/// <param name="Profile">The profile in which something reads it; null: each.</param>
internal sealed record SecretSpec(YamlScalar Name, string Description, ImmutableArray<YamlScalar> Keys, string? With, Profile? Profile);
