using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Values;

/// <summary>Holds overrides against the paths that packages lock.</summary>
internal sealed class LockedValues(ClusterExceptions exceptions, DiagnosticBag diagnostics)
{
    public void Check(ReleaseSpec release, ImmutableArray<ValuesLayer> layers)
    {
        foreach (var locked in release.Locked)
        {
            foreach (var layer in layers.Where(layer => layer.Tier == ValuesTier.Override))
            {
                foreach (var (path, node) in At(layer.Values, locked.Path))
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
