using System.Text;

namespace OpenCenter.Catalogue;

/// <summary>The index by which a build names the package that is missing: one line a service, so that branches merge.</summary>
internal static class CatalogueIndexFile
{
    public static string Write(IEnumerable<CatalogueEntry> services)
    {
        var text = new StringBuilder("{\n  \"services\": {\n");
        text.AppendJoin(",\n", services.Select(service =>
            $"    \"{service.Descriptor.Name.Value}\": {{\"package\": \"{service.Package}\", \"provides\": {List(service.Descriptor.Provides)}, \"releases\": {List(service.Releases.Select(release => release.Name.Value))}}}"));
        return text.Append("\n  }\n}\n").ToString();
    }

    // Names are DNS-1123 labels: nothing in them needs an escape.
    private static string List(IEnumerable<string> names) => $"[{string.Join(", ", names.Select(name => $"\"{name}\""))}]";
}
