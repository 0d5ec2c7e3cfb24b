using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Planning;

/// <summary>An application lives in the Namespace that it brings, else in one of its own name.</summary>
internal static class ApplicationNamespaces
{
    public static ImmutableArray<ApplicationNamespace> Read(ClusterInputs inputs) =>
    [
        .. inputs.Files.Applications
            .GroupBy(file => file.Folder, StringComparer.Ordinal)
            .Select(folder => Own(folder) is { } own
                ? new ApplicationNamespace(folder.Key, own, true)
                : new ApplicationNamespace(folder.Key, folder.Key, false)),
    ];

    // Few files hold the word, so few are read twice; what is wrong with them is reported when the tree is built.
    private static string? Own(IEnumerable<ProjectFile> files) =>
        files.Where(file => file.Source.Bytes.AsSpan().IndexOf("Namespace"u8) >= 0)
            .SelectMany(file => YamlReader.Read(file.Source, new DiagnosticBag()) ?? [])
            .OfType<YamlMap>()
            .Where(document => document.Text("kind") == "Namespace" && document.Text("apiVersion") == "v1")
            .Select(document => document.Text("metadata", "name"))
            .FirstOrDefault(name => name is not null);
}
