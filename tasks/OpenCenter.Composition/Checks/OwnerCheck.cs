using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;

namespace OpenCenter.Composition.Checks;

/// <summary>Every object has one owner: two Flux Kustomizations with one object overwrite, and at last delete, each other's.</summary>
internal static class OwnerCheck
{
    public static void Run(ImmutableArray<TreeObject> objects, DiagnosticBag diagnostics)
    {
        var first = new Dictionary<ObjectId, TreeObject>();
        foreach (var item in objects)
        {
            if (!first.TryAdd(item.Id, item))
            {
                var other = first[item.Id];
                // What the engine makes has no place of its own; the person's file does.
                var (at, elsewhere) = item.Node.Source is null ? (other, item) : (item, other);
                var where = elsewhere.Node.Source is null ? new Place(elsewhere.Owner) : elsewhere.Place;
                diagnostics.Add(ManifestDiagnostics.SameObject(at.Place, at.ToString(), where));
            }
        }
    }
}
