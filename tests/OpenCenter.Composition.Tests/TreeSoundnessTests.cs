using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>Read from the committed trees alone, as Flux does.</summary>
public sealed class TreeSoundnessTests
{
    public static TheoryData<string> Trees { get; } = ["samples/kind-cluster/flux", "samples/prod-cluster/flux", "samples/vsphere-cluster/flux"];

    [Theory]
    [MemberData(nameof(Trees))]
    public void Everything_that_is_named_is_there(string tree)
    {
        var objects = Objects(tree);
        var known = objects.Select(item => $"{item.Text("kind")}/{item.Text("metadata", "namespace")}/{item.Text("metadata", "name")}").ToHashSet(StringComparer.Ordinal);
        known.Add("GitRepository/flux-system/flux-system");
        var missing = new List<string>();
        var references = 0;
        foreach (var item in objects.Where(item => item.Text("kind") is "Kustomization" or "HelmRelease"))
        {
            var (ns, spec) = (item.Text("metadata", "namespace")!, (YamlMap)item["spec"]!);
            Require(spec["sourceRef"], null);
            Require(spec["chartRef"], null);
            Require((((spec["chart"] as YamlMap)?["spec"] as YamlMap)?["sourceRef"]), null);
            foreach (var entry in Items(spec["dependsOn"]))
            {
                Require(entry, item.Text("kind"));
            }

            foreach (var entry in Items(spec["valuesFrom"]))
            {
                Require(entry, null);
            }

            void Require(YamlNode? reference, string? kind)
            {
                if (reference is YamlMap map)
                {
                    references++;
                    var id = $"{kind ?? map.Text("kind")}/{map.Text("namespace") ?? ns}/{map.Text("name")}";
                    if (!known.Contains(id))
                    {
                        missing.Add($"{item.Text("metadata", "name")} → {id}");
                    }
                }
            }
        }

        Assert.Equal([], missing);
        Assert.True(references > 30, $"{references} references");
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void No_Kustomization_waits_for_itself(string tree)
    {
        var waits = Objects(tree).Where(item => item.Text("kind") == "Kustomization" && item.Text("apiVersion")!.StartsWith("kustomize.toolkit", StringComparison.Ordinal))
            .ToDictionary(item => item.Text("metadata", "name")!, item => Items(((YamlMap)item["spec"]!)["dependsOn"]).Select(entry => ((YamlMap)entry).Text("name")!).ToArray());
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (waits.Keys.FirstOrDefault(name => !done.Contains(name) && waits[name].All(done.Contains)) is { } next)
        {
            done.Add(next);
        }

        Assert.Equal(waits.Keys.Order(StringComparer.Ordinal), done.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void Every_namespace_has_one_owner_and_a_Pod_Security_level(string tree)
    {
        var objects = Objects(tree);
        var namespaces = objects.Where(item => item.Text("kind") == "Namespace").ToArray();

        Assert.NotEmpty(namespaces);
        Assert.Equal(namespaces.Length, namespaces.DistinctBy(item => item.Text("metadata", "name")).Count());
        Assert.All(namespaces, item => Assert.Contains(item.Text("metadata", "labels", "pod-security.kubernetes.io/enforce"), (string[])["restricted", "baseline", "privileged"]));
        var used = objects.Select(item => item.Text("metadata", "namespace")).OfType<string>().Distinct();
        Assert.Empty(used.Except(namespaces.Select(item => item.Text("metadata", "name")!)).Except(["flux-system", "kube-system", "default"]));
    }

    // Every object of the tree, and the Secrets that kustomize makes.
    private static YamlMap[] Objects(string tree)
    {
        var root = Path.Combine(Needs.Repository, tree);
        var documents = Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories)
            .Where(file => !Path.GetFileName(file).StartsWith("values", StringComparison.Ordinal) && !file.Contains("/patches/", StringComparison.Ordinal))
            .SelectMany(file => YamlReader.Read(new SourceFile(file, File.ReadAllBytes(file)), new DiagnosticBag())!.Value)
            .OfType<YamlMap>()
            .ToArray();
        var generated = documents.SelectMany(item => Items(item["secretGenerator"])).Cast<YamlMap>()
            .Select(item => YamlMap.Of(("kind", "Secret"), ("metadata", YamlMap.Of(("name", item["name"]), ("namespace", item["namespace"])))));
        return [.. documents.Where(item => item.Text("metadata", "name") is not null), .. generated];
    }

    private static ImmutableArray<YamlNode> Items(YamlNode? node) => (node as YamlList)?.Items ?? [];
}
