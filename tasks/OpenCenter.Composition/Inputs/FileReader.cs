using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs;

/// <summary>Reads a file whole; what the file system refuses is a diagnostic.</summary>
internal static class FileReader
{
    public static SourceFile? Read(string path, DiagnosticBag diagnostics)
    {
        try
        {
            return new SourceFile(path, File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(ProjectDiagnostics.Unreadable(path, exception.Message.TrimEnd('.')));
            return null;
        }
    }
}
