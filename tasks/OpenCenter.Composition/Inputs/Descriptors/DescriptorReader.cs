using System.Collections.Immutable;
using System.Globalization;
using NuGet.Versioning;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>Reads a <c>service.yaml</c>. Null where it can't be used; every reason has then been reported.</summary>
internal sealed class DescriptorReader(SourceFile source, DiagnosticBag diagnostics)
{
    public const string ApiVersion = "opencenter.io/v1";

    public static ServiceDescriptor? Read(SourceFile source, NuGetVersion sdkVersion, DiagnosticBag diagnostics) =>
        new DescriptorReader(source, diagnostics).Read(sdkVersion);

    private ServiceDescriptor? Read(NuGetVersion sdkVersion)
    {
        if (YamlReader.ReadSingle(source, diagnostics) is not { } root)
        {
            return null;
        }

        if (root is not YamlMap map)
        {
            diagnostics.Add(ProjectDiagnostics.WrongType(root.Place, "service.yaml", "a map"));
            return null;
        }

        // A descriptor of a newer SDK may have keys that this one has never heard of, so this comes before everything else.
        if (NeedsNewerSdk(map, sdkVersion))
        {
            return null;
        }

        var found = new DiagnosticBag();
        var descriptor = ReadRoot(new MapReader(map, "", found), found);
        foreach (var diagnostic in found.ToSorted())
        {
            diagnostics.Add(diagnostic);
        }

        return found.HasErrors ? null : descriptor;
    }

    private bool NeedsNewerSdk(YamlMap map, NuGetVersion sdkVersion)
    {
        if ((map["spec"] as YamlMap)?["requiresSdk"] is not YamlScalar required)
        {
            return false;
        }

        if (!NuGetVersion.TryParse(required.Value, out var version))
        {
            diagnostics.Add(ProjectDiagnostics.BadValue(required.Place, "spec.requiresSdk", required.Value, "a version such as \"0.1\""));
            return true;
        }

        if (version <= sdkVersion)
        {
            return false;
        }

        diagnostics.Add(ProjectDiagnostics.NewerSdk(required.Place, required.Value, sdkVersion.ToNormalizedString()));
        return true;
    }

    private ServiceDescriptor? ReadRoot(MapReader root, DiagnosticBag found)
    {
        root.Word("apiVersion", true, ApiVersion);
        var kind = root.Word("kind", true, "Service", "Platform") == "Platform" ? DescriptorKind.Platform : DescriptorKind.Service;
        var metadata = root.Reader("metadata", required: true);
        var name = Label(metadata, "name", Names.MaxLabel, found);
        var layer = metadata?.Word("layer", kind == DescriptorKind.Service, "control-plane", "platform", "observability", "networking", "application");
        metadata?.Done();
        var spec = root.Reader("spec", required: kind == DescriptorKind.Service);
        var descriptor = new ServiceDescriptor { Source = source, Kind = kind, Name = name ?? YamlScalar.Text(""), Layer = layer ?? "" };
        if (spec is not null)
        {
            descriptor = ReadSpec(spec, descriptor, found);
            spec.Done();
        }

        root.Done();
        return name is null ? null : descriptor;
    }

    private static ServiceDescriptor ReadSpec(MapReader spec, ServiceDescriptor descriptor, DiagnosticBag found)
    {
        spec.Scalar("requiresSdk");
        if (descriptor.Kind == DescriptorKind.Platform)
        {
            return descriptor;
        }

        var read = descriptor with
        {
            Namespaces = spec.Each("namespaces", map => ReadNamespace(map, found)),
            Providers = Words(spec.Texts("providers"), spec.PathOf("providers"), ClusterSettings.Providers, found),
            Provides = [.. spec.Texts("provides").Select(text => text.Value)],
            Requires = spec.Each("requires", map => ReadRequirement(map, found)),
            After = spec.Texts("after"),
            Settings = spec.Each("settings", map => ReadSetting(map, found)),
            Secrets = spec.Each("secrets", map => ReadSecret(map, found)),
            KeepOnRemoval = spec.Word("onRemoval", false, "delete", "keep") == "keep",
            Creates = spec.Texts("creates"),
            Components = spec.Each("components", map => ReadComponent(map, found)),
        };
        CheckOrder(read.Components, spec, found);
        if (read.Namespaces.IsEmpty && (!read.Secrets.IsEmpty || read.Components.Any(component => component.Release is not null)))
        {
            found.Add(ProjectDiagnostics.MissingKey(spec.Place, "spec.namespaces"));
        }

        // Without components the service is its folder of manifests.
        return read.Components.IsEmpty
            ? read with { Components = [new ComponentSpec { Name = read.Name, ShortName = read.Name.Value }] }
            : read;
    }

