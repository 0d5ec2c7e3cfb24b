using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs;

/// <summary>Reads a file whole; what the file system refuses is a diagnostic.</summary>
internal static class FileReader
{
    // A values Secret holds 1 MiB, and so does an object; what is larger is no manifest, and would fill the memory.
    private const int MaxBytes = 16 * 1024 * 1024;

    public static SourceFile? Read(string path, DiagnosticBag diagnostics)
    {
        try
        {
            var file = new FileInfo(path);
            if ((file.Attributes & FileAttributes.ReparsePoint) != 0 && file.LinkTarget is not null)
            {
                diagnostics.Add(ProjectDiagnostics.Link(path));
                return null;
            }

            if (file is { Exists: true, Length: > MaxBytes })
            {
                diagnostics.Add(ProjectDiagnostics.Unreadable(path, "it is larger than 16 MiB"));
                return null;
            }

            // What has no length may be a pipe or a device: opening it could wait for ever.
            return new SourceFile(path, file is { Exists: true, Length: 0 } ? [] : File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(ProjectDiagnostics.Unreadable(path, exception.Message.TrimEnd('.')));
            return null;
        }
    }
}
