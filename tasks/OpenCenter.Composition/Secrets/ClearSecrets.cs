using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Secrets;

/// <summary>Finds secrets that are not encrypted.</summary>
internal sealed class ClearSecrets(DiagnosticBag diagnostics)
{
    public static void Run(BuiltTree built, DiagnosticBag diagnostics)
    {
        var check = new ClearSecrets(diagnostics);
        foreach (var source in built.Sources)
        {
            foreach (var document in source.File.Documents)
            {
                check.CheckObject(document);
            }
        }
    }

    private void CheckObject(YamlNode document)
    {
        if (document is not YamlMap map || map["sops"] is YamlMap)
        {
            return;
        }

        if (SecretObject.Is(map))
        {
            foreach (var field in (string[])["data", "stringData"])
            {
                foreach (var entry in (map[field] as YamlMap)?.Entries ?? [])
                {
                    if (entry.Value is YamlScalar { IsNull: false, Value.Length: > 0 })
                    {
                        diagnostics.Add(SecretsDiagnostics.SecretInClear(entry.Value.Place, KeyPath.Root.Add(field).Add(entry.Name).ToString()));
                    }
                }
            }
        }
        else if (map.Text("kind") == "List" && map["items"] is YamlList list)
        {
            foreach (var item in list.Items)
            {
                CheckObject(item);
            }
        }
    }
}
