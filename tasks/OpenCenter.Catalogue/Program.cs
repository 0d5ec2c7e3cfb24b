using OpenCenter.Catalogue;

// dotnet run --project tasks/OpenCenter.Catalogue [check]: writes both files, or says which one is not what content/ makes of it.
var root = Above(Environment.CurrentDirectory);
var services = CatalogueEntry.ReadAll(Path.Combine(root, "content"));
var isCheck = args is ["check"];
var stale = false;
foreach (var (path, text) in new Dictionary<string, string> { ["sdk/OpenCenter.Sdk/catalogue.json"] = CatalogueIndexFile.Write(services), ["docs/catalogue.md"] = CataloguePage.Write(services) })
{
    var file = Path.Combine(root, path);
    if (File.Exists(file) && File.ReadAllText(file) == text)
    {
        continue;
    }

    if (isCheck)
    {
        stale = true;
        // MSBuild reads this form.
        Console.WriteLine($"{file} : error CATALOGUE: This file is not what content/ makes of it. Run 'dotnet run --project tasks/OpenCenter.Catalogue' and commit it.");
    }
    else
    {
        File.WriteAllText(file, text);
        Console.WriteLine($"{path} written");
    }
}

return stale ? 1 : 0;

static string Above(string folder) =>
    File.Exists(Path.Combine(folder, "OpenCenter.Sdk.sln")) ? folder
    : Above(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run this in the repository."));
