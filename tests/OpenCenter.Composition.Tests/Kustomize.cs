using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>What a folder becomes when Flux builds it.</summary>
internal static class Kustomize
{
    // Most folders are the same in every cluster of the catalogue, and a process costs more than all else in a test.
    private static readonly ConcurrentDictionary<string, YamlMap[]> Built = new(StringComparer.Ordinal);

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

    /// <summary>What Flux makes of a folder without a kustomization: of every YAML file, and of a folder that has one of its own.</summary>
    public static YamlMap[] RunAsFluxWould(string folder, params (string Path, string Text)[] more)
    {
        var copy = Directory.CreateTempSubdirectory("flux-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*.yaml"))
            {
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }

            foreach (var (path, text) in more)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, path))!);
                File.WriteAllText(Path.Combine(copy, path), text);
            }

            File.WriteAllText(Path.Combine(copy, "kustomization.yaml"), $"resources: [{string.Join(", ", Directory.EnumerateFileSystemEntries(copy).Select(Path.GetFileName).Order(StringComparer.Ordinal))}]\n");
            return Run(copy);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    public static YamlMap[] Run(string folder) => Built.GetOrAdd(ContentOf(folder), _ => RunAnew(folder));

    private static YamlMap[] RunAnew(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", "--load-restrictor", "LoadRestrictionsNone", folder]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var built = Encoding.UTF8.GetBytes(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        var diagnostics = new DiagnosticBag();
        var objects = YamlReader.Read(new SourceFile(folder, built), diagnostics);
        Assert.Empty(diagnostics.ToSorted());
        return [.. objects!.Value.Cast<YamlMap>()];
    }

    private static string ContentOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(folder, file)}\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
