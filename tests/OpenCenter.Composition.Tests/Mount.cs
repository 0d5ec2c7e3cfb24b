using System.Diagnostics;

namespace OpenCenter.Composition.Tests;

/// <summary>Something mounted for as long as it is wanted, or until the process that wants it is gone, however it was ended.</summary>
internal sealed class Mount : IDisposable
{
    // The end of its input is the end of the tests: a signal that ends them is none to it.
    private const string Guard = "trap '' INT TERM HUP; place=$1; shift; mount \"$@\" \"$place\" && echo mounted && cat && umount \"$place\"";

    private readonly Process _guard;

    private Mount(Process guard) => _guard = guard;

    /// <summary>Null where this user may not mount.</summary>
    public static Mount? At(string place, params string[] arguments)
    {
        var guard = Process.Start(new ProcessStartInfo("sh", ["-c", Guard, "mount", place, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var mount = new Mount(guard);
        if (guard.StandardOutput.ReadLine() == "mounted")
        {
            return mount;
        }

        mount.Dispose();
        return null;
    }

    public void Dispose()
    {
        _guard.StandardInput.Close();
        _guard.WaitForExit();
        _guard.Dispose();
    }
}
