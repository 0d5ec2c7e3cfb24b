namespace OpenCenter.Composition.Yaml;

/// <summary>One key of a map and its value.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    public string Name => Key.Value;
}
