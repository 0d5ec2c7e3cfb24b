namespace OpenCenter.Composition.Diagnostics;

/// <summary>What can be wrong with a YAML file as such.</summary>
internal static class YamlDiagnostics
{
    public static Diagnostic NotYaml(Place place, string reason) =>
        new("OC3001", Severity.Error, $"This is not YAML: {reason}.", place);

    public static Diagnostic DuplicateKey(Place place, string key) =>
        new("OC3002", Severity.Error, $"The key '{key}' stands twice in this map; remove one. Flux and Helm would silently keep the last.", place);

    public static Diagnostic NotUtf8(string file) =>
        new("OC3003", Severity.Error, "This file is not UTF-8 text; save it as UTF-8.", new Place(file));

    public static Diagnostic SecondDocument(Place place) =>
        new("OC3004", Severity.Error, "A second YAML document begins here. Only the first would be read and the rest lost; join them, or remove the '---' line.", place);
}
