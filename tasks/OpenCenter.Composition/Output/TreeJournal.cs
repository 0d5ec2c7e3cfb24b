using System.Collections.Immutable;
using System.Text.Json;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Output;

/// <summary>
/// Makes many changes as one. New contents are staged first, then one file says what is to be done, then it is done; a build
/// that was killed in between is finished by the next one. Before that file stands, nothing in the tree has changed.
/// </summary>
internal sealed class TreeJournal(string root, Action<string>? step = null)
{
    public const string Folder = TreeRecord.Folder + "/.journal";
    public const string LockFile = TreeRecord.Folder + "/.lock";

    private const string CommitFile = "commit.json";

    private readonly string _folder = TreePath.On(root, Folder);

    public bool Exists => Directory.Exists(_folder);

    public void Apply(ImmutableArray<TreeChange> changes)
    {
        Stage(changes);
        Finish(new DiagnosticBag());
    }

    /// <summary>Finishes a killed build's changes, or drops what it only staged. False where a person changed a file in between.</summary>
    public bool Recover(DiagnosticBag diagnostics)
    {
        if (File.Exists(Path.Combine(_folder, CommitFile)))
        {
            return Finish(diagnostics);
        }

        Step("discard");
        Directory.Delete(_folder, recursive: true);
        return true;
    }

    private void Stage(ImmutableArray<TreeChange> changes)
    {
        Step("create");
        Directory.CreateDirectory(_folder);
        for (var i = 0; i < changes.Length; i++)
        {
            if (changes[i].Kind != FileChangeKind.Removed)
            {
                Step($"stage {changes[i].Path}");
                WriteThrough(Staged(i), changes[i].Content.Span);
            }
        }

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            foreach (var change in changes)
            {
                var file = TreePath.On(root, change.Path);
                json.WriteStartObject();
                json.WriteString("path", change.Path);
                json.WriteString("old", File.Exists(file) ? TreeOnDisk.Hash(File.ReadAllBytes(file)) : "");
                json.WriteString("new", change.Kind == FileChangeKind.Removed ? "" : TreeOnDisk.Hash(change.Content.Span));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        Step("prepare");
        WriteThrough(Path.Combine(_folder, "commit.tmp"), stream.ToArray());
        Step("commit");
        File.Move(Path.Combine(_folder, "commit.tmp"), Path.Combine(_folder, CommitFile));
    }

    private bool Finish(DiagnosticBag diagnostics)
    {
        using var commit = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, CommitFile)));
        var entries = commit.RootElement.EnumerateArray()
            .Select((entry, i) => (Index: i, Path: Text(entry, "path"), Old: Text(entry, "old"), New: Text(entry, "new")))
            .Where(entry => TreePath.IsSafe(entry.Path))
            .ToArray();
        foreach (var entry in entries)
        {
            var file = TreePath.On(root, entry.Path);
            var now = File.Exists(file) ? TreeOnDisk.Hash(File.ReadAllBytes(file)) : "";
            if (now != entry.Old && now != entry.New)
            {
                diagnostics.Add(OutputDiagnostics.ChangedMeanwhile(file));
            }
        }

        if (diagnostics.HasErrors)
        {
            return false;
        }

        foreach (var entry in entries)
        {
            Apply(entry.Index, entry.Path, isRemoved: entry.New.Length == 0);
        }

        Step("clean");
        Directory.Delete(_folder, recursive: true);
        return true;
    }

    private void Apply(int index, string path, bool isRemoved)
    {
        var file = TreePath.On(root, path);
        if (isRemoved)
        {
            Step($"delete {path}");
            if (File.Exists(file))
            {
                File.Delete(file);
                RemoveEmptyAbove(file);
            }
        }
        else if (File.Exists(Staged(index)))
        {
            Step($"move {path}");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Move(Staged(index), file, overwrite: true);
        }
    }

    private void RemoveEmptyAbove(string file)
    {
        for (var folder = Path.GetDirectoryName(file)!; folder.Length > root.TrimEnd('/', '\\').Length && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
        {
            Directory.Delete(folder);
        }
    }

    private string Staged(int index) => Path.Combine(_folder, index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString() ?? "";

    private static void WriteThrough(string file, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    private void Step(string name) => step?.Invoke(name);
}
