using System.Collections.Immutable;
using NuGet.Versioning;

namespace OpenCenter.Composition.Inputs;

/// <summary>A package, or a referenced project, of the restore result.</summary>
/// <param name="Id">The package's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Directory">The absolute directory that holds its files.</param>
/// <param name="Files">Its files, relative with <c>/</c>, in ordinal order.</param>
/// <param name="Dependencies">The ids of what it depends on, in ordinal order.</param>
/// <param name="Archive">What its files have to be; null for a project, whose files may change.</param>
internal sealed record RestoredPackage(
    string Id,
    NuGetVersion Version,
    string Directory,
    ImmutableArray<string> Files,
    ImmutableArray<string> Dependencies,
    PackageArchive? Archive = null);
