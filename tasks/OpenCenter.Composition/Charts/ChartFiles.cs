using System.Formats.Tar;
using System.IO.Compression;

namespace OpenCenter.Composition.Charts;

/// <summary>The files of a chart by path, read from its folder or from a <c>.tgz</c>, without its top folder.</summary>
internal static class ChartFiles
{
    private const int MaxBytes = 64 * 1024 * 1024;
    private const int Block = 512;

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <exception cref="InvalidDataException">It is no archive, or holds more than 64 MiB.</exception>
    public static Dictionary<string, byte[]> Read(string path)
    {
        if (Directory.Exists(path))
        {
            return ReadFolder(path);
        }

        using var stream = File.OpenRead(path);
        return ReadArchive(stream);
    }

    public static Dictionary<string, byte[]> ReadArchive(Stream stream)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var unzipped = Unzip(stream);
        CheckSizes(unzipped.GetBuffer().AsSpan(0, (int)unzipped.Length));
        using var tar = new TarReader(unzipped);
        while (Next(tar) is { } entry)
        {
            var slash = entry.Name.IndexOf('/', StringComparison.Ordinal);
            if (slash >= 0 && entry.DataStream is { } data && IsWanted(Path.GetFileName(entry.Name)))
            {
                using var bytes = new MemoryStream();
                data.CopyTo(bytes);
                files[entry.Name[(slash + 1)..]] = bytes.ToArray();
            }
        }

        return files;
    }

    // A header may hold a time that no calendar has, or a number that is none: the reader then throws what it happens to meet.
    private static TarEntry? Next(TarReader tar)
    {
        try
        {
            return tar.GetNextEntry();
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException or FormatException)
        {
            throw new InvalidDataException("a header in it can't be read", exception);
        }
    }

    private static Dictionary<string, byte[]> ReadFolder(string folder)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var left = (long)MaxBytes;
        foreach (var file in Directory.EnumerateFiles(folder, "*", Everything).Where(file => IsWanted(Path.GetFileName(file))))
        {
            left -= new FileInfo(file).Length;
            files.Add(Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), left < 0 ? throw TooLarge() : File.ReadAllBytes(file));
        }

        return files;
    }

    // Whole, since a small archive can unpack to any size, wanted or not.
    private static MemoryStream Unzip(Stream stream)
    {
        using var zipped = new GZipStream(stream, CompressionMode.Decompress);
        var unzipped = new MemoryStream();
        var piece = new byte[64 * 1024];
        while (zipped.Read(piece) is > 0 and var read)
        {
            unzipped.Write(piece, 0, read);
            if (unzipped.Length > MaxBytes)
            {
                throw TooLarge();
            }
        }

        unzipped.Position = 0;
        return unzipped;
    }

    // The reader makes room for what a header announces before it sees that there is no such thing.
    private static void CheckSizes(ReadOnlySpan<byte> tar)
    {
        while (tar.Length >= Block && tar[0] != 0)
        {
            var size = 0L;
            foreach (var digit in tar.Slice(124, 12).Trim(" \0"u8))
            {
                size = digit is >= (byte)'0' and <= (byte)'7' ? (size * 8) + digit - '0' : throw new InvalidDataException("a file in it has no size");
            }

            var length = (size + Block - 1) / Block * Block;
            tar = length <= tar.Length - Block ? tar[(Block + (int)length)..] : throw new InvalidDataException("it ends within a file");
        }
    }

    private static InvalidDataException TooLarge() => new("it holds more than 64 MiB");

    // Nothing else of a chart is looked at, templates least of all.
    private static bool IsWanted(string name) =>
        name is "Chart.yaml" or "values.yaml" or "values.schema.json" || name.EndsWith(".tgz", StringComparison.Ordinal);
}
