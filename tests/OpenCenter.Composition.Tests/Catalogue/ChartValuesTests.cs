using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests.Catalogue;

/// <summary>What the catalogue sets, held against what the charts' authors publish.</summary>
public sealed class ChartValuesTests
{
    [SkippableFact]
    public void Every_chart_with_a_schema_accepts_its_effective_values()
    {
        Needs.SharedData();
        var charts = CatalogueService.All.SelectMany(service => service.Releases.Select(release => (Release: release.Text("name")!, Chart: PublishedChart.Of(service, release))))
            .Where(pair => File.Exists(pair.Chart?.SchemaFile)).ToDictionary(pair => pair.Release, pair => pair.Chart!, StringComparer.Ordinal);

        var refused = charts.SelectMany(release => Refusals(release.Value, ReleaseValues.Of(release.Key))).ToArray();

        Assert.True(refused.Length == 0, string.Join('\n', refused));
        // All that publish one at their version in the catalogue.
        Assert.Equal(["cert-manager", "headlamp", "istio-gateway", "loki", "metallb", "opentelemetry-kube-stack", "velero"], charts.Values.Select(chart => chart.Name).Order(StringComparer.Ordinal));
    }

    // One that is not of the chart that is installed would let through what that one has lost.
    [Fact]
    public void Every_shape_is_of_the_version_that_is_installed()
    {
        foreach (var service in CatalogueService.All)
        {
            // A chart in a Git repository has its version in its tag.
            foreach (var release in service.Releases.Where(release => release.Text("source", "kind") != "GitRepository"))
            {
                var file = Path.Combine(ContentCluster.Folder(service.Name), $"chart/{release.Text("name")}.shape.json");
                if (File.Exists(file))
                {
                    Assert.Equal((service.Name, PublishedChart.VersionOf(service, release)), (service.Name, JsonElement.Parse(File.ReadAllBytes(file)).GetProperty("version").GetString()));
                }
            }
        }
    }

    // A copy of a default says nothing today, and holds a chart's next version to what this one meant.
    [SkippableFact]
    public void Nothing_set_is_what_it_would_be_anyway_unless_a_comment_says_why_it_is_pinned()
    {
        Needs.SharedData();
        var copies = new List<string>();
        var unknown = new List<string>();
        foreach (var service in CatalogueService.All)
        {
            foreach (var release in service.Releases)
            {
                var defaults = PublishedChart.Of(service, release)?.Defaults;
                if (defaults is null)
                {
                    unknown.Add(release.Text("name")!);
                }

                copies.AddRange(Copies(defaults ?? YamlMap.Of(), ReadAll(service, release)));
            }
        }

        Assert.True(copies.Count == 0, string.Join('\n', copies));
        // The licence of the one keeps its values in their place, and the other's are known from a changed copy only.
        Assert.Equal(["mimir", "vsphere-csi"], unknown);
    }

    private static IEnumerable<string> Copies(YamlMap defaults, YamlMap[] files)
    {
        var profiles = files.Where(IsProfile).ToArray();
        var below = files.FirstOrDefault(IsBase) is { } low ? new ValuesMerge([]).Merge(defaults, low) : defaults;
        return from file in files
               from leaf in Leaves(file, KeyPath.Root, isPinned: false)
               where !leaf.IsPinned && (IsBase(file) ? defaults : below).At(leaf.Path) is { } under && ReleaseValues.Json(under) == ReleaseValues.Json(leaf.Value)
               // Where a profile sets it too, this tier may set it back.
               where IsBase(file) || IsProfile(file) || profiles.All(profile => profile.At(leaf.Path) is null)
               select $"{Path.GetRelativePath(Needs.Repository, file.Source!.Path)}:{leaf.Value.Line} {leaf.Path} is {ReleaseValues.Json(leaf.Value)} without it";
    }

    private static bool IsBase(YamlMap file) => Path.GetFileName(file.Source!.Path) == "base.yaml";

    private static bool IsProfile(YamlMap file) => Path.GetFileName(file.Source!.Path) is "ha.yaml" or "minimal.yaml";

    private static YamlMap[] ReadAll(CatalogueService service, YamlMap release)
    {
        var values = Path.Combine(ContentCluster.Folder(service.Name), "values");
        var folder = service.Releases.Skip(1).Any() || Directory.Exists(Path.Combine(values, release.Text("name")!)) ? Path.Combine(values, release.Text("name")!) : values;
        return !Directory.Exists(folder) ? [] :
        [
            .. Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(file => (YamlMap)YamlReader.ReadSingle(new SourceFile(file, File.ReadAllBytes(file)), new DiagnosticBag())!),
        ];
    }

    private static IEnumerable<(KeyPath Path, YamlNode Value, bool IsPinned)> Leaves(YamlMap map, KeyPath path, bool isPinned) => map.Entries.SelectMany(entry =>
    {
        var isPinnedHere = isPinned || Comment(entry.Key).Contains("pinned", StringComparison.OrdinalIgnoreCase);
        return entry.Value is YamlMap { Entries.IsEmpty: false } below ? Leaves(below, path.Add(entry.Name), isPinnedHere) : [(path.Add(entry.Name), entry.Value, isPinnedHere)];
    });

    // On its line, or on those directly above it.
    private static string Comment(YamlScalar key)
    {
        var lines = key.Source!.Text.Split('\n');
        var own = lines[key.Line - 1].Split(" #", 2).ElementAtOrDefault(1) ?? "";
        return string.Join('\n', lines.Take(key.Line - 1).Reverse().TakeWhile(line => line.TrimStart().StartsWith('#')).Append(own));
    }

    private static IEnumerable<string> Refusals(PublishedChart chart, IReadOnlyCollection<YamlMap> effective)
    {
        // Some name a draft that there isn't; what they use is in this one.
        var text = JsonNode.Parse(File.ReadAllBytes(chart.SchemaFile))!.AsObject();
        text.Remove("$schema");
        var schema = JsonSchema.FromText(text.ToJsonString());
        var defaults = chart.Defaults!;
        Assert.NotEmpty(effective);
        return effective
            // As Helm does: over the chart's own, and a null takes a key away.
            .Select(values => schema.Evaluate(JsonElement.Parse(ReleaseValues.Json(WithoutNulls(new ValuesMerge([]).Merge(defaults, values)))), new EvaluationOptions { EvaluateAs = SpecVersion.Draft7, OutputFormat = OutputFormat.List }))
            .Where(result => !result.IsValid)
            .SelectMany(result => result.Details)
            .Where(found => found.Errors is not null)
            .SelectMany(found => found.Errors!.Select(error => $"{chart.Name}: {found.InstanceLocation} {error.Value}"));
    }

    private static YamlNode WithoutNulls(YamlNode node) => node switch
    {
        YamlMap map => map with { Entries = [.. map.Entries.Where(entry => entry.Value is not YamlScalar { IsNull: true }).Select(entry => entry with { Value = WithoutNulls(entry.Value) })] },
        _ => node,
    };
}
