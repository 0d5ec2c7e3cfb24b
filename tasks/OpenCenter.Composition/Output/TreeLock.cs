namespace OpenCenter.Composition.Output;

/// <summary>Keeps two builds from writing one tree at once. The system releases it when its process dies.</summary>
internal sealed class TreeLock : IDisposable
{
    private const int PauseMilliseconds = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FileStream _stream;

    private TreeLock(FileStream stream) => _stream = stream;

    /// <summary>Null where another build holds it for ten seconds.</summary>
    /// <exception cref="IOException">The tree can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The tree can't be written.</exception>
    public static TreeLock? Take(string root) => Take(root, Patience);

    /// <summary>Whether there is a lock: another build's, or one that a killed build left behind.</summary>
    public static bool IsLeft(string root) => File.Exists(TreePath.On(root, TreeJournal.LockFile));

    internal static TreeLock? Take(string root, TimeSpan patience)
    {
        var file = TreePath.On(root, TreeJournal.LockFile);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        for (var waited = TimeSpan.Zero; waited <= patience; waited += TimeSpan.FromMilliseconds(PauseMilliseconds))
        {
            try
            {
                // DeleteOnClose: a file that is deleted by its name could already be the next build's.
                return new TreeLock(new FileStream(
                    file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose));
            }
            catch (IOException) when (File.Exists(file))
            {
                Thread.Sleep(PauseMilliseconds);
            }
        }

        return null;
    }

    public void Dispose() => _stream.Dispose();
}
