using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Secrets;

/// <summary>A Kubernetes Secret: everything below its <c>data</c> and <c>stringData</c> is secret.</summary>
internal static class SecretObject
{
    public static bool Is(YamlNode node) => node is YamlMap map && map.Text("kind") == "Secret" && map.Text("apiVersion") == "v1";

    public static bool HasData(YamlNode node) => Is(node) && node is YamlMap map && (map["data"] is YamlMap { Entries.IsEmpty: false } || map["stringData"] is YamlMap { Entries.IsEmpty: false });
}
