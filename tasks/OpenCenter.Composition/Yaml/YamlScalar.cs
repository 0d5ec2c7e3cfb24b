using YamlDotNet.Core;

namespace OpenCenter.Composition.Yaml;

/// <summary>A scalar: its text, and the style it was written in, which decides whether it is a string.</summary>
internal sealed record YamlScalar(SourceFile? Source, int Line, int Column, string Value, ScalarStyle Style)
    : YamlNode(Source, Line, Column)
{
    private const int TextOfNode = 32;

    /// <summary>Where it starts in the file's text, counted in characters from 0; -1 for what has no text of its own.</summary>
    public int Start { get; init; } = -1;

    /// <summary>The character after its last.</summary>
    public int End { get; init; } = -1;

    /// <summary>Where the scalar before it ends: comments begin behind that.</summary>
    public int Previous { get; init; }

    // A long text, or a comment above it, that many aliases repeat fills the memory, too.
    public override long Size => 1 + ((Value.Length + Math.Max(0, Start - Previous)) / TextOfNode);

    /// <summary>Whether a reader takes it for a string, whatever the text says.</summary>
    public bool IsQuoted => Style is not (ScalarStyle.Plain or ScalarStyle.Any);

    /// <summary>Whether it is null for every YAML reader.</summary>
    public bool IsNull => !IsQuoted && (Value is "" or "~" or "null" or "Null" or "NULL");

    /// <summary>A string, quoted where some reader would take its text for something else.</summary>
    public static YamlScalar Text(string value) => new(null, 0, 0, value, ScalarText.StyleOf(value));

    /// <summary>A number, boolean or null, as it is.</summary>
    public static YamlScalar Plain(string value) => new(null, 0, 0, value, ScalarStyle.Plain);
}
