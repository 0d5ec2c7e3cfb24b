namespace OpenCenter.Composition.Yaml;

/// <summary>The types that a plain scalar can have in YAML 1.2's core schema.</summary>
internal enum Yaml12Type
{
    String,
    Null,
    Boolean,
    Integer,
    Float,
}
