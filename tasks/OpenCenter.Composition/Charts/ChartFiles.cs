using System.Formats.Tar;
using System.IO.Compression;

namespace OpenCenter.Composition.Charts;

/// <summary>The files of a chart by path, read from its folder or from a <c>.tgz</c>, without its top folder.</summary>
internal static class ChartFiles
{
    private const long MaxBytes = 64 * 1024 * 1024;

    /// <exception cref="InvalidDataException">It is no archive, or unpacks to more than 64 MiB.</exception>
    public static Dictionary<string, byte[]> Read(string path)
    {
        if (Directory.Exists(path))
        {
            return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => IsWanted(Path.GetFileName(file)))
                .ToDictionary(file => Path.GetRelativePath(path, file).Replace('\\', '/'), File.ReadAllBytes, StringComparer.Ordinal);
        }

        using var stream = File.OpenRead(path);
        return ReadArchive(stream);
    }

    public static Dictionary<string, byte[]> ReadArchive(Stream stream)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var total = 0L;
        using var unzipped = new GZipStream(stream, CompressionMode.Decompress);
        using var tar = new TarReader(unzipped);
        while (tar.GetNextEntry() is { } entry)
        {
            var slash = entry.Name.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 || entry.DataStream is not { } data || !IsWanted(Path.GetFileName(entry.Name)))
            {
                continue;
            }

            total += entry.Length;
            if (total > MaxBytes)
            {
                throw new InvalidDataException("it unpacks to more than 64 MiB");
            }

            using var bytes = new MemoryStream();
            data.CopyTo(bytes);
            files[entry.Name[(slash + 1)..]] = bytes.ToArray();
        }

        return files;
    }

    // Nothing else of a chart is looked at, templates least of all.
    private static bool IsWanted(string name) =>
        name is "Chart.yaml" or "values.yaml" or "values.schema.json" || name.EndsWith(".tgz", StringComparison.Ordinal);
}
