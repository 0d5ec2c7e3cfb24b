using System.Collections.Immutable;
using Microsoft.Build.Framework;
using OpenCenter.Composition.Inputs;

namespace OpenCenter.Sdk.Tasks;

/// <summary>MSBuild's items as the engine knows them.</summary>
internal static class ProjectItems
{
    private static readonly string[] WellKnown =
    [
        "FullPath", "RootDir", "Filename", "Extension", "RelativeDir", "Directory", "RecursiveDir", "Identity",
        "ModifiedTime", "CreatedTime", "AccessedTime",
        "DefiningProjectFullPath", "DefiningProjectDirectory", "DefiningProjectName", "DefiningProjectExtension",
    ];

    public static IEnumerable<ProjectItem> ToProjectItems(this IEnumerable<ITaskItem> items, string type) =>
        items.Select(item => new ProjectItem(type, item.ItemSpec, Metadata(item), item.GetMetadata("DefiningProjectFullPath")));

    private static ImmutableDictionary<string, string> Metadata(ITaskItem item) =>
        item.MetadataNames.Cast<string>()
            .Except(WellKnown, StringComparer.OrdinalIgnoreCase)
            .ToImmutableDictionary(name => name, item.GetMetadata, StringComparer.OrdinalIgnoreCase);
}
