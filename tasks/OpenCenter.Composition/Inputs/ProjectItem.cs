using System.Collections.Immutable;

namespace OpenCenter.Composition.Inputs;

/// <summary>An item of the project: its type, its identity, its metadata, and the file that defines it.</summary>
public sealed record ProjectItem(
    string Type,
    string Include,
    ImmutableDictionary<string, string> Metadata,
    string DefiningFile)
{
    /// <summary>A metadata value, trimmed; empty where it is not set.</summary>
    public string this[string metadata] => Metadata.TryGetValue(metadata, out var value) ? value.Trim() : "";
}
