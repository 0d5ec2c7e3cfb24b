using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OpenCenter.Composition.Inputs;

/// <summary>
/// NuGet's content hash of a package: SHA-512, in Base64, of its archive as it was before somebody signed it. A signature is
/// the archive's last file, so without it the directory begins earlier and has one entry less.
/// </summary>
internal static class PackageHash
{
    private const int EndLength = 22;
    private const int EntryLength = 46;
    private const uint EntryMark = 0x02014b50;

    private static ReadOnlySpan<byte> EndMark => "PK\x05\x06"u8;

    private static ReadOnlySpan<byte> Signature => ".signature.p7s"u8;

    public static bool Matches(ReadOnlySpan<byte> archive, string contentHash) =>
        Convert.ToBase64String(SHA512.HashData(archive)) == contentHash || (Unsigned(archive) is { } hash && hash == contentHash);

    /// <summary>Null where the archive has no signature.</summary>
    private static string? Unsigned(ReadOnlySpan<byte> archive)
    {
        var end = archive.LastIndexOf(EndMark);
        if (end < 0 || archive.Length - end < EndLength)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadUInt16LittleEndian(archive[(end + 10)..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(archive[(end + 12)..]);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(archive[(end + 16)..]);
        if (start > end || Find(archive[..end], (int)start) is not (var at, var entryLength))
        {
            return null;
        }

        var content = BinaryPrimitives.ReadUInt32LittleEndian(archive[(at + 42)..]);
        if (content > start)
        {
            return null;
        }

        var tail = archive[end..].ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(tail.AsSpan(8), (ushort)(count - 1));
        BinaryPrimitives.WriteUInt16LittleEndian(tail.AsSpan(10), (ushort)(count - 1));
        BinaryPrimitives.WriteUInt32LittleEndian(tail.AsSpan(12), (uint)(length - entryLength));
        BinaryPrimitives.WriteUInt32LittleEndian(tail.AsSpan(16), content);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(archive[..(int)content]);
        hash.AppendData(archive[(int)start..at]);
        hash.AppendData(archive[(at + entryLength)..end]);
        hash.AppendData(tail);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>The signature's entry of the archive's directory.</summary>
    private static (int At, int Length)? Find(ReadOnlySpan<byte> archive, int at)
    {
        while (archive.Length - at >= EntryLength && BinaryPrimitives.ReadUInt32LittleEndian(archive[at..]) == EntryMark)
        {
            var entry = archive[at..];
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]);
            var length = EntryLength + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
            if (length > entry.Length)
            {
                return null;
            }

            if (entry.Slice(EntryLength, nameLength).SequenceEqual(Signature))
            {
                return (at, length);
            }

            at += length;
        }

        return null;
    }
}
