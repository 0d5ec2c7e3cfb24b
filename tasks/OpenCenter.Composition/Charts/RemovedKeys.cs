using System.Text.Json;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Charts;

/// <summary>The keys that a chart had when the committed tree was built: what an upgrade took away is no slip of the pen.</summary>
internal sealed class RemovedKeys
{
    public static readonly RemovedKeys None = new(null, "");

    private readonly ChartShape? _old;
    private readonly string _between;

    private RemovedKeys(ChartShape? old, string between) => (_old, _between) = (old, between);

    public static RemovedKeys Since(ClusterProject project, ReleaseSpec release, ServicePackage package)
    {
        try
        {
            if (PreviousPackage.Find(project, package, ShapeCheck.FileOf(release)) is { } previous)
            {
                using var document = JsonDocument.Parse(previous.File.Bytes);
                var old = new ChartShape(document.RootElement.GetProperty("values").Clone());
                return new RemovedKeys(old, $"between {previous.Version} and {package.Version.ToNormalizedString()}");
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // An old package says nothing then; the new one is what counts.
        }

        return None;
    }

    /// <summary>Null where the old chart did not know the key either.</summary>
    /// <param name="path">The key.</param>
    /// <param name="shape">What the new chart knows of the map that holds it.</param>
    public string? Hint(KeyPath path, ChartShape shape)
    {
        ChartShape? parent = _old;
        foreach (var key in path.Keys[..^1])
        {
            parent = parent is { IsMap: true } map ? map.Find(key) : null;
        }

        if (parent is not { IsMap: true } before || before.Find(path.Keys[^1]) is not { } removed)
        {
            return null;
        }

        // Of the keys that came with the upgrade, the one of the same kind: nearest by name, or the only one.
        var came = shape.Keys.Where(key => before.Find(key) is null && IsLike(shape.Find(key)!.Value, removed)).ToArray();
        var renamed = Nearest.To(path.Keys[^1], came) ?? (came.Length == 1 ? came[0] : null);
        return $" It was removed {_between}.{(renamed is null ? "" : $" '{renamed}' may be its new name.")}";
    }

    private static bool IsLike(ChartShape left, ChartShape right) =>
        left.IsMap == right.IsMap && (left.IsMap ? left.Keys.Any(key => right.Find(key) is not null) : left.Element.GetRawText() == right.Element.GetRawText());
}
