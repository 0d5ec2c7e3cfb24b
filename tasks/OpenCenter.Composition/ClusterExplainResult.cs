using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition;

/// <summary>An answer to "who set this value?".</summary>
/// <param name="Diagnostics">Errors only.</param>
/// <param name="Text">For a person: lines that end in <c>\n</c>.</param>
/// <param name="Values">One entry for each layer that sets a value, lowest first.</param>
public sealed record ClusterExplainResult(ImmutableArray<Diagnostic> Diagnostics, string Text, ImmutableArray<ExplainedValue> Values);
