using System.Text;
using OpenCenter.Composition.Inputs.Descriptors;

namespace OpenCenter.Catalogue;

/// <summary><c>docs/catalogue.md</c>: every service on one page.</summary>
internal static class CataloguePage
{
    public static string Write(IReadOnlyList<CatalogueEntry> services)
    {
        var text = new StringBuilder("""
            # The catalogue

            Every service package. Each one's page says what it needs, what must be set, and what an upgrade changes.

            | service | version | chart or source | layer | namespaces, Pod Security | provides | requires | must be set |
            |---|---|---|---|---|---|---|---|

            """);
        foreach (var service in services)
        {
            var descriptor = service.Descriptor;
            text.Append("| ").AppendJoin(" | ",
                $"[{descriptor.Name.Value}](../content/{service.Folder}/README.md)",
                service.Version,
                Lines(descriptor.Components.Select(Source).Where(source => source.Length > 0).Distinct()),
                descriptor.Layer,
                Lines(descriptor.Namespaces.Select(ns => $"{ns.Name}: {ns.PodSecurity.ToString().ToLowerInvariant()}")),
                Lines(descriptor.Provides),
                Lines(Requires(descriptor)),
                Lines(descriptor.Settings.Where(setting => setting.Default is null).Select(setting => $"`{descriptor.Name.Value}.{setting.Name.Value}`")
                    .Concat(descriptor.Secrets.Select(secret => $"Secret `{secret.Name.Value}`{(secret.With is null ? "" : $" with *{secret.With}*")}")))).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Source(ComponentSpec component) =>
        component.Release is { } release ? release.Chart ?? release.SourceUrl.Value[(release.SourceUrl.Value.LastIndexOf('/') + 1)..]
        : component.Git is { } git ? git.Url.Value[(git.Url.Value.LastIndexOf('/') + 1)..]
        : "";

    private static IEnumerable<string> Requires(ServiceDescriptor descriptor) =>
        descriptor.Requires.Concat(descriptor.Components.SelectMany(component => component.Requires))
            .Select(required => required.IsCapability ? $"*{required.Name.Value}*" : required.Name.Value)
            .Concat(descriptor.Providers.IsEmpty ? [] : [$"provider {string.Join(" or ", descriptor.Providers)}"])
            .Distinct();

    private static string Lines(IEnumerable<string> texts) => string.Join("<br>", texts);
}