    private static NamespaceSpec? ReadNamespace(MapReader map, DiagnosticBag found)
    {
        var name = Label(map, "name", Names.MaxLabel, found);
        var level = map.Word("podSecurity", true, "restricted", "baseline", "privileged");
        var create = map.Boolean("create") ?? true;
        return name is null || level is null ? null : new NamespaceSpec(name.Value, Enum.Parse<PodSecurity>(level, ignoreCase: true), create);
    }

    private static Requirement? ReadRequirement(MapReader map, DiagnosticBag found)
    {
        var (service, capability) = (map.Text("service"), map.Text("capability"));
        if ((service is null) == (capability is null))
        {
            found.Add(ProjectDiagnostics.BadValue(map.Place, map.PathOf("service"), service?.Value ?? "", "either {service: …} or {capability: …}"));
            return null;
        }

        return new Requirement(service is null, service ?? capability!);
    }

    private static SettingSpec? ReadSetting(MapReader map, DiagnosticBag found)
    {
        var name = map.Text("name", required: true);
        var type = map.Word("type", true, "string", "integer", "number", "boolean");
        var description = map.Text("description", required: true);
        var example = map.Scalar("example");
        var fallback = map.Scalar("default");
        var oneOf = map.Scalars("oneOf");
        var profile = ReadProfile(map);
        if (fallback is null && example is null)
        {
            found.Add(ProjectDiagnostics.MissingKey(map.Place, map.PathOf("example")));
        }

        if (name is not null && !Names.IsVariable(name.Value))
        {
            found.Add(ProjectDiagnostics.BadValue(name.Place, map.PathOf("name"), name.Value, "letters, digits, '-', '_'"));
        }

        if (name?.Value == VersionTemplate.Variable)
        {
            found.Add(ProjectDiagnostics.BadValue(name.Place, map.PathOf("name"), name.Value, "another name: this one is the package's version"));
        }

        return name is null || type is null || description is null
            ? null
            : new SettingSpec(name, Enum.Parse<SettingType>(type, ignoreCase: true), description.Value, example?.Value ?? fallback?.Value ?? "", fallback, [.. oneOf.Select(value => value.Value)], profile);
    }

    private static SecretSpec? ReadSecret(MapReader map, DiagnosticBag found)
    {
        var name = map.Text("name", required: true);
        var description = map.Text("description", required: true);
        var keys = map.Texts("keys");
        var with = map.Text("with");
        var profile = ReadProfile(map);
        if (name is not null && !Names.IsSubdomain(name.Value))
        {
            found.Add(ProjectDiagnostics.BadValue(name.Place, map.PathOf("name"), name.Value, "a Secret's name: lower-case letters, digits, '-' and '.'"));
        }

        return name is null || description is null ? null : new SecretSpec(name, description.Value, keys, with?.Value, profile);
    }

    private static Profile? ReadProfile(MapReader map) => map.Word("profile", false, "ha", "minimal") switch
    {
        "ha" => Profile.Ha,
        "minimal" => Profile.Minimal,
        _ => null,
    };

    private static ComponentSpec? ReadComponent(MapReader map, DiagnosticBag found)
    {
        var name = Label(map, "name", Names.MaxLabel, found);
        var requires = map.Each("requires", requirement => ReadRequirement(requirement, found));
        var health = map.Maps("health");
        for (var i = 0; i < health.Length; i++)
        {
            var reader = new MapReader(health[i], $"{map.PathOf("health")}[{i}]", found);
            _ = (reader.Text("apiVersion", true), reader.Text("kind", true), reader.Text("current", true), reader.Text("failed"), reader.Text("inProgress"));
            reader.Done();
        }

        var release = Sub(map, "release", reader => ReadRelease(reader, found));
        var git = Sub(map, "git", reader => ReadGit(reader, found));
        if (release is not null && git is not null)
        {
            found.Add(ProjectDiagnostics.BadValue(map.Place, map.PathOf("git"), "…", "absent where there is a release; a component is one or the other"));
        }

        return name is null ? null : new ComponentSpec
        {
            Name = name,
            ShortName = WithoutNumber(name.Value),
            Requires = requires,
            Health = health,
            Release = release,
            Git = git,
        };
    }

