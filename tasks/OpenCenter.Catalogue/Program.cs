using OpenCenter.Catalogue;

// dotnet run --project tasks/OpenCenter.Catalogue [check]: writes both files, or says which one is not what content/ makes of it.
var root = Above(Environment.CurrentDirectory);
var isCheck = args is ["check"];
var found = (isCheck ? CatalogueFiles.Stale(root) : CatalogueFiles.Write(root)).ToArray();
foreach (var line in found)
{
    Console.WriteLine(isCheck ? line : $"{line} written");
}

return isCheck && found.Length > 0 ? 1 : 0;

static string Above(string folder) =>
    File.Exists(Path.Combine(folder, "OpenCenter.Sdk.sln")) ? folder
    : Above(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run this in the repository."));
