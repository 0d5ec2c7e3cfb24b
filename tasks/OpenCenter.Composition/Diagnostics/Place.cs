namespace OpenCenter.Composition.Diagnostics;

/// <summary>Where something stands: an absolute file path, line and column counted from 1; 0 where unknown.</summary>
public readonly record struct Place(string File, int Line = 0, int Column = 0)
{
    public override string ToString() => Line == 0 ? File : $"{File}({Line},{Column})";
}
