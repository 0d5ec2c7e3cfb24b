using System.Diagnostics;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>What a folder becomes when Flux builds it.</summary>
internal static class Kustomize
{
    /// <summary>The one object of that kind that a component becomes.</summary>
    public static YamlMap Object(TestCluster cluster, string component, string kind) =>
        Run(Path.Combine(cluster.TreePath, "components", component)).Single(item => item.Text("kind") == kind);

    /// <summary>What a kustomization makes of these objects.</summary>
    public static YamlMap[] Build(YamlMap kustomization, params string[] objects)
    {
        var folder = Directory.CreateTempSubdirectory("kustomize-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "objects.yaml"), string.Join("---\n", objects));
            File.WriteAllBytes(Path.Combine(folder, "kustomization.yaml"), YamlWriter.Write(YamlMap.Of(
                [("resources", YamlList.Of("objects.yaml")), .. kustomization.Entries.Select(entry => (entry.Name, (YamlNode?)entry.Value))])));
            return Run(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static YamlMap[] Run(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", "--load-restrictor", "LoadRestrictionsNone", folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var built = System.Text.Encoding.UTF8.GetBytes(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return [.. YamlReader.Read(new SourceFile(folder, built), new DiagnosticBag())!.Value.Cast<YamlMap>()];
    }
}
