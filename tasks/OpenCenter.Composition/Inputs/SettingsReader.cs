using System.Collections.Immutable;
using System.Globalization;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Output;

namespace OpenCenter.Composition.Inputs;

/// <summary>Checks a project's properties and items, all of them, and gives them types.</summary>
internal sealed class SettingsReader(ClusterProject project, ProjectPlaces places, DiagnosticBag diagnostics)
{
    // What an item may say, in the order of docs/reference/cluster-project.md.
    private static readonly Dictionary<string, string[]> Metadata = new(StringComparer.Ordinal)
    {
        ["ClusterService"] = ["Interval", "Timeout", "Suspend", "DependsOn", "Profile", "PodSecurity", "ProvidedExternally"],
        ["ClusterCapability"] = ["Service", "ProvidedExternally"],
        ["ClusterVariable"] = ["Value"],
        ["ClusterValues"] = [],
        ["ClusterExternal"] = [],
        ["ClusterRemoval"] = [],
        ["ClusterAllow"] = ["Reason", "Expires"],
        ["ClusterSchemas"] = [],
    };

    private static readonly string[] ReservedVariables = ["name", "domain", "provider", "edition"];

    public static ClusterSettings Read(ClusterProject project, ProjectPlaces places, DiagnosticBag diagnostics) =>
        new SettingsReader(project, places, diagnostics).Read();

    private ClusterSettings Read()
    {
        ProjectNames.Check(project, places, diagnostics);
        CheckMetadata();
        return ReadSettings();
    }

    private ClusterSettings ReadSettings() => new()
    {
        Name = Checked("ClusterName", project.ClusterName, "", "a DNS-1123 label: lower-case letters, digits and '-'", name => Names.IsLabel(name)),
        Domain = project.ClusterDomain.Length == 0
            ? null
            : Checked("ClusterDomain", project.ClusterDomain, "", "a DNS name such as prod.example.com", Names.IsSubdomain),
        Provider = project.ClusterProvider.Length == 0 ? null : Word("ClusterProvider", project.ClusterProvider, "", [.. ClusterSettings.Providers]),
        IsEnterprise = Word("ClusterEdition", project.ClusterEdition, "community", "community", "enterprise") == "enterprise",
        Profile = Word("ClusterProfile", project.ClusterProfile, "ha", "ha", "minimal") == "minimal" ? Profile.Minimal : Profile.Ha,
        ValuesOrder = ReadValuesOrder(),
        Date = ReadDate("ClusterDate", project.ClusterDate),
        IsLayered = Word("FluxValuesMode", project.FluxValuesMode, "Merged", "Merged", "Layered") == "Layered",
        TreeMode = Enum.Parse<FluxTreeMode>(Word("FluxTreeMode", project.FluxTreeMode, "Write", "Write", "Check", "Overwrite")),
        FluxPath = ReadFluxPath(),
        FluxNamespace = Checked("FluxNamespace", project.FluxNamespace, "flux-system", "a DNS-1123 label", name => Names.IsLabel(name)),
        SourceKind = Word("FluxSourceKind", project.FluxSourceKind, "GitRepository", "GitRepository", "OCIRepository", "Bucket"),
        SourceName = Checked("FluxSourceName", project.FluxSourceName, "flux-system", "a DNS-1123 subdomain", Names.IsSubdomain),
        FluxVersion = ReadFluxVersion(),
        Interval = Duration("FluxInterval", project.FluxInterval, "5m"),
        RetryInterval = Duration("FluxRetryInterval", project.FluxRetryInterval, "1m"),
        Timeout = Duration("FluxTimeout", project.FluxTimeout, "10m"),
        DecryptionSecret = Checked("FluxDecryptionSecret", project.FluxDecryptionSecret, "sops-age", "a DNS-1123 subdomain", Names.IsSubdomain),
        Services = Unique("ClusterService").ToImmutableDictionary(item => item.Include, ReadService),
        Capabilities = Unique("ClusterCapability").ToImmutableDictionary(item => item.Include, ReadCapability),
        Variables = Unique("ClusterVariable").Where(IsVariable).ToImmutableDictionary(item => item.Include),
        PackageReferences = [.. Items("PackageReference")],
        ValuesDirectories = [.. Items("ClusterValues")],
        Externals = [.. Items("ClusterExternal")],
        Removals = [.. Items("ClusterRemoval")],
        Allows = [.. Items("ClusterAllow")],
        Schemas = [.. Items("ClusterSchemas")],
    };

