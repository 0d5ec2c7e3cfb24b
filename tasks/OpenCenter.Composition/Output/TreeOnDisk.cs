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

    public byte[] Bytes(string path) => File.ReadAllBytes(TreePath.On(Root, path));

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
