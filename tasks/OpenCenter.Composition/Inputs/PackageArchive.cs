using System.IO.Compression;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Inputs;

/// <summary>
/// The <c>.nupkg</c> that NuGet keeps beside a package's files: held against the hash that was restored, it says what each file
/// has to be. Otherwise an edit in a package folder would go into every cluster that is built there, and through no review.
/// </summary>
/// <param name="package">The package's id and version, for people.</param>
/// <param name="file">The archive.</param>
/// <param name="contentHash">As the restore result has it.</param>
internal sealed class PackageArchive(string package, string file, string contentHash)
{
    private const int MaxFiles = 10_000;
    private const long MaxBytes = 64 * 1024 * 1024;

    private readonly Lock _lock = new();
    private Dictionary<string, ZipArchiveEntry>? _entries;
    private bool _isRead;

    /// <summary>Whether the package has, at this path, the bytes that were extracted; if not, that is reported.</summary>
    public bool Holds(string path, Yaml.SourceFile source, DiagnosticBag diagnostics)
    {
        // One archive is one stream.
        lock (_lock)
        {
            return HoldsLocked(path, source, diagnostics);
        }
    }

    private bool HoldsLocked(string path, Yaml.SourceFile source, DiagnosticBag diagnostics)
    {
        if (!_isRead)
        {
            _isRead = true;
            _entries = Open(diagnostics);
        }

        if (_entries is null)
        {
            return false;
        }

        try
        {
            if (_entries.TryGetValue(path, out var entry) && IsContent(entry, source.Bytes))
            {
                return true;
            }
        }
        catch (InvalidDataException)
        {
            // What can't be unpacked was not what NuGet extracted.
        }

        diagnostics.Add(ProjectDiagnostics.ChangedPackage(source.Path, package));
        return false;
    }

    private Dictionary<string, ZipArchiveEntry>? Open(DiagnosticBag diagnostics)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > MaxBytes })
            {
                diagnostics.Add(ProjectDiagnostics.PackageTooLarge(file, package));
                return null;
            }

            var bytes = File.ReadAllBytes(file);
            if (!PackageHash.Matches(bytes, contentHash))
            {
                diagnostics.Add(ProjectDiagnostics.UnverifiedPackage(file, package, "its archive does not have the hash that was restored"));
                return null;
            }

            return Index(new ZipArchive(new MemoryStream(bytes)), diagnostics);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            diagnostics.Add(ProjectDiagnostics.UnverifiedPackage(file, package, exception.Message.TrimEnd('.')));
            return null;
        }
    }

    private Dictionary<string, ZipArchiveEntry>? Index(ZipArchive zip, DiagnosticBag diagnostics)
    {
        var entries = new Dictionary<string, ZipArchiveEntry>(zip.Entries.Count, StringComparer.Ordinal);
        var total = 0L;
        foreach (var entry in zip.Entries)
        {
            // NuGet packs names as URIs.
            entries[Uri.UnescapeDataString(entry.FullName)] = entry;
            total += entry.Length;
        }

        if (zip.Entries.Count <= MaxFiles && total <= MaxBytes)
        {
            return entries;
        }

        diagnostics.Add(ProjectDiagnostics.PackageTooLarge(file, package));
        return null;
    }

    private static bool IsContent(ZipArchiveEntry entry, ReadOnlySpan<byte> bytes)
    {
        if (entry.Length != bytes.Length)
        {
            return false;
        }

        // Piece by piece: an entry can hold more than it says.
        using var content = entry.Open();
        Span<byte> piece = stackalloc byte[4096];
        while (content.Read(piece) is > 0 and var read)
        {
            if (read > bytes.Length || !bytes[..read].SequenceEqual(piece[..read]))
            {
                return false;
            }

            bytes = bytes[read..];
        }

        return bytes.IsEmpty;
    }
}
