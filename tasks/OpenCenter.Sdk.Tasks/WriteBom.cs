using System.Collections.Immutable;
using Microsoft.Build.Framework;
using OpenCenter.Composition.Packaging;
using Task = Microsoft.Build.Utilities.Task;

namespace OpenCenter.Sdk.Tasks;

/// <summary>Writes the bill of materials of a NuGet package.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteBom : Task
{
    [Required] public string PackageId { get; set; } = "";
    [Required] public string PackageVersion { get; set; } = "";
    public string License { get; set; } = "";
    public string Publisher { get; set; } = "";

    /// <summary>What is in the package or comes with it; metadata Type, Version, Purl, Url, License. Without a Purl it is a NuGet package.</summary>
    public ITaskItem[] Parts { get; set; } = [];

    /// <summary>The file to write, absolute.</summary>
    [Required] public string BomFile { get; set; } = "";

    public override bool Execute()
    {
        ImmutableArray<BomComponent> parts = [.. Parts.Select(ToComponent)];
        Directory.CreateDirectory(Path.GetDirectoryName(BomFile)!);
        File.WriteAllBytes(BomFile, BomWriter.Write(BomComponent.Package(PackageId, PackageVersion) with { License = License, Publisher = Publisher }, parts));
        return true;
    }

    /// <summary>A part of a bill of materials as an item.</summary>
    public static ITaskItem ToItem(BomComponent part) => EscapedItem.Of(part.Name, ("Type", part.Type), ("Version", part.Version), ("Purl", part.Purl), ("Url", part.Url));

    private static BomComponent ToComponent(ITaskItem item)
    {
        var package = BomComponent.Package(item.ItemSpec, item.GetMetadata("Version")) with { License = item.GetMetadata("License") };
        return item.GetMetadata("Purl") is { Length: > 0 } purl ? package with { Purl = purl, Type = item.GetMetadata("Type"), Url = item.GetMetadata("Url") } : package;
    }
}