    private static ReleaseSpec? ReadRelease(MapReader map, DiagnosticBag found)
    {
        var name = Label(map, "name", Names.MaxRelease, found);
        var chart = map.Text("chart");
        var version = map.Text("version");
        var source = map.Reader("source", required: true);
        var kind = source?.Word("kind", true, "HelmRepository", "OCIRepository", "GitRepository");
        var url = source?.Text("url", required: true);
        var verify = source?.Map("verify");
        source?.Done();
        if (kind is "HelmRepository" or "GitRepository" && chart is null)
        {
            found.Add(ProjectDiagnostics.MissingKey(map.Place, map.PathOf("chart")));
        }

        CheckPinned(map, "version", version, found);
        if (kind == "OCIRepository" && url is not null && !url.Value.StartsWith("oci://", StringComparison.Ordinal))
        {
            found.Add(ProjectDiagnostics.BadValue(url.Place, map.PathOf("source.url"), url.Value, "an address that begins with oci://"));
        }

        var layered = map.Reader("layered");
        var secret = layered?.Text("secret");
        var keys = layered?.Reader("keys");
        var layeredKeys = ImmutableDictionary<string, string>.Empty;
        foreach (var tier in (string[])["base", "override", "enterprise"])
        {
            if (keys?.Text(tier) is { } key)
            {
                layeredKeys = layeredKeys.Add(tier, key.Value);
            }
        }

        keys?.Done();
        layered?.Done();
        var values = map.Reader("values");
        var read = new ReleaseSpec
        {
            Name = name ?? YamlScalar.Text(""),
            Chart = chart?.Value,
            Version = version?.Value ?? "{version}",
            SourceKind = kind ?? "",
            SourceUrl = url ?? YamlScalar.Text(""),
            SourceVerify = verify,
            Crds = map.Word("crds", false, "Skip", "Create", "CreateReplace") ?? "CreateReplace",
            Spec = map.Map("spec"),
            LayeredSecret = secret?.Value,
            LayeredKeys = layeredKeys,
            Free = values is null ? [] : [.. values.Texts("free").Select(text => Path(text, found)).OfType<KeyPath>()],
            Locked = values?.Each("locked", entry => ReadLocked(entry, found)) ?? [],
            Lists = values?.Each("lists", entry => ReadListRule(entry, found)) ?? [],
        };
        values?.Done();
        return name is null || kind is null || url is null ? null : read;
    }

    private static LockedValue? ReadLocked(MapReader map, DiagnosticBag found)
    {
        var path = map.Text("path", required: true);
        var reason = map.Text("reason", required: true);
        return path is null || reason is null || Path(path, found) is not { } keys ? null : new LockedValue(keys, reason.Value);
    }

    private static ListRule? ReadListRule(MapReader map, DiagnosticBag found)
    {
        var path = map.Text("path", required: true);
        var mergeBy = map.Text("mergeBy");
        var append = map.Boolean("append") ?? false;
        if ((mergeBy is null) != append)
        {
            found.Add(ProjectDiagnostics.BadValue(map.Place, map.PathOf("mergeBy"), mergeBy?.Value ?? "", "either a key of the entries, or append: true"));
            return null;
        }

        return path is null || Path(path, found) is not { } keys ? null : new ListRule(keys, mergeBy?.Value);
    }

    private static GitSpec? ReadGit(MapReader map, DiagnosticBag found)
    {
        var url = map.Text("url", required: true);
        var tag = map.Text("tag", required: true);
        var commit = map.Text("commit");
        CheckPinned(map, "tag", tag, found);
        if (commit is not null && (commit.Value.Length != 40 || commit.Value.AsSpan().ContainsAnyExcept("0123456789abcdef")))
        {
            found.Add(ProjectDiagnostics.BadValue(commit.Place, map.PathOf("commit"), commit.Value, "the 40 hexadecimal digits of a commit"));
        }

        var path = map.Text("path");
        if (path is not null && path.Value.Split('/').Contains(".."))
        {
            found.Add(ProjectDiagnostics.BadValue(path.Place, map.PathOf("path"), path.Value, "a folder of the repository"));
        }

        var target = map.Text("targetNamespace");
        var patches = map.Maps("patches");
        var images = map.Each("images", image => ReadImage(image, found));
        return url is null || tag is null
            ? null
            : new GitSpec { Url = url, Tag = tag.Value, Commit = commit?.Value, Path = path?.Value ?? ".", TargetNamespace = target?.Value, Patches = patches, Images = images };
    }

