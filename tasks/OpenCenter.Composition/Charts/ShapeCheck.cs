using System.Text.Json;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Secrets;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Charts;

/// <summary>Finds keys that a release's chart does not know, and values of a kind that it does not take.</summary>
/// <param name="release">The release.</param>
/// <param name="removed">What an upgrade took away; asked for only where something is wrong, so that a build without a finding reads no old package.</param>
/// <param name="diagnostics">Where it says so.</param>
internal sealed class ShapeCheck(ReleaseSpec release, Func<RemovedKeys> removed, DiagnosticBag diagnostics)
{
    private RemovedKeys? _removed;

    /// <summary>Where a package keeps the shape of a release's chart.</summary>
    public static string FileOf(ReleaseSpec release) => $"chart/{release.Name.Value}.shape.json";

    /// <summary>
    /// Checks every file of values; a package without a shape says nothing. Helm sees the effective values alone, so what it
    /// would refuse is wrong only where it is one.
    /// </summary>
    public static void Run(ClusterProject project, ReleaseSpec release, ServicePackage package, IEnumerable<YamlMap> layers, YamlMap effective, DiagnosticBag diagnostics)
    {
        if (package.Read(FileOf(release), diagnostics) is not { } file)
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(file.Bytes);
            var check = new ShapeCheck(release, () => RemovedKeys.Since(project, release, package), diagnostics);
            foreach (var layer in layers)
            {
                check.Check(layer, new ChartShape(document.RootElement.GetProperty("values")), KeyPath.Root, effective);
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            diagnostics.Add(ProjectDiagnostics.Unreadable(file.Path, "it is no shape of a chart"));
        }
    }

    /// <summary>Checks what stands below a path, where the effective values have a map, or something else.</summary>
    public void Check(YamlMap values, ChartShape shape, KeyPath path, YamlMap? effective)
    {
        foreach (var entry in values.Entries)
        {
            var below = path.Add(entry.Name);
            if (release.Free.Any(free => free.Contains(below)))
            {
                continue;
            }

            if ((shape.Find(entry.Name) ?? shape.Others) is { } known)
            {
                CheckValue(entry, known, below, effective?[entry.Name]);
            }
            else if (shape.OtherKeys != ChartShape.Open)
            {
                _removed ??= removed();
                var hint = _removed.Hint(below, shape) ?? Nearest.Hint(entry.Name, shape.Keys);
                var isOwnDefaults = entry.Name == ChartShape.OwnDefaults;
                diagnostics.Add(shape.OtherKeys == ChartShape.Forbidden && effective is not null && !isOwnDefaults
                    ? ValuesDiagnostics.ForbiddenKey(entry.Key.Place, release.Name.Value, below.ToString(), hint)
                    : ValuesDiagnostics.UnknownKey(entry.Key.Place, release.Name.Value, below.ToString(), hint, isOwnDefaults));
            }
        }
    }

    private void CheckValue(YamlEntry entry, ChartShape shape, KeyPath path, YamlNode? effective)
    {
        if (entry.Value is YamlScalar { IsNull: true })
        {
            return;
        }

        // What a higher tier replaces nobody refuses; a key in it that the chart does not know is still one.
        var isEffective = IsEffective(entry.Value, effective, path);
        if (isEffective && shape.Accepted is { } accepted)
        {
            if (!accepted.Has(entry.Value))
            {
                diagnostics.Add(Refused(entry, accepted, path));
                return;
            }
        }
        else if (isEffective && !Fits(entry.Value, shape))
        {
            diagnostics.Add(ValuesDiagnostics.WrongKind(entry.Value.Place, release.Name.Value, path.ToString(), shape.IsMap ? "a map" : $"a {shape.Type}", KindOf(entry.Value)));
        }

        if (entry.Value is YamlMap map && shape.IsMap)
        {
            Check(map, shape, path, effective as YamlMap);
        }
    }

    // A list that is merged with others is none of them.
    private bool IsEffective(YamlNode value, YamlNode? effective, KeyPath path) =>
        ReferenceEquals(value, effective)
        || (value is YamlMap && effective is YamlMap)
        || (value is YamlList && effective is YamlList && release.Lists.Any(rule => rule.Path.Equals(path)));

    private Diagnostic Refused(YamlEntry entry, AcceptedValues accepted, KeyPath path) =>
        entry.Value is YamlScalar scalar && accepted.Texts.Any()
            ? ValuesDiagnostics.RefusedValue(scalar.Place, release.Name.Value, path.ToString(), accepted.ToString(), Hidden.Of(entry.Name, scalar.Value), Nearest.Hint(scalar.Value, accepted.Texts))
            : ValuesDiagnostics.RefusedKind(entry.Value.Place, release.Name.Value, path.ToString(), accepted.ToString(), KindOf(entry.Value));

    // Charts print numbers and texts alike, but a text where a map is read, or for a boolean, is a mistake: "false" is true.
    private static bool Fits(YamlNode value, ChartShape shape) =>
        shape.IsMap ? value is YamlMap || IsTemplate(value)
        : shape.Type switch
        {
            "list" => value is YamlList || IsTemplate(value),
            "boolean" => value is YamlScalar scalar && (GoYaml.TypeOf(scalar) == GoYamlType.Boolean || IsTemplate(value)),
            "string" or "integer" or "number" => value is YamlScalar,
            _ => true,
        };

    private static bool IsTemplate(YamlNode value) => value is YamlScalar scalar && scalar.Value.Contains("{{", StringComparison.Ordinal);

    private static string KindOf(YamlNode value) => value switch
    {
        YamlMap => "a map",
        YamlList => "a list",
        YamlScalar scalar => GoYaml.TypeOf(scalar) switch { GoYamlType.Boolean => "a boolean", GoYamlType.String => "a text", _ => "a number" },
        _ => "something else",
    };
}
