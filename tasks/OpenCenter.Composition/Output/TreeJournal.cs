using System.Collections.Immutable;
using System.Globalization;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Output;

/// <summary>
/// Makes many changes as one. New contents are staged first, then one file says what is to be done, then it is done; a build
/// that was killed in between is finished by the next one. Before that file stands, nothing in the tree has changed.
/// </summary>
/// <param name="root">The tree.</param>
/// <param name="step">Called before each change of the file system, for tests that stop there.</param>
internal sealed class TreeJournal(string root, Action<string>? step = null)
{
    public const string Folder = TreeRecord.Folder + "/.journal";
    public const string LockFile = TreeRecord.Folder + "/.lock";

    private const string CommitFile = "commit.json";
    private const string UnfinishedCommitFile = "commit.tmp";

    // No file has this hash: what has become a link is neither old nor new.
    private const string Other = "other";

    private readonly string _folder = TreePath.On(root, Folder);
    private readonly RealFolders _folders = new(root);

    public bool Exists => Directory.Exists(_folder);

    private bool IsCommitted => File.Exists(InJournal(CommitFile));

    /// <summary>False where a file is not what was compared any more; then nothing has changed.</summary>
    public bool Apply(ImmutableArray<TreeChange> changes, DiagnosticBag? diagnostics = null)
    {
        try
        {
            Stage(changes);
            ImmutableArray<JournalEntry> entries = [.. changes.Select(ToEntry)];
            if (Pending(entries, diagnostics ?? new DiagnosticBag()) is not { } pending)
            {
                Discard();
                return false;
            }

            Commit(entries);
            Finish(entries, pending);
            return true;
        }
        catch (Exception exception) when ((exception is IOException or UnauthorizedAccessException) && !IsCommitted)
        {
            TryDiscard();
            throw;
        }
    }

    /// <summary>
    /// Finishes a killed build's changes, or forgets what it only staged. False where a person changed a file in between;
    /// then nothing is done.
    /// </summary>
    public bool Recover(DiagnosticBag diagnostics)
    {
        if (!IsCommitted)
        {
            Discard();
            return true;
        }

        if (JournalFile.Read(File.ReadAllBytes(InJournal(CommitFile))) is not { } entries)
        {
            diagnostics.Add(OutputDiagnostics.BrokenJournal(_folder));
            return false;
        }

        if (Pending(entries, diagnostics) is not { } pending)
        {
            return false;
        }

        if (pending.All(number => entries[number].IsRemoval || HashOf(Staged(number)) == entries[number].New))
        {
            Finish(entries, pending);
            return true;
        }

        // Somebody took the old tree back from Git: what had been moved into it is gone, and there is nothing to undo.
        if (pending.Count == entries.Length)
        {
            Discard();
            return true;
        }

        diagnostics.Add(OutputDiagnostics.BrokenJournal(_folder));
        return false;
    }

    private JournalEntry ToEntry(TreeChange change) => new(
        change.Path,
        change.OldHash ?? HashOf(TreePath.On(root, change.Path)),
        change.Kind == FileChangeKind.Removed ? "" : TreeOnDisk.Hash(change.Content.Span));

    private void Stage(ImmutableArray<TreeChange> changes)
    {
        Step("create");
        Directory.CreateDirectory(_folder);
        for (var number = 0; number < changes.Length; number++)
        {
            if (changes[number].Kind != FileChangeKind.Removed)
            {
                Step($"stage {changes[number].Path}");
                Write(Staged(number), changes[number].Content.Span, isThrough: changes[number].Kind == FileChangeKind.Changed);
            }
        }
    }

    /// <summary>The numbers of what is still to be done; null where a file is neither old nor new, which is reported.</summary>
    private HashSet<int>? Pending(ImmutableArray<JournalEntry> entries, DiagnosticBag diagnostics)
    {
        var pending = new HashSet<int>();
        var isSafe = true;
        for (var number = 0; number < entries.Length; number++)
        {
            var entry = entries[number];
            var file = TreePath.On(root, entry.Path);
            if (_folders.LinkAbove(entry.Path) is { } link)
            {
                diagnostics.Add(OutputDiagnostics.InTheWay(link));
                isSafe = false;
            }
            else if (HashOf(file) is var now && now == entry.Old)
            {
                pending.Add(number);
            }
            else if (now != entry.New)
            {
                diagnostics.Add(OutputDiagnostics.ChangedMeanwhile(file));
                isSafe = false;
            }
        }

        return isSafe ? pending : null;
    }

    private void Commit(ImmutableArray<JournalEntry> entries)
    {
        Step("prepare");
        Write(InJournal(UnfinishedCommitFile), JournalFile.Write(entries), isThrough: entries.Any(entry => entry.Old.Length > 0));
        Step("commit");
        File.Move(InJournal(UnfinishedCommitFile), InJournal(CommitFile));
    }

    private void Finish(ImmutableArray<JournalEntry> entries, HashSet<int> pending)
    {
        for (var number = 0; number < entries.Length; number++)
        {
            var path = entries[number].Path;
            if (entries[number].IsRemoval)
            {
                Remove(path, pending.Contains(number));
            }
            else if (pending.Contains(number))
            {
                Step($"move {path}");
                Directory.CreateDirectory(Path.GetDirectoryName(TreePath.On(root, path))!);
                File.Move(Staged(number), TreePath.On(root, path), overwrite: true);
            }
        }

        Step("clean");
        Directory.Delete(_folder, recursive: true);
    }

    private void Remove(string path, bool isPending)
    {
        if (isPending)
        {
            Step($"delete {path}");
            File.Delete(TreePath.On(root, path));
        }

        // Even if nothing is pending: a killed build may have come no further than the file.
        for (var above = Parent(path); above.Length > 0; above = Parent(above))
        {
            var folder = TreePath.On(root, above);
            if (!Directory.Exists(folder))
            {
                continue;
            }

            if (Directory.EnumerateFileSystemEntries(folder).Any())
            {
                return;
            }

            Step($"delete {above}/");
            Directory.Delete(folder);
        }
    }

    private void Discard()
    {
        Step("discard");
        Directory.Delete(_folder, recursive: true);
    }

    private void TryDiscard()
    {
        try
        {
            Discard();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What led here is reported; the next build forgets the rest.
        }
    }

    private string InJournal(string name) => Path.Combine(_folder, name);

    private string Staged(int number) => InJournal(number.ToString(CultureInfo.InvariantCulture));

    private static string Parent(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    private static string HashOf(string file)
    {
        var info = new FileInfo(file);
        return info.LinkTarget is not null ? Other : info.Exists ? TreeOnDisk.HashOf(file) : "";
    }

    // What takes another's place is on the disk before it does. A new file has nothing to lose: a new tree of hundreds waits
    // for no disk.
    private static void Write(string file, ReadOnlySpan<byte> bytes, bool isThrough)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        stream.Write(bytes);
        if (isThrough)
        {
            stream.Flush(flushToDisk: true);
        }
    }

    private void Step(string name) => step?.Invoke(name);
}
