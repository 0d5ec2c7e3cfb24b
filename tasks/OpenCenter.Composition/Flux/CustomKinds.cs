using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>Reads the CustomResourceDefinitions that packages and the project carry in <c>crds/</c>.</summary>
internal static class CustomKinds
{
    public static ImmutableArray<CustomKind> Read(ClusterPlan plan, DiagnosticBag diagnostics)
    {
        var kinds = ImmutableArray.CreateBuilder<CustomKind>();
        foreach (var service in plan.Services)
        {
            foreach (var file in service.Package.FilesBelow("crds"))
            {
                Add(service.Package.Read(file, diagnostics), service, kinds, diagnostics);
            }
        }

        foreach (var file in plan.Inputs.Files.Crds)
        {
            Add(file.Source, null, kinds, diagnostics);
        }

        return kinds.DrainToImmutable();
    }

    /// <summary>The <c>group/Kind</c> that an object defines; null for anything but a CustomResourceDefinition.</summary>
    public static string? NameOf(YamlMap map) =>
        map.Text("kind") == "CustomResourceDefinition" && map.Text("spec", "group") is { } group && map.Text("spec", "names", "kind") is { } kind
            ? $"{group}/{kind}"
            : null;

    private static void Add(SourceFile? source, PlannedService? service, ImmutableArray<CustomKind>.Builder kinds, DiagnosticBag diagnostics)
    {
        if (source is null || YamlReader.Read(source, diagnostics) is not { } documents)
        {
            return;
        }

        foreach (var document in documents)
        {
            if (document is YamlMap map && NameOf(map) is { } name)
            {
                kinds.Add(new CustomKind(name, map.Text("spec", "scope") == "Namespaced", service, map));
            }
        }
    }
}
