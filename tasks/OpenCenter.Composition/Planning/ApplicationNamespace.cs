namespace OpenCenter.Composition.Planning;

/// <summary>The namespace of an application.</summary>
/// <param name="Application">The application's folder.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="IsOwn">Whether its manifests have the Namespace object.</param>
internal sealed record ApplicationNamespace(string Application, string Namespace, bool IsOwn);
