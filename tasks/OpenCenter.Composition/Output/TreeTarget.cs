using System.Collections.Immutable;
using OpenCenter.Composition.Flux;

namespace OpenCenter.Composition.Output;

/// <summary>The files that the build makes, with the records of who owns them.</summary>
internal static class TreeTarget
{
    /// <summary>By path, in ordinal order.</summary>
    public static ImmutableSortedDictionary<string, TreeFile> Of(FluxTree tree, string project, string sdkVersion)
    {
        var target = ImmutableSortedDictionary.CreateBuilder<string, TreeFile>(StringComparer.Ordinal);
        var cluster = FilesBuilder();
        var services = tree.Services.ToDictionary(service => service.Name, _ => FilesBuilder(), StringComparer.Ordinal);
        var hashes = InParallel.Select(tree.Files, file => TreeOnDisk.Hash(file.Content.Span));
        for (var i = 0; i < hashes.Length; i++)
        {
            var (file, hash) = (tree.Files[i], hashes[i]);
            target.Add(file.Path, file);
            var isOwned = false;
            foreach (var owner in file.Owners)
            {
                if (services.TryGetValue(owner, out var files))
                {
                    files.Add(file.Path, hash);
                    isOwned = true;
                }
            }

            // A file that stands in no record would be a stranger to the next build.
            if (!isOwned)
            {
                cluster.Add(file.Path, hash);
            }
        }

        Add(target, new TreeRecord(TreeRecord.Cluster, sdkVersion, project, tree.ClusterObjects, cluster.ToImmutable()));
        foreach (var service in tree.Services)
        {
            var files = services[service.Name].ToImmutable();
            Add(target, new TreeRecord(service.Name, $"{service.PackageId}/{service.Version}", null, service.Objects, files));
        }

        return target.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string>.Builder FilesBuilder() =>
        ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);

    private static void Add(ImmutableSortedDictionary<string, TreeFile>.Builder target, TreeRecord record) =>
        target.Add(record.Path, new TreeFile(record.Path, RecordWriter.Write(record), []));
}
