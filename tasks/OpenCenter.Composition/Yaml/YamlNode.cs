using System.Diagnostics.CodeAnalysis;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Yaml;

/// <summary>A node of a YAML document that knows where it stands. Immutable.</summary>
/// <param name="Source">The file it was read from; null for what the engine itself makes.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
internal abstract record YamlNode(SourceFile? Source, int Line, int Column)
{
    /// <summary>How many nodes it is with every alias written out, a long text counted as several; caps what a few anchors can blow up to.</summary>
    public abstract long Size { get; }

    public Place Place => new(Source?.Path ?? "", Line, Column);

    // Two nodes are the same only if they are one: a deep comparison of documents is never what is meant.
    public virtual bool Equals(YamlNode? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator YamlNode?(string? text) => text is null ? null : YamlScalar.Text(text);

    public static implicit operator YamlNode(bool value) => YamlScalar.Plain(value ? "true" : "false");

    public static implicit operator YamlNode(int value) =>
        YamlScalar.Plain(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
