using System.Text;
using OpenCenter.Composition.Inputs;
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
                Lines(descriptor.Provides.Select(Cell)),
                Lines(Requires(descriptor)),
                Lines(descriptor.Settings.Where(setting => setting.Default is null).Select(setting => $"`{descriptor.Name.Value}.{setting.Name.Value}`{In(setting.Profile)}")
                    .Concat(descriptor.Secrets.DistinctBy(secret => secret.Name.Value).Select(secret => $"Secret `{secret.Name.Value}`{(secret.With is null ? "" : $" with *{Cell(secret.With)}*")}{In(secret.Profile)}")))).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Source(ComponentSpec component) =>
        component.Release is { } release ? Cell(release.Chart ?? release.SourceUrl.Value[(release.SourceUrl.Value.LastIndexOf('/') + 1)..])
        : component.Git is { } git ? Cell(git.Url.Value[(git.Url.Value.LastIndexOf('/') + 1)..])
        : "";

    private static IEnumerable<string> Requires(ServiceDescriptor descriptor) =>
        descriptor.Requires.Concat(descriptor.Components.SelectMany(component => component.Requires))
            .Select(required => required.IsCapability ? $"*{Cell(required.Name.Value)}*" : Cell(required.Name.Value))
            .Concat(descriptor.Providers.IsEmpty ? [] : [$"provider {string.Join(" or ", descriptor.Providers)}"])
            .Distinct();

    private static string In(Profile? profile) => profile is { } only ? $" ({only.ToString().ToLowerInvariant()})" : "";

    // A text of a descriptor that may be anything, as the text that it is.
    private static string Cell(string text)
    {
        var cell = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            cell.Append(c switch
            {
                '<' => "&lt;",
                '&' => "&amp;",
                '\n' or '\r' => " ",
                '|' or '`' or '*' or '[' or '\\' => $"\\{c}",
                _ => c.ToString(),
            });
        }

        return cell.ToString();
    }

    private static string Lines(IEnumerable<string> texts) => string.Join("<br>", texts);
}
