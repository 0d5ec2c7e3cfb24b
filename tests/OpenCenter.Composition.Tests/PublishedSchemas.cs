using OpenCenter.Composition.Checks.Schemas;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Tests;

/// <summary>The schemas that Flux, Kubernetes and the platform's operators publish, and what they say of objects.</summary>
internal sealed class PublishedSchemas
{
    private readonly Dictionary<string, string> _files = Directory.EnumerateFiles(Path.Combine(Needs.Shared, "schemas"), "*_*.json", SearchOption.AllDirectories)
        .ToDictionary(file => $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileNameWithoutExtension(file)}", StringComparer.Ordinal);

    private readonly Dictionary<string, JsonSchema> _read = new(StringComparer.Ordinal);
    private readonly KnownSchemas _known = KnownSchemas.Table;

    /// <summary>How many objects had a schema.</summary>
    public int Checked { get; private set; }

    public List<string> Problems { get; } = [];

    /// <summary>Kinds without a schema.</summary>
    public SortedSet<string> Unknown { get; } = new(StringComparer.Ordinal);

    public void Check(IEnumerable<YamlMap> objects)
    {
        foreach (var item in objects)
        {
            var (apiVersion, kind) = (item.Text("apiVersion")!, item.Text("kind")!);
            var parts = apiVersion.Split('/');
            if (!_files.TryGetValue($"{(parts.Length == 2 ? parts[0] : "core")}/{kind.ToLowerInvariant()}_{parts[^1]}", out var file))
            {
                Unknown.Add($"{apiVersion} {kind}");
                continue;
            }

            if (!_read.TryGetValue(file, out var schema))
            {
                _read[file] = schema = JsonSchema.Parse(File.ReadAllBytes(file));
            }

            Checked++;
            var found = new DiagnosticBag();
            new SchemaValidator($"{kind} {item.Text("metadata", "name")}", item.Place, _known.Metadata, new Version(2, 9), found).Validate(item, schema);
            Problems.AddRange(found.ToSorted().Select(problem => problem.Text));
        }
    }
}
