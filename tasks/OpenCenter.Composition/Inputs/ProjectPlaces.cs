using System.Xml;
using System.Xml.Linq;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Inputs;

/// <summary>
/// Finds where an item or a property stands in a project file. MSBuild's items know only their file, so the file is read
/// again, and only when something has to be reported.
/// </summary>
internal sealed class ProjectPlaces(string projectFile)
{
    private readonly Dictionary<string, XDocument?> _files = new(StringComparer.Ordinal);

    /// <summary>The place of an item, or its file where it can't be found (an item made by a target).</summary>
    public Place Of(ProjectItem item) =>
        Find(item.DefiningFile, e => e.Name.LocalName == item.Type
            && Listed(e.Attribute("Include")?.Value ?? e.Attribute("Update")?.Value, item.Include));

    /// <summary>The place of a property's last definition in the project, or the project.</summary>
    public Place OfProperty(string name) => Find(projectFile, e => e.Name.LocalName == name && e.Parent?.Name.LocalName == "PropertyGroup");

    /// <summary>The place of the last element of this name in the project, or the project.</summary>
    public Place OfElement(string name) => Find(projectFile, e => e.Name.LocalName == name);

    /// <summary>A project file as it is; empty where it can't be read, which MSBuild would have said.</summary>
    public static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Where a new line belongs: the project as a whole.</summary>
    public Place Project => new(projectFile);

    private static bool Listed(string? include, string identity) =>
        include is not null && include.Split(';', StringSplitOptions.TrimEntries).Contains(identity, StringComparer.OrdinalIgnoreCase);

    private Place Find(string file, Func<XElement, bool> matches)
    {
        lock (_files)
        {
            var element = Load(file)?.Descendants().LastOrDefault(matches);
            return element is IXmlLineInfo info && info.HasLineInfo()
                ? new Place(file, info.LineNumber, Math.Max(1, info.LinePosition - 1))
                : new Place(file);
        }
    }

    private XDocument? Load(string file)
    {
        if (_files.TryGetValue(file, out var known))
        {
            return known;
        }

        XDocument? document = null;
        try
        {
            // A project is the user's own, but an entity or a remote DTD has no business in it.
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            document = XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (Exception exception) when (exception is IOException or XmlException or UnauthorizedAccessException or ArgumentException)
        {
            // Without the file there is no line to name; the diagnostic still names the file.
        }

        return _files[file] = document;
    }
}
