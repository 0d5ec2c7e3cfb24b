namespace OpenCenter.Composition.Output;

/// <summary>Keeps two builds from writing one tree at once. The system releases it when its process dies.</summary>
internal sealed class TreeLock : IDisposable
{
    private const int PauseMilliseconds = 100;
    private const int MostVanished = 3;

    // On Windows a file that is open can't be deleted, but says itself that it will be.
    private static readonly FileOptions Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FileStream _stream;

    private TreeLock(FileStream stream) => _stream = stream;

    /// <summary>Null where another build holds it for ten seconds.</summary>
    /// <exception cref="IOException">The tree can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The tree can't be written.</exception>
    public static TreeLock? Take(string root) => Take(root, Patience);

    /// <summary>Whether there is a lock: another build's, or one that a killed build left behind.</summary>
    public static bool IsLeft(string root) => File.Exists(TreePath.On(root, TreeJournal.LockFile));

    /// <summary>Whether a build has been here, so that another one may be now.</summary>
    public static bool CanBe(string root) => Directory.Exists(Path.GetDirectoryName(TreePath.On(root, TreeJournal.LockFile)));

    internal static TreeLock? Take(string root, TimeSpan patience)
    {
        var file = TreePath.On(root, TreeJournal.LockFile);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var vanished = 0;
        for (var waited = TimeSpan.Zero; waited <= patience; waited += TimeSpan.FromMilliseconds(PauseMilliseconds))
        {
            try
            {
                var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, Options);
                if (IsAt(file, stream))
                {
                    return new TreeLock(stream);
                }

                stream.Dispose();
            }
            catch (IOException) when (vanished < MostVanished)
            {
                // The other build may have released it since; a tree that can't be written has none time after time.
                vanished = File.Exists(file) ? 0 : vanished + 1;
                Thread.Sleep(PauseMilliseconds);
            }
        }

        return null;
    }

    public void Dispose()
    {
        // Before it is released: after that it could be the next build's.
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(_stream.Name);
        }

        _stream.Dispose();
    }

    // Elsewhere than on Windows an opened file can be deleted: then the lock is on what no other build finds. Its length, which
    // can be seen without opening it, tells whose the file of that name is.
    private static bool IsAt(string file, FileStream stream)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        var length = Random.Shared.Next(1, 4096);
        stream.SetLength(length);
        return new FileInfo(file) is { Exists: true } there && there.Length == length;
    }
}
