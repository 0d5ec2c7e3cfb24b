using System.Collections.Immutable;

namespace OpenCenter.Composition.Diagnostics;

/// <summary>Collects what the stages find, on any thread. The same finding at the same place is kept once.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _all = [];
    private readonly HashSet<Diagnostic> _seen = [];

    /// <summary>Whether an error was found: then nothing is written.</summary>
    public bool HasErrors { get; private set; }

    public void Add(Diagnostic diagnostic)
    {
        diagnostic = diagnostic with
        {
            Message = PrintableText.Of(diagnostic.Message),
            Example = diagnostic.Example.Length == 0 ? "" : string.Join('\n', diagnostic.Example.Split('\n').Select(PrintableText.Of)),
            Place = diagnostic.Place is { } place ? place with { File = PrintableText.Of(place.File) } : null,
        };
        lock (_all)
        {
            if (_seen.Add(diagnostic))
            {
                _all.Add(diagnostic);
                HasErrors |= diagnostic.Severity == Severity.Error;
            }
        }
    }

    public void AddRange(DiagnosticBag found)
    {
        foreach (var diagnostic in found._all)
        {
            Add(diagnostic);
        }
    }

    /// <summary>All diagnostics by file, line, column and code, so that two builds print the same text.</summary>
    public ImmutableArray<Diagnostic> ToSorted() =>
    [
        .. _all.OrderBy(d => d.Place?.File, StringComparer.Ordinal)
            .ThenBy(d => d.Place?.Line)
            .ThenBy(d => d.Place?.Column)
            .ThenBy(d => d.Code, StringComparer.Ordinal)
            .ThenBy(d => d.Message, StringComparer.Ordinal)
            .ThenBy(d => d.Example, StringComparer.Ordinal),
    ];
}
