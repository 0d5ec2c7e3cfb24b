namespace OpenCenter.Catalogue;

/// <summary>The files in which something is said of the catalogue.</summary>
internal static class CatalogueFiles
{
    /// <summary>Those that are not what <c>content/</c> makes of them, with the first line that is another, in the form that MSBuild reads.</summary>
    public static IEnumerable<string> Stale(string root)
    {
        foreach (var (file, old, text) in Differing(root))
        {
            yield return $"{file}({FirstDifference(old, text)}): error CATALOGUE: This file is not what content/ makes of it. Run 'dotnet run --project tasks/OpenCenter.Catalogue' and commit it.";
        }
    }

    /// <summary>Writes them; gives those that were others before.</summary>
    public static IEnumerable<string> Write(string root)
    {
        foreach (var (file, _, text) in Differing(root))
        {
            File.WriteAllText(file, text);
            yield return file;
        }
    }

    private static IEnumerable<(string File, string Old, string Text)> Differing(string root)
    {
        var services = CatalogueEntry.ReadAll(Path.Combine(root, "content"));
        (string File, string Text)[] files =
        [
            (Path.Combine(root, "sdk/OpenCenter.Sdk/catalogue.json"), CatalogueIndexFile.Write(services)),
            (Path.Combine(root, "docs/catalogue.md"), CataloguePage.Write(services)),
        ];
        return files.Select(file => (file.File, Old: File.Exists(file.File) ? File.ReadAllText(file.File) : "", file.Text)).Where(file => file.Old != file.Text);
    }

    private static int FirstDifference(string old, string young)
    {
        var (left, right) = (old.Split('\n'), young.Split('\n'));
        var line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
        {
            line++;
        }

        return line + 1;
    }
}
