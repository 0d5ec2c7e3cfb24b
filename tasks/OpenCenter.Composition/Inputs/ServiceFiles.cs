using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Inputs;

/// <summary>Which files of a service project belong to its package.</summary>
internal static class ServiceFiles
{
    /// <summary>
    /// All files below a directory but build output, project files and what Git or an editor keeps, relative with
    /// <c>/</c>, in ordinal order.
    /// </summary>
    public static ImmutableArray<string> In(string directory, DiagnosticBag diagnostics) =>
        [.. FolderListing.Read(directory, IsContent, diagnostics)];

    private static bool IsContent(string file)
    {
        var top = file.IndexOf('/', StringComparison.Ordinal);
        return top > 0
            ? file[..top] is not ("bin" or "obj") && file[0] != '.'
            : file is "service.yaml" or "README.md";
    }
}
