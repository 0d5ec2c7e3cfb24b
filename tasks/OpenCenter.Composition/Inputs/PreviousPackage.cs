using NuGet.Versioning;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Output;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Inputs;

/// <summary>A file of the package that the committed tree was built from, where NuGet's folder still has that version.</summary>
/// <param name="Version">The version, as the tree's record names it.</param>
/// <param name="File">The file.</param>
internal sealed record PreviousPackage(string Version, SourceFile File)
{
    /// <summary>Null where the tree is new, is of the same version, or the old package is gone.</summary>
    public static PreviousPackage? Find(ClusterProject project, ServicePackage package, string file)
    {
        var nothing = new DiagnosticBag();
        var record = TreePath.On(project.FluxTreePath, TreeRecord.PathOf(package.Name));
        if (!System.IO.File.Exists(record) || FileReader.Read(record, nothing) is not { } source
            || RecordReader.Read(package.Name, record, source.Bytes, out _) is not { } committed
            || committed.Package.Split('/') is not [var id, var version] || !string.Equals(id, package.Id, StringComparison.OrdinalIgnoreCase)
            || !NuGetVersion.TryParse(version, out var old) || old == package.Version)
        {
            return null;
        }

        // Beside its successor: <id>/<version>, both in lower case.
        var path = Path.Combine(Path.GetDirectoryName(package.Directory)!, old.ToNormalizedString().ToLowerInvariant(), file.Replace('/', Path.DirectorySeparatorChar));
        return System.IO.File.Exists(path) && FileReader.Read(path, nothing) is { } found ? new PreviousPackage(version, found) : null;
    }
}
