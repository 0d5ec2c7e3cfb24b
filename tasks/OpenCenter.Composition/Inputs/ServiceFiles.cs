using System.Collections.Immutable;

namespace OpenCenter.Composition.Inputs;

/// <summary>Which files of a service project belong to its package.</summary>
internal static class ServiceFiles
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
    };

    /// <summary>
    /// All files below a directory but build output, project files and what Git or an editor keeps, relative with
    /// <c>/</c>, in ordinal order.
    /// </summary>
    public static ImmutableArray<string> In(string directory) =>
    [
        .. Directory.EnumerateFiles(directory, "*", Everything)
            .Select(file => Path.GetRelativePath(directory, file).Replace('\\', '/'))
            .Where(IsContent)
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsContent(string file)
    {
        var top = file.IndexOf('/', StringComparison.Ordinal);
        return top > 0
            ? file[..top] is not ("bin" or "obj") && file[0] != '.'
            : file is "service.yaml" or "README.md";
    }
}
