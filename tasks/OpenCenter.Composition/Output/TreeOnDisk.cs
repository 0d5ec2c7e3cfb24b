using System.Collections.Immutable;
using System.Security.Cryptography;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Output;

/// <summary>The tree as it stands on disk. Contents are read when they are asked for.</summary>
/// <param name="Root">The tree's absolute path; it need not exist.</param>
/// <param name="Listing">What is there.</param>
/// <param name="Records">The records that can be read.</param>
/// <param name="Salvaged">What can be made out of the others.</param>
/// <param name="Problems">What is wrong with those.</param>
internal sealed record TreeOnDisk(
    string Root,
    TreeListing Listing,
    ImmutableArray<TreeRecord> Records,
    ImmutableArray<TreeRecord> Salvaged,
    ImmutableArray<Diagnostic> Problems)
{
    private const int MaxRecord = 16 * 1024 * 1024;

    public static TreeOnDisk Read(string root)
    {
        var listing = TreeListing.Read(root);
        var records = ImmutableArray.CreateBuilder<TreeRecord>();
        var salvaged = ImmutableArray.CreateBuilder<TreeRecord>();
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var path in listing.Files.Where(TreeRecord.IsRecord))
        {
            var name = TreeRecord.NameOf(path);
            var file = TreePath.On(root, path);
            if (new FileInfo(file).Length > MaxRecord)
            {
                problems.Add(OutputDiagnostics.BadRecord(new Place(file), "it is larger than 16 MiB"));
                continue;
            }

            var bytes = File.ReadAllBytes(file);
            if (RecordReader.Read(name, file, bytes, out var problem) is { } record)
            {
                records.Add(record);
            }
            else
            {
                problems.Add(problem!);
                salvaged.Add(RecordSalvage.Read(name, bytes));
            }
        }

        return new TreeOnDisk(
            root, listing, records.DrainToImmutable(), salvaged.DrainToImmutable(), problems.DrainToImmutable());
    }

    /// <summary>Whether a file has just this content.</summary>
    public bool Has(string path, ReadOnlyMemory<byte> content)
    {
        var file = TreePath.On(Root, path);
        return new FileInfo(file).Length == content.Length && (content.IsEmpty || content.Span.SequenceEqual(File.ReadAllBytes(file)));
    }

    /// <summary>SHA-256 of a file, in lower-case hex. Whatever it has become by now, it is not read into memory.</summary>
    public static string HashOf(string file)
    {
        if (new FileInfo(file).Length == 0)
        {
            return Hash([]);
        }

        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
