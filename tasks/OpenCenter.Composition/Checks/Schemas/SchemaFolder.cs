using System.Text.Json;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Flux;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Planning;

namespace OpenCenter.Composition.Checks.Schemas;

/// <summary>
/// A folder of schemas in kubeconform's layout: <c>group/kind_version.json</c>, the kind in lower case; the core group lies in
/// <c>core/</c> or directly in the folder.
/// </summary>
internal sealed class SchemaFolder
{
    private readonly string _path;

    private SchemaFolder(string path) => _path = path;

    /// <summary>The folder that a ClusterSchemas item names; null where there is none.</summary>
    public static SchemaFolder? Of(ClusterPlan plan, ProjectItem item, DiagnosticBag diagnostics)
    {
        var path = Path.GetFullPath(item.Include, plan.Inputs.Project.Directory);
        if (Directory.Exists(path))
        {
            return new SchemaFolder(path);
        }

        diagnostics.Add(ProjectDiagnostics.BadItem(plan.Inputs.Places.Of(item), item.Type, item.Include, $"there is no folder '{path}'"));
        return null;
    }

    /// <summary>The schema of an object's kind; null where there is none.</summary>
    public Schema? Find(TreeObject item, DiagnosticBag diagnostics)
    {
        if (FileOf(item) is not { } file)
        {
            return null;
        }

        try
        {
            return JsonSchema.Parse(File.ReadAllBytes(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            diagnostics.Add(ManifestDiagnostics.BadSchema(file, exception.Message.TrimEnd('.')));
            return null;
        }
    }

    private string? FileOf(TreeObject item)
    {
        var version = item.ApiVersion[(item.ApiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var name = $"{item.Kind.ToLowerInvariant()}_{version}.json";
        string[] candidates = item.Group.Length == 0 ? [name, $"core/{name}"] : [$"{item.Group}/{name}"];
        // Kind and group come from a manifest: a name that would leave the folder names no schema.
        return name.AsSpan().ContainsAny('/', '\\') || item.Group.Contains("..", StringComparison.Ordinal)
            ? null
            : candidates.Select(candidate => Path.Combine(_path, candidate)).FirstOrDefault(File.Exists);
    }
}
