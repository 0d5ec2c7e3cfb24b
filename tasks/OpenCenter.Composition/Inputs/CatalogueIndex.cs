using System.Collections.Immutable;
using System.Text.Json;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition.Inputs;

/// <summary>The services of the catalogue that this SDK was released with: what a project could reference.</summary>
/// <param name="Services">In ordinal order of their names.</param>
internal sealed record CatalogueIndex(ImmutableArray<CatalogueService> Services)
{
    public static CatalogueIndex Read(string file, DiagnosticBag diagnostics)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (!document.RootElement.TryGetProperty("services", out var services))
            {
                return new CatalogueIndex([]);
            }

            return new CatalogueIndex(
            [
                .. services.EnumerateObject().Select(service => new CatalogueService(
                    service.Name,
                    service.Value.GetProperty("package").GetString()!,
                    Texts(service.Value, "provides"),
                    Texts(service.Value, "releases"),
                    Texts(service.Value, "groups"))),
            ]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            diagnostics.Add(ProjectDiagnostics.Unreadable(file, exception.Message.TrimEnd('.')));
            return new CatalogueIndex([]);
        }
    }

    /// <summary>The package of a service, or the name that it would have.</summary>
    public string PackageOf(string service) =>
        Services.FirstOrDefault(known => known.Name == service)?.Package
        ?? "OpenCenter.Services." + string.Concat(service.Split('-').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The packages of the services that provide a capability, in ordinal order.</summary>
    public ImmutableArray<string> PackagesThatProvide(string capability) =>
        [.. Services.Where(service => service.Provides.Contains(capability)).Select(service => service.Package).Order(StringComparer.Ordinal)];

    /// <summary>The API groups of the kinds that a service, or the providers of a capability, bring.</summary>
    public IEnumerable<string> GroupsOf(string name) =>
        Services.Where(service => service.Name == name || service.Provides.Contains(name)).SelectMany(service => service.Groups);

    private static ImmutableArray<string> Texts(JsonElement element, string property) =>
        element.TryGetProperty(property, out var list) ? [.. list.EnumerateArray().Select(text => text.GetString()!)] : [];
}
