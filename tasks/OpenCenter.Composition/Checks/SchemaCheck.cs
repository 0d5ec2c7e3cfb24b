using System.Collections.Immutable;
using System.Text.Json;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Planning;

namespace OpenCenter.Composition.Checks;

/// <summary>
/// Holds objects against the schemas that the project names by ClusterSchemas: a folder in kubeconform's layout,
/// <c>group/kind_version.json</c>, the kind in lower case; the core group lies in <c>core/</c> or directly in the folder.
/// </summary>
internal static class SchemaCheck
{
    public static void Run(ClusterPlan plan, ImmutableArray<TreeObject> objects, DiagnosticBag diagnostics)
    {
        var folders = plan.Settings.Schemas.Select(item => Path.GetFullPath(item.Include, plan.Inputs.Project.Directory)).ToArray();
        foreach (var (item, folder) in plan.Settings.Schemas.Zip(folders).Where(schema => !Directory.Exists(schema.Second)))
        {
            diagnostics.Add(ProjectDiagnostics.BadItem(plan.Inputs.Places.Of(item), item.Type, item.Include, $"there is no folder '{folder}'"));
        }

        foreach (var kind in objects.GroupBy(item => (item.ApiVersion, item.Kind)))
        {
            if (folders.Select(folder => FileOf(folder, kind.First())).FirstOrDefault(file => file is not null) is not { } file)
            {
                continue;
            }

            try
            {
                using var schema = JsonDocument.Parse(File.ReadAllBytes(file));
                foreach (var item in kind)
                {
                    new SchemaValidator(schema.RootElement, (node, path, problem) =>
                        diagnostics.Add(ManifestDiagnostics.SchemaViolation(node.Place, item.Kind, item.Name, path, problem))).Validate(item.Node);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
            {
                diagnostics.Add(ManifestDiagnostics.BadSchema(file, exception.Message.TrimEnd('.')));
            }
        }
    }

    private static string? FileOf(string folder, TreeObject item)
    {
        var version = item.ApiVersion[(item.ApiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var name = $"{item.Kind.ToLowerInvariant()}_{version}.json";
        string[] candidates = item.Group.Length == 0 ? [name, $"core/{name}"] : [$"{item.Group}/{name}"];
        // Kind and group come from a manifest: a name that would leave the folder names no schema.
        return name.AsSpan().ContainsAny('/', '\\') || item.Group.Contains("..", StringComparison.Ordinal)
            ? null
            : candidates.Select(candidate => Path.Combine(folder, candidate)).FirstOrDefault(File.Exists);
    }
}
