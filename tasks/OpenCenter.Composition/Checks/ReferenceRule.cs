namespace OpenCenter.Composition.Checks;

/// <summary>A field that names another object.</summary>
/// <param name="Field">Its path as people write it: <c>spec.valuesFrom[]</c>.</param>
/// <param name="Path">The same as keys; <c>[]</c> after a list's.</param>
/// <param name="Group">The API group of what is named, unless the reference says another.</param>
/// <param name="Kind">The kind of what is named; empty: the reference has one.</param>
/// <param name="HasKind">Whether the reference can have a kind of its own.</param>
/// <param name="Namespace">Where a cluster-wide object looks.</param>
/// <param name="IsNeeded">Whether nothing is ready before what it names is there.</param>
internal sealed record ReferenceRule(string Field, string[] Path, string Group, string Kind, bool HasKind, string Namespace, bool IsNeeded);
