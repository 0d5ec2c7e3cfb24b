namespace OpenCenter.Composition.Yaml;

/// <summary>One key of a map and its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    public string Name => Key.Value;

    /// <summary>This entry with a value; itself where it has that one.</summary>
    public YamlEntry With(YamlNode value) => ReferenceEquals(value, Value) ? this : this with { Value = value };
}