    private static ImageSpec? ReadImage(MapReader map, DiagnosticBag found)
    {
        var name = ImageName(map, "name", found);
        var newName = ImageName(map, "newName", found);
        var edition = map.Word("edition", false, "community", "enterprise");
        return name is null || newName is null ? null : new ImageSpec(name.Value, newName, edition);
    }

    // With a tag it would meet no image.
    private static YamlScalar? ImageName(MapReader map, string key, DiagnosticBag found)
    {
        var text = map.Text(key, required: true);
        if (text is not null && text.Value[(text.Value.LastIndexOf('/') + 1)..] is var last && (last.Length == 0 || last.AsSpan().ContainsAny(':', '@')))
        {
            found.Add(ProjectDiagnostics.BadValue(text.Place, map.PathOf(key), text.Value, "an image's name without a tag: the tag is the manifests' own"));
        }

        return text;
    }

    private static void CheckPinned(MapReader map, string key, YamlScalar? value, DiagnosticBag found)
    {
        if (value is not null && !PinnedVersion.Is(value.Value))
        {
            found.Add(ProjectDiagnostics.BadValue(value.Place, map.PathOf(key), value.Value, $"one {key}: what a range or 'latest' means changes without the package"));
        }
    }

    private static void CheckOrder(ImmutableArray<ComponentSpec> components, MapReader spec, DiagnosticBag found)
    {
        var last = -1;
        foreach (var component in components)
        {
            var number = NumberOf(component.Name.Value);
            if (number >= 0 && number <= last)
            {
                found.Add(ProjectDiagnostics.BadValue(component.Name.Place, spec.PathOf("components"), component.Name.Value, "after a component with a smaller number: the list is the order"));
            }

            last = Math.Max(last, number);
        }

        foreach (var same in components.GroupBy(component => component.ShortName, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            found.Add(ProjectDiagnostics.BadValue(same.Last().Name.Place, spec.PathOf("components"), same.Last().Name.Value, "named differently from the other components, numbers left out"));
        }
    }

    private static int NumberOf(string name)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && int.TryParse(name.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }

    private static string WithoutNumber(string name) => NumberOf(name) < 0 ? name : name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..];

    private static T? Sub<T>(MapReader map, string key, Func<MapReader, T?> read)
        where T : class
    {
        if (map.Reader(key) is not { } reader)
        {
            return null;
        }

        var value = read(reader);
        reader.Done();
        return value;
    }

    private static YamlScalar? Label(MapReader? map, string key, int maximum, DiagnosticBag found)
    {
        if (map?.Text(key, required: true) is not { } name)
        {
            return null;
        }

        if (Names.IsLabel(name.Value, maximum))
        {
            return name;
        }

        found.Add(ProjectDiagnostics.BadValue(name.Place, map.PathOf(key), name.Value,
            string.Create(CultureInfo.InvariantCulture, $"a DNS-1123 label: at most {maximum} lower-case letters, digits and '-'")));
        return null;
    }

    private static KeyPath? Path(YamlScalar text, DiagnosticBag found)
    {
        if (KeyPath.TryParse(text.Value, out var path))
        {
            return path;
        }

        found.Add(ProjectDiagnostics.BadValue(text.Place, "path", text.Value, "a path of keys such as loki.storage.type"));
        return null;
    }

    private static ImmutableArray<string> Words(ImmutableArray<YamlScalar> texts, string path, ImmutableArray<string> allowed, DiagnosticBag found)
    {
        foreach (var text in texts)
        {
            if (!allowed.Contains(text.Value))
            {
                found.Add(ProjectDiagnostics.NotOneOf(text.Place, path, text.Value, allowed));
            }
        }

        return [.. texts.Select(text => text.Value)];
    }
}
