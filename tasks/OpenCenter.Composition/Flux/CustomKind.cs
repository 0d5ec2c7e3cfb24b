using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>A kind that a CustomResourceDefinition in a <c>crds/</c> folder defines.</summary>
/// <param name="Name"><c>group/Kind</c>.</param>
/// <param name="IsNamespaced">Whether its objects live in a namespace.</param>
/// <param name="Service">The service that brings it; null: the project says that the cluster has it.</param>
/// <param name="Definition">The CustomResourceDefinition.</param>
internal sealed record CustomKind(string Name, bool IsNamespaced, PlannedService? Service, YamlMap Definition);
