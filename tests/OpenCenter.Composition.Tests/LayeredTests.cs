using System.Diagnostics;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>A team can move over in Layered mode, one Secret a tier, and merge later: nothing changes in its releases.</summary>
public sealed class LayeredTests
{
    public static TheoryData<string> Samples => [.. Directory.EnumerateDirectories(Path.Combine(Needs.Repository, "samples"), "*-cluster").Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [MemberData(nameof(Samples))]
    public void Layered_and_Merged_compose_to_the_same_values(string sample)
    {
        Needs.Packages();
        var folder = Directory.CreateTempSubdirectory("layered-").FullName;
        try
        {
            var source = Path.Combine(Needs.Repository, "samples", sample);
            foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => !Path.GetRelativePath(source, file).StartsWith("obj", StringComparison.Ordinal) && !Path.GetRelativePath(source, file).StartsWith("flux", StringComparison.Ordinal)))
            {
                var copy = Path.Combine(folder, Path.GetRelativePath(source, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            File.Copy(Path.Combine(Needs.Repository, "global.json"), Path.Combine(folder, "global.json"));
            File.WriteAllText(Path.Combine(folder, "nuget.config"), $"<configuration><packageSources><clear /><add key=\"local\" value=\"{Needs.Repository}/artifacts/packages\" /></packageSources></configuration>");
            Build(folder);

            var releases = Directory.EnumerateFiles(Path.Combine(folder, "flux/components"), "helmrelease.yaml", SearchOption.AllDirectories).ToArray();
            Assert.NotEmpty(releases);
            Assert.Contains(releases, release => Directory.EnumerateFiles(Path.GetDirectoryName(release)!, "values-*.yaml").Count() > 1);
            Assert.All(releases, release =>
            {
                var component = Path.GetRelativePath(folder, Path.GetDirectoryName(release)!);
                Assert.Equal(Text(Path.Combine(source, component), "values.yaml"), Text(Path.Combine(folder, component), TierFiles(Path.Combine(folder, component))));
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // In the order in which the HelmRelease names them, through the keys that the Secrets give them.
    private static string[] TierFiles(string component)
    {
        var generators = ((YamlList?)Read(component, "kustomization.yaml")["secretGenerator"])?.Items.Cast<YamlMap>().ToDictionary(
            generator => generator.Text("name")!,
            generator => ((YamlList)generator["files"]!).Items.Select(file => ((YamlScalar)file).Value.Split('=')).ToDictionary(file => file[0], file => file[^1]));
        return [.. (((YamlMap)Read(component, "helmrelease.yaml")["spec"]!)["valuesFrom"] as YamlList)?.Items.Cast<YamlMap>()
            // One value of a Secret that the cluster brings.
            .Where(entry => entry["targetPath"] is null)
            .Select(entry => generators![entry.Text("name")!][entry.Text("valuesKey")!])
            .Where(file => !file.EndsWith(".sops.yaml", StringComparison.Ordinal)) ?? []];
    }

    private static string Text(string component, params string[] files) => System.Text.Encoding.UTF8.GetString(YamlWriter.Write(
        files.Where(file => File.Exists(Path.Combine(component, file))).Aggregate(YamlMap.Of(), (merged, file) => new ValuesMerge([]).Merge(merged, Read(component, file)))));

    private static YamlMap Read(string component, string file) =>
        (YamlMap)YamlReader.ReadSingle(new SourceFile(file, File.ReadAllBytes(Path.Combine(component, file))), new DiagnosticBag())!;

    private static void Build(string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["build", "--tl:off", "-p:FluxValuesMode=Layered", "-p:FluxPath=./flux"]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["NUGET_PACKAGES"] = Path.Combine(Needs.Repository, "artifacts/package-folder");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal) || name.StartsWith("MSBUILD_", StringComparison.Ordinal) || name is "MSBuildSDKsPath" or "MSBUILDEXTENSIONSPATH").ToArray())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
    }
}
