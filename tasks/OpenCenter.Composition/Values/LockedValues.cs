using System.Collections.Immutable;
using System.Globalization;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>Holds overrides against the paths that packages lock, and the project's exceptions against the day.</summary>
internal sealed class LockedValues
{
    private const int WarningDays = 30;

    private readonly ClusterInputs _inputs;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, ProjectItem> _allows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public LockedValues(ClusterInputs inputs, DiagnosticBag diagnostics)
    {
        _inputs = inputs;
        _diagnostics = diagnostics;
        foreach (var item in inputs.Settings.Allows)
        {
            _allows.TryAdd(item.Include, item);
            CheckAllow(item);
        }
    }

    public void Check(ReleaseSpec release, ImmutableArray<ValuesLayer> layers)
    {
        foreach (var locked in release.Locked)
        {
            foreach (var layer in layers.Where(layer => layer.Tier == ValuesTier.Override))
            {
                foreach (var (path, node) in At(layer.Values, locked.Path))
                {
                    var allow = $"{release.Name.Value}:{path}";
                    _used.Add(allow);
                    if (!_allows.ContainsKey(allow))
                    {
                        _diagnostics.Add(ValuesDiagnostics.Locked(node.Place, release.Name.Value, path.ToString(), locked.Reason));
                    }
                }
            }
        }
    }

    public void ReportUnused()
    {
        foreach (var (allow, item) in _allows)
        {
            if (!_used.Contains(allow))
            {
                _diagnostics.Add(ValuesDiagnostics.AllowUnused(_inputs.Places.Of(item), allow));
            }
        }
    }

    private void CheckAllow(ProjectItem item)
    {
        if (item["Reason"].Length == 0)
        {
            _diagnostics.Add(ValuesDiagnostics.AllowWithoutReason(_inputs.Places.Of(item), item.Include));
        }

        if (!DateOnly.TryParseExact(item["Expires"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var expires))
        {
            _diagnostics.Add(ValuesDiagnostics.AllowWithoutEnd(_inputs.Places.Of(item), item.Include));
            return;
        }

        var days = expires.DayNumber - _inputs.Settings.Date.DayNumber;
        if (days < 0)
        {
            _diagnostics.Add(ValuesDiagnostics.AllowExpired(_inputs.Places.Of(item), item.Include, item["Expires"]));
        }
        else if (days <= WarningDays)
        {
            _diagnostics.Add(ValuesDiagnostics.AllowExpires(_inputs.Places.Of(item), item.Include, item["Expires"], days));
        }
    }

    // What a layer sets at a locked path: the leaves below it, or the value above it that replaces it whole.
    private static IEnumerable<(KeyPath Path, YamlNode Node)> At(YamlMap values, KeyPath locked)
    {
        YamlNode node = values;
        var path = KeyPath.Root;
        foreach (var key in locked.Keys)
        {
            if (node is not YamlMap map)
            {
                return [(path, node)];
            }

            if (map[key] is not { } next)
            {
                return [];
            }

            (node, path) = (next, path.Add(key));
        }

        return Leaves(node, path);
    }

    private static IEnumerable<(KeyPath Path, YamlNode Node)> Leaves(YamlNode node, KeyPath path) =>
        node is YamlMap map ? map.Entries.SelectMany(entry => Leaves(entry.Value, path.Add(entry.Name))) : [(path, node)];
}
