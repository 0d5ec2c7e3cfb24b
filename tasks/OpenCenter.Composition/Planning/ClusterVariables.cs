using System.Globalization;
using System.Text;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Planning;

/// <summary>The values of <c>${cluster.…}</c>: the cluster's own, every ClusterVariable, every setting of a service and its version.</summary>
internal sealed class ClusterVariables
{
    public const string Prefix = "${cluster.";

    // A setting's default may name variables; what goes round in a circle is cut here.
    private const int MaxDepth = 8;

    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);

    /// <summary>Null for a property that the project leaves out: naming it is then an error that says so.</summary>
    private ClusterVariables(ClusterSettings settings)
    {
        _values["name"] = settings.Name;
        _values["domain"] = settings.Domain;
        _values["provider"] = settings.Provider;
        _values["edition"] = settings.Edition;
        foreach (var (name, item) in settings.Variables)
        {
            _values[name] = item["Value"];
        }
    }

    /// <summary>By name; null for one that the project leaves out.</summary>
    public IReadOnlyDictionary<string, string?> All => _values;

    public static ClusterVariables Read(ClusterInputs inputs, IEnumerable<PlannedService> services, DiagnosticBag diagnostics)
    {
        var variables = new ClusterVariables(inputs.Settings);
        foreach (var service in services)
        {
            variables.AddSettings(inputs, service, diagnostics);
        }

        return variables;
    }

    /// <summary>Replaces every variable in a text. <paramref name="placeOf"/> gives the place of a variable by its text.</summary>
    public string Expand(string text, Func<string, Place> placeOf, DiagnosticBag diagnostics) => Expand(text, placeOf, diagnostics, 0);

    /// <summary>Whether the text is one variable and nothing else, so that a plain scalar keeps the value's type.</summary>
    public static bool IsSingle(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.IndexOf('}', StringComparison.Ordinal) == text.Length - 1;

    private void AddSettings(ClusterInputs inputs, PlannedService service, DiagnosticBag diagnostics)
    {
        var settings = service.Descriptor.Settings;
        var prefix = service.Name + ".";
        _values[prefix + VersionTemplate.Variable] = VersionTemplate.Of(service.Package.Version);
        foreach (var (name, item) in inputs.Settings.Variables.Where(variable => variable.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            if (settings.FirstOrDefault(setting => prefix + setting.Name.Value == name) is not { } known)
            {
                diagnostics.Add(ProjectDiagnostics.UnknownSetting(inputs.Places.Of(item), service.Name, name,
                    Nearest.Hint(name, settings.Select(setting => prefix + setting.Name.Value))));
            }
            else if (!Fits(item["Value"], known))
            {
                diagnostics.Add(ProjectDiagnostics.WrongSetting(inputs.Places.Of(item), name, item["Value"], Expected(known), known.Example));
            }
        }

        foreach (var setting in settings)
        {
            var name = prefix + setting.Name.Value;
            if (setting.Profile is { } profile && profile != service.Profile)
            {
                continue;
            }

            if (setting.Default is { } fallback)
            {
                _values.TryAdd(name, fallback.Value);
            }
            else if (!_values.ContainsKey(name))
            {
                diagnostics.Add(ProjectDiagnostics.MissingSetting(inputs.PlaceOf(service.Package.Id), service.Name, setting.Name.Value, setting.Description, setting.Example));
                _values[name] = setting.Example;
            }
        }
    }

    private string Expand(string text, Func<string, Place> placeOf, DiagnosticBag diagnostics, int depth)
    {
        var at = text.IndexOf(Prefix, StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        var expanded = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        for (; at >= 0; at = rest.IndexOf(Prefix, StringComparison.Ordinal))
        {
            if (at > 0 && rest[at - 1] == '$')
            {
                // $${cluster.x} is the text ${cluster.x}.
                expanded.Append(rest[..(at - 1)]).Append(Prefix);
                rest = rest[(at + Prefix.Length)..];
                continue;
            }

            expanded.Append(rest[..at]);
            rest = rest[(at + Prefix.Length)..];
            var end = rest.IndexOf('}');
            var name = end < 0 ? "" : rest[..end].ToString();
            expanded.Append(ValueOf(name, placeOf, diagnostics, depth));
            rest = rest[(end + 1)..];
        }

        return expanded.Append(rest).ToString();
    }

    private string ValueOf(string name, Func<string, Place> placeOf, DiagnosticBag diagnostics, int depth)
    {
        if (depth < MaxDepth && _values.TryGetValue(name, out var value) && value is not null)
        {
            return Expand(value, _ => placeOf(name), diagnostics, depth + 1);
        }

        diagnostics.Add(name switch
        {
            "domain" => ProjectDiagnostics.NoDomain(placeOf(name)),
            "provider" => ProjectDiagnostics.BadProperty(placeOf(name), "ClusterProvider", "", "set where ${cluster.provider} is used"),
            _ => ProjectDiagnostics.UnknownVariable(placeOf(name), name, Nearest.Hint(name, _values.Keys)),
        });
        return "";
    }

    private static bool Fits(string value, SettingSpec setting) =>
        setting.OneOf.IsEmpty ? HasType(value, setting.Type) : setting.OneOf.Contains(value);

    private static string Expected(SettingSpec setting) =>
        setting.OneOf.IsEmpty ? TypeName(setting.Type) : $"one of {string.Join(", ", setting.OneOf)}";

    private static bool HasType(string value, SettingType type) => type switch
    {
        SettingType.Integer => Yaml12.TypeOf(value) == Yaml12Type.Integer,
        SettingType.Number => Yaml12.TypeOf(value) is Yaml12Type.Integer or Yaml12Type.Float,
        SettingType.Boolean => Yaml12.TypeOf(value) == Yaml12Type.Boolean,
        _ => true,
    };

    private static string TypeName(SettingType type) =>
        string.Create(CultureInfo.InvariantCulture, $"{(type == SettingType.Integer ? "an" : "a")} {type.ToString().ToLowerInvariant()}");
}
