using System.Collections.Immutable;
using System.Security.Cryptography;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Output;

/// <summary>The tree as it stands on disk: its records, and every entry but what bootstrap owns.</summary>
/// <param name="Root">The tree's absolute path.</param>
/// <param name="Files">Every file and link below it, relative with <c>/</c>; a link is never followed.</param>
/// <param name="Records">The records that can be read.</param>
/// <param name="Problems">What is wrong with the others.</param>
internal sealed record TreeOnDisk(
    string Root,
    ImmutableSortedSet<string> Files,
    ImmutableArray<TreeRecord> Records,
    ImmutableArray<Diagnostic> Problems)
{
    public static TreeOnDisk Read(string root)
    {
        var files = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        if (Directory.Exists(root))
        {
            List(new DirectoryInfo(root), "", files);
        }

        var records = ImmutableArray.CreateBuilder<TreeRecord>();
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var path in files.Where(IsRecord))
        {
            var file = TreePath.On(root, path);
            var name = path[(TreeRecord.Folder.Length + 1)..^".json".Length];
            if (RecordFile.Read(name, file, File.ReadAllBytes(file), out var problem) is { } record)
            {
                records.Add(record);
            }
            else
            {
                problems.Add(problem!);
            }
        }

        return new TreeOnDisk(root, files.ToImmutable(), records.DrainToImmutable(), problems.DrainToImmutable());
    }

    public byte[] Bytes(string path) => File.ReadAllBytes(TreePath.On(Root, path));

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static bool IsRecord(string path) =>
        path.StartsWith(TreeRecord.Folder + "/", StringComparison.Ordinal)
        && path.EndsWith(".json", StringComparison.Ordinal)
        && path.LastIndexOf('/') == TreeRecord.Folder.Length;

    private static void List(DirectoryInfo directory, string prefix, ImmutableSortedSet<string>.Builder files)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            var path = prefix + entry.Name;
            if (path == TreePath.Bootstrap || path == TreeJournal.Folder || path == TreeJournal.LockFile)
            {
                continue;
            }

            if (entry is DirectoryInfo below && entry.LinkTarget is null)
            {
                List(below, path + "/", files);
            }
            else
            {
                files.Add(path);
            }
        }
    }
}
