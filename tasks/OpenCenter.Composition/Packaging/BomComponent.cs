namespace OpenCenter.Composition.Packaging;

/// <summary>A package, or something that it brings into a cluster, as CycloneDX names it.</summary>
/// <param name="Type"><c>library</c> or <c>application</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Purl">Its package URL, by which scanners know it.</param>
/// <param name="Url">Where it comes from; empty where that is for the feed, or a cluster, to say.</param>
/// <param name="License">An SPDX expression; empty where it is not known.</param>
/// <param name="Publisher">Who made it; empty where it is not known.</param>
public sealed record BomComponent(string Type, string Name, string Version, string Purl, string Url = "", string License = "", string Publisher = "")
{
    /// <summary>A NuGet package.</summary>
    public static BomComponent Package(string id, string version) => new("library", id, version, $"pkg:nuget/{id}@{Uri.EscapeDataString(version)}");
}
