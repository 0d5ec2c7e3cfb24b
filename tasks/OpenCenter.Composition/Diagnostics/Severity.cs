namespace OpenCenter.Composition.Diagnostics;

/// <summary>How much a diagnostic weighs. An error keeps the tree from being written.</summary>
public enum Severity
{
    Information,
    Warning,
    Error,
}
