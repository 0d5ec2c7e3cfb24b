using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>Holds overrides against the paths that packages lock.</summary>
internal sealed class LockedValues(ClusterExceptions exceptions, DiagnosticBag diagnostics)
{
    /// <param name="release">The release.</param>
    /// <param name="overrides">What the cluster sets; of the encrypted tier the keys count, for nobody can say whether its values are the same.</param>
    public void Check(ReleaseSpec release, IEnumerable<YamlMap> overrides)
    {
        if (release.Locked.IsEmpty)
        {
            return;
        }

        foreach (var values in overrides)
        {
            foreach (var locked in release.Locked)
            {
                foreach (var (path, node) in At(values, locked.Path))
                {
                    if (!exceptions.Allows($"{release.Name.Value}:{path}"))
                    {
                        diagnostics.Add(ValuesDiagnostics.Locked(node.Place, release.Name.Value, path.ToString(), locked.Reason));
                    }
                }
            }
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
