namespace OpenCenter.Composition.Output;

/// <summary>Keeps two builds from writing one tree at once. The system releases it when its process dies.</summary>
internal sealed class TreeLock : IDisposable
{
    private const int Attempts = 100;
    private const int PauseMilliseconds = 100;

    private readonly string _file;
    private readonly FileStream _stream;

    private TreeLock(string file, FileStream stream)
    {
        _file = file;
        _stream = stream;
    }

    /// <summary>Null where another build holds it for ten seconds.</summary>
    /// <exception cref="UnauthorizedAccessException">The tree can't be written.</exception>
    public static TreeLock? Take(string root)
    {
        var file = TreePath.On(root, TreeJournal.LockFile);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                return new TreeLock(file, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(file))
            {
                Thread.Sleep(PauseMilliseconds);
            }
        }

        return null;
    }

    public void Dispose()
    {
        File.Delete(_file);
        _stream.Dispose();
    }
}
