using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;

namespace OpenCenter.Composition;

/// <summary>What an import of a chart found and wrote.</summary>
/// <param name="Diagnostics">Everything that was found, sorted by place.</param>
/// <param name="File">The shape file, relative to the project; empty where nothing was written.</param>
public sealed record ChartImportResult(ImmutableArray<Diagnostic> Diagnostics, string File);
