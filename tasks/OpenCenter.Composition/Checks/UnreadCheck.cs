using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Values;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Checks;

/// <summary>
/// No Secret that nobody reads: most often its name is wrong, and what should read it goes on without. Read is what a field
/// refers to, what a service says that it reads, and what a value or an object names anywhere in a text.
/// </summary>
internal sealed class UnreadCheck
{
    // What everybody writes on everything, so that nobody selects by it.
    private static readonly ImmutableArray<string> Descriptive =
        ["app", "app.kubernetes.io/", "helm.sh/", "opencenter.io/", "kubectl.kubernetes.io/", "kustomize.toolkit.fluxcd.io/", "reconcile.fluxcd.io/"];

    private readonly ClusterPlan _plan;
    private readonly KnownObjects _known;
    private readonly Dictionary<string, List<TreeObject>> _unread = new(StringComparer.Ordinal);
    private TreeObject? _reading;

    private UnreadCheck(ClusterPlan plan, KnownObjects known)
    {
        _plan = plan;
        _known = known;
    }

    public static void Run(
        ClusterPlan plan, ImmutableSortedDictionary<string, EffectiveValues> values, BuiltTree built, KnownObjects known, DiagnosticBag diagnostics)
    {
        var check = new UnreadCheck(plan, known);
        foreach (var item in built.Objects)
        {
            if (item is { Kind: "Secret", Group: "", Node.Source: not null } && check.MayBeUnread(item, values))
            {
                if (!check._unread.TryGetValue(item.Name, out var same))
                {
                    check._unread.Add(item.Name, same = []);
                }

                same.Add(item);
            }
        }

        if (check._unread.Count > 0)
        {
            check.Read(values, built);
            check.Report(diagnostics);
        }
    }

    private bool MayBeUnread(TreeObject item, ImmutableSortedDictionary<string, EffectiveValues> values)
    {
        if (_known.Referenced.Contains(item.Id) || _known.Declared.Contains(item.Id) || (item.WrittenName is { } written && _known.Referenced.Contains(item.Id with { Name = written })))
        {
            return false;
        }

        // Whoever looks for a label, an annotation or a type finds it by that.
        var metadata = (YamlMap)item.Node["metadata"]!;
        if (Selects(metadata["labels"]) || Selects(metadata["annotations"])
            || item.Node.Text("type") is not (null or "Opaque" or "kubernetes.io/tls" or "kubernetes.io/dockerconfigjson" or "kubernetes.io/basic-auth" or "kubernetes.io/ssh-auth"))
        {
            return false;
        }

        // Nobody here sees what an encrypted tier names, or what a Git source brings.
        return !_plan.Services.Any(service => service.Namespace == item.Namespace && service.Descriptor.Components.Any(component =>
            component.Git is not null || (component.Release is { } release && values.TryGetValue(release.Name.Value, out var effective) && effective.Encrypted is not null && Belongs(item, service))));
    }

    private bool Belongs(TreeObject item, PlannedService service) =>
        _plan.Kustomizations.Any(planned => planned.Name == item.Owner && planned.Service == service);

    private static bool Selects(YamlNode? marks)
    {
        foreach (var entry in (marks as YamlMap)?.Entries ?? [])
        {
            if (!Descriptive.Any(prefix => prefix[^1] == '/' ? entry.Name.StartsWith(prefix, StringComparison.Ordinal) : entry.Name == prefix))
            {
                return true;
            }
        }

        return false;
    }

    private void Read(ImmutableSortedDictionary<string, EffectiveValues> values, BuiltTree built)
    {
        foreach (var effective in values.Values)
        {
            Read(effective.Merged);
        }

        foreach (var item in built.Objects)
        {
            _reading = item;
            foreach (var entry in item.Node.Entries)
            {
                switch (entry.Name)
                {
                    case "apiVersion" or "kind" or "sops":
                        break;
                    case "metadata":
                        Read((entry.Value as YamlMap)?["annotations"]);
                        break;
                    default:
                        Read(entry.Value);
                        break;
                }
            }

            if (_unread.Count == 0)
            {
                return;
            }
        }
    }

    private void Read(YamlNode? node)
    {
        switch (node)
        {
            case YamlMap map:
                foreach (var entry in map.Entries)
                {
                    Read(entry.Value);
                }

                break;
            case YamlList list:
                foreach (var item in list.Items)
                {
                    Read(item);
                }

                break;
            case YamlScalar scalar:
                Read(scalar.Value);
                break;
            default:
                break;
        }
    }

    // A whole text, or a word of it: --secret=shop/web, web:key.
    private void Read(string text)
    {
        for (var start = 0; start < text.Length && _unread.Count > 0; start++)
        {
            var end = start;
            while (end < text.Length && (char.IsAsciiLetterLower(text[end]) || char.IsAsciiDigit(text[end]) || text[end] is '-' or '.'))
            {
                end++;
            }

            if (end > start)
            {
                var word = start == 0 && end == text.Length ? text : text[start..end].Trim('-', '.');
                // An object that names itself reads nothing.
                if (_unread.TryGetValue(word, out var same) && (same.Count > 1 || !ReferenceEquals(same[0], _reading)))
                {
                    _unread.Remove(word);
                }

                start = end;
            }
        }
    }

    private void Report(DiagnosticBag diagnostics)
    {
        foreach (var item in _unread.Values.SelectMany(same => same))
        {
            diagnostics.Add(ManifestDiagnostics.Unread(item.Place, item.ToString(), $"v1/Secret/{item.Namespace}/{item.Name}", _known.Missed(item.Id)));
        }
    }
}
