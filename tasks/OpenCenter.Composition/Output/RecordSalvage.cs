using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace OpenCenter.Composition.Output;

/// <summary>
/// Makes out what it can of a record that can't be read, mostly because a merge left both sides in it: one file a line.
/// With that Overwrite repairs the tree, and still knows what the cluster would delete.
/// </summary>
internal static class RecordSalvage
{
    public static TreeRecord Read(string name, byte[] bytes)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var objects = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            var texts = Texts(line.Trim().TrimEnd(',').Replace("\": \"", "\",\"", StringComparison.Ordinal));
            if (texts is [var item] && (item.StartsWith("Kustomization/", StringComparison.Ordinal) || item.StartsWith("HelmRelease/", StringComparison.Ordinal)))
            {
                objects.Add(item);
            }
            else if (texts is [var path, var hash] && TreePath.IsSafe(path) && !TreePath.IsBelow(path, TreeRecord.Folder) && RecordReader.IsHash(hash))
            {
                files[path] = hash;
            }
        }

        return new TreeRecord(name, "", null, [.. objects], files.ToImmutable());
    }

    private static ImmutableArray<string> Texts(string line)
    {
        if (!line.StartsWith('"'))
        {
            return [];
        }

        try
        {
            using var list = JsonDocument.Parse($"[{line}]");
            return [.. list.RootElement.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
