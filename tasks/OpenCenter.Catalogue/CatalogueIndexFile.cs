using System.Text;
using OpenCenter.Composition.Inputs.Descriptors;

namespace OpenCenter.Catalogue;

/// <summary>The index by which a build names the package that is missing: one line a service, so that branches merge.</summary>
internal static class CatalogueIndexFile
{
    public static string Write(IEnumerable<CatalogueEntry> services)
    {
        var text = new StringBuilder("{\n  \"services\": {\n");
        text.AppendJoin(",\n", services.Select(service =>
            $"    \"{service.Descriptor.Name.Value}\": {{\"package\": \"{service.Package}\", \"provides\": {List(service.Descriptor.Provides)}, \"releases\": {List(service.Releases.Select(release => release.Name.Value))}, \"groups\": {List(Groups(service.Descriptor))}}}"));
        return text.Append("\n  }\n}\n").ToString();
    }

    // group/Kind; what has four or five parts is an object.
    private static IEnumerable<string> Groups(ServiceDescriptor service) =>
        service.Creates.Select(created => created.Value.Split('/')).Where(parts => parts.Length == 2).Select(parts => parts[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    // Names are DNS-1123 labels, groups DNS names: nothing in them needs an escape.
    private static string List(IEnumerable<string> names) => $"[{string.Join(", ", names.Select(name => $"\"{name}\""))}]";
}
