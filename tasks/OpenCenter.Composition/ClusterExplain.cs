using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Output;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition;

/// <summary>Says of effective values who set them, and where. Reads what a build reads; the tree is left alone.</summary>
public sealed class ClusterExplain
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ClusterProject _project;
    private readonly ClusterPlan _plan;
    private readonly ImmutableSortedDictionary<string, EffectiveValues> _values;
    private readonly DiagnosticBag _diagnostics;

    private ClusterExplain(ClusterProject project, ClusterPlan plan, DiagnosticBag diagnostics)
    {
        _project = project;
        _plan = plan;
        _diagnostics = diagnostics;
        _values = ValuesComposer.Compose(plan, new ClusterExceptions(plan.Inputs, diagnostics), diagnostics);
    }

    /// <param name="project">The cluster.</param>
    /// <param name="key"><c>release:path</c>, a release alone for all its values, or empty for the list of releases.</param>
    public static ClusterExplainResult Run(ClusterProject project, string key)
    {
        var diagnostics = new DiagnosticBag();
        if (ClusterInputs.Read(project, diagnostics) is not { } inputs)
        {
            return new ClusterExplainResult(diagnostics.ToSorted(), "", []);
        }

        var plan = ClusterPlanner.Plan(inputs, diagnostics);
        var explain = new ClusterExplain(project, plan, diagnostics);
        ValueOriginsFile.Write(plan, explain._values, diagnostics);
        var (text, values) = explain.Run(key.Trim());
        // Warnings belong to the build; here they would bury the answer.
        return new ClusterExplainResult([.. diagnostics.ToSorted().Where(found => found.Severity == Severity.Error)], text, values);
    }

    private (string Text, ImmutableArray<ExplainedValue> Values) Run(string key)
    {
        if (key.Length == 0)
        {
            return (ListReleases(), [.. ExplainAll()]);
        }

        var colon = key.IndexOf(':', StringComparison.Ordinal);
        var release = colon < 0 ? key : key[..colon];
        var path = colon < 0 ? "" : key[(colon + 1)..];
        if (!_values.TryGetValue(release, out var values))
        {
            _diagnostics.Add(ValuesDiagnostics.UnknownRelease(_plan.Inputs.Places.Project, release, Nearest.Hint(release, _values.Keys)));
            return ("", []);
        }

        var all = ValueOrigin.Of(values);
        var wanted = KeyPath.Root;
        var found = path.Length == 0 || KeyPath.TryParse(path, out wanted) ? all.Where(origin => wanted.Contains(origin.Key)).ToArray() : [];
        if (found.Length == 0)
        {
            _diagnostics.Add(ValuesDiagnostics.NobodySets(_plan.Inputs.Places.Project, release, path, Nearest.Hint(path, Prefixes(all))));
            return ("", []);
        }

        var explained = Explain(release, found).ToImmutableArray();
        return (Text(explained), explained);
    }

    private IEnumerable<ExplainedValue> ExplainAll() => _values.SelectMany(release => Explain(release.Key, ValueOrigin.Of(release.Value)));

    private string ListReleases()
    {
        var text = new StringBuilder("Releases of this cluster; name one with -p:ClusterKey=<release> or -p:ClusterKey=<release>:<key>\n");
        foreach (var service in _plan.Services)
        {
            foreach (var release in service.Descriptor.Components.Select(component => component.Release).Where(release => release is not null))
            {
                var name = release!.Name.Value;
                text.Append(CultureInfo.InvariantCulture, $"  {name,-32} {ValueOrigin.Of(_values[name]).Count,4} values  {service.Package.Id}/{service.Package.Version.ToNormalizedString()}\n");
            }
        }

        return text.ToString();
    }

    private IEnumerable<ExplainedValue> Explain(string release, IEnumerable<ValueOrigin> origins)
    {
        foreach (var origin in origins)
        {
            var hidden = _values[release].HiddenAt(origin.Key);
            foreach (var setter in origin.Setters)
            {
                var (file, package) = (setter.Node.Source?.Path ?? "", setter.Layer.Package);
                yield return new ExplainedValue(
                    release, origin.Key.ToString(), Json(origin.Shown(setter)), setter.Layer.Tier.ToString().ToLowerInvariant(),
                    package?.Id ?? "", package?.Version.ToNormalizedString() ?? "", package?.RelativePath(file) ?? _project.RelativePath(file),
                    setter.Node.Line, setter.Node.Column, setter.Wins && hidden is null);
            }

            if (hidden is not null)
            {
                yield return new ExplainedValue(release, origin.Key.ToString(), "(encrypted)", "encrypted", "", "", _project.RelativePath(hidden.Source!.Path), hidden.Line, hidden.Column, true);
            }
        }
    }

    private static IEnumerable<string> Prefixes(IEnumerable<ValueOrigin> origins) =>
        origins.SelectMany(origin => Enumerable.Range(1, origin.Key.Keys.Length).Select(length => new KeyPath(origin.Key.Keys[..length]).ToString())).Distinct();

    private static string Json(YamlNode node)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Compact))
        {
            ValuesJson.Write(json, node);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Text(ImmutableArray<ExplainedValue> values)
    {
        var text = new StringBuilder();
        foreach (var key in values.GroupBy(value => value.Key, StringComparer.Ordinal))
        {
            var winners = key.Where(value => value.Wins).ToArray();
            text.Append(CultureInfo.InvariantCulture, $"{key.First().Release}:{key.Key} = {(winners.Length == 1 ? winners[0].Value : "(merged)")}\n");
            foreach (var value in key.Reverse())
            {
                text.Append(CultureInfo.InvariantCulture, $"  {(value.Wins ? "set by" : "before")}  {value.Tier,-10}  {value.Place}{(value.Wins && winners.Length == 1 ? "" : $"  {value.Value}")}\n");
            }
        }

        return text.ToString();
    }
}