    private void CheckMetadata()
    {
        foreach (var item in project.Items)
        {
            if (!Metadata.TryGetValue(item.Type, out var known))
            {
                continue;
            }

            foreach (var name in item.Metadata.Keys.Order(StringComparer.Ordinal))
            {
                if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    Bad(item, $"nothing reads '{name}'; it has {(known.Length == 0 ? "no metadata" : string.Join(", ", known))}");
                }
            }
        }
    }

    private IEnumerable<ProjectItem> Items(string type) => project.Items.Where(item => item.Type == type);

    private IEnumerable<ProjectItem> Unique(string type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in Items(type))
        {
            if (seen.Add(item.Include))
            {
                yield return item;
            }
            else
            {
                Bad(item, "it stands twice; join the two, or use Update");
            }
        }
    }

    private ServiceSettings ReadService(ProjectItem item) => new()
    {
        Item = item,
        Interval = DurationOf(item, "Interval"),
        Timeout = DurationOf(item, "Timeout"),
        Suspend = BooleanOf(item, "Suspend"),
        DependsOn = [.. item["DependsOn"].Split(['+', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        Profile = WordOf(item, "Profile", "ha", "minimal") is { } profile ? Enum.Parse<Profile>(profile, ignoreCase: true) : null,
        PodSecurity = WordOf(item, "PodSecurity", "restricted", "baseline", "privileged") is { } level ? Enum.Parse<PodSecurity>(level, ignoreCase: true) : null,
        ProvidedExternally = BooleanOf(item, "ProvidedExternally"),
    };

    private CapabilitySettings ReadCapability(ProjectItem item)
    {
        var settings = new CapabilitySettings(item, item["Service"].Length == 0 ? null : item["Service"], BooleanOf(item, "ProvidedExternally"));
        if (settings.Service is null != settings.ProvidedExternally)
        {
            Bad(item, "give it either a Service or ProvidedExternally=\"true\"");
        }

        return settings;
    }

    private bool IsVariable(ProjectItem item)
    {
        if (!Names.IsVariable(item.Include))
        {
            Bad(item, "a variable's name has letters, digits, '-', '_' and '.' only");
            return false;
        }

        if (ReservedVariables.Contains(item.Include, StringComparer.Ordinal))
        {
            Bad(item, $"${{cluster.{item.Include}}} comes from the property Cluster{char.ToUpperInvariant(item.Include[0])}{item.Include[1..]}; set that");
            return false;
        }

        return true;
    }

    private ImmutableArray<ValuesTier> ReadValuesOrder()
    {
        var text = project.ClusterValuesOrder.Length == 0 ? "base;override;enterprise" : project.ClusterValuesOrder;
        var words = text.Split([';', '+'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 3 && words[0] == "base" && words.Order(StringComparer.Ordinal).SequenceEqual(["base", "enterprise", "override"], StringComparer.Ordinal))
        {
            return [.. words.Select(word => Enum.Parse<ValuesTier>(word, ignoreCase: true))];
        }

        BadProperty("ClusterValuesOrder", text, "base+override+enterprise or base+enterprise+override");
        return [ValuesTier.Base, ValuesTier.Override, ValuesTier.Enterprise];
    }

    private DateOnly ReadDate(string property, string text)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            BadProperty(property, text, "a day such as 2027-01-31");
        }

        return date;
    }

    // "./" is the root of an OCI artifact or a bucket; elsewhere the path is below a repository's root.
    private string ReadFluxPath()
    {
        var path = project.FluxPath.Replace('\\', '/').TrimEnd('/');
        path = path.StartsWith("./", StringComparison.Ordinal) || path is "." ? path : "./" + path.TrimStart('/');
        if (path.Split('/').Contains("..", StringComparer.Ordinal))
        {
            BadProperty("FluxPath", project.FluxPath, "a path below the root of Flux's source, such as ./clusters/prod/flux");
        }

        return path is "./" ? "." : path;
    }

    private Version ReadFluxVersion()
    {
        var text = project.FluxVersion.Length == 0 ? "2.9" : project.FluxVersion;
        if (Version.TryParse(text, out var version) && version >= new Version(2, 6))
        {
            return new Version(version.Major, version.Minor);
        }

        BadProperty("FluxVersion", text, "a Flux version of 2.6 or newer, such as 2.9");
        return new Version(2, 9);
    }

    private string Duration(string property, string text, string fallback) =>
        Checked(property, text, fallback, "a duration such as 30s, 5m or 1h30m", FluxDuration.Is);

    private string? DurationOf(ProjectItem item, string metadata)
    {
        if (item[metadata] is not { Length: > 0 } text)
        {
            return null;
        }

        if (!FluxDuration.Is(text))
        {
            Bad(item, $"{metadata} is '{text}'; it must be a duration such as 30s, 5m or 1h30m");
        }

        return text;
    }

    private bool BooleanOf(ProjectItem item, string metadata) => WordOf(item, metadata, "true", "false") == "true";

    private string? WordOf(ProjectItem item, string metadata, params string[] allowed)
    {
        if (item[metadata] is not { Length: > 0 } text)
        {
            return null;
        }

        foreach (var word in allowed)
        {
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }
        }

        Bad(item, $"{metadata} is '{text}'; it must be one of {string.Join(", ", allowed)}");
        return null;
    }

    private string Word(string property, string text, string fallback, params string[] allowed)
    {
        if (text.Length == 0)
        {
            return fallback;
        }

        if (allowed.FirstOrDefault(word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known;
        }

        BadProperty(property, text, $"one of {string.Join(", ", allowed)}");
        return fallback;
    }

    private string Checked(string property, string text, string fallback, string expected, Func<string, bool> isValid)
    {
        var value = text.Length == 0 ? fallback : text;
        if (!isValid(value))
        {
            BadProperty(property, value, expected);
        }

        return value;
    }

    private void BadProperty(string property, string value, string expected) =>
        diagnostics.Add(ProjectDiagnostics.BadProperty(places.OfProperty(property), property, value, expected));

    private void Bad(ProjectItem item, string problem) =>
        diagnostics.Add(ProjectDiagnostics.BadItem(places.Of(item), item.Type, item.Include, problem));
}
