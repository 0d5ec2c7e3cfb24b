using System.Globalization;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;

namespace OpenCenter.Composition.Planning;

/// <summary>The project's ClusterAllow items, held against the day; knows which of them something needs.</summary>
internal sealed class ClusterExceptions
{
    private const int WarningDays = 30;

    private readonly ClusterInputs _inputs;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, ProjectItem> _allows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public ClusterExceptions(ClusterInputs inputs, DiagnosticBag diagnostics)
    {
        _inputs = inputs;
        _diagnostics = diagnostics;
        foreach (var item in inputs.Settings.Allows)
        {
            _allows.TryAdd(item.Include, item);
            Check(item);
        }
    }

    /// <summary>Whether an item allows what stands at a place: <c>cert-manager:webhook.hostNetwork</c>.</summary>
    public bool Allows(string what)
    {
        lock (_used)
        {
            _used.Add(what);
        }

        return _allows.ContainsKey(what);
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

    private void Check(ProjectItem item)
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
}
