using System.Globalization;

namespace OpenCenter.Composition;

/// <summary>One layer's say in one value.</summary>
/// <param name="Release">The Helm release.</param>
/// <param name="Key">The path in its values; a key with a dot is quoted.</param>
/// <param name="Value">As JSON; <c>(encrypted)</c> where only its key can be read.</param>
/// <param name="Tier"><c>base</c>, <c>override</c>, <c>enterprise</c> or <c>encrypted</c>.</param>
/// <param name="Package">The package that brings it; empty for the cluster's own.</param>
/// <param name="Version">That package's version.</param>
/// <param name="File">Relative to the package, or to the project.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
/// <param name="Wins">Whether it is the effective value, or merged into it.</param>
public sealed record ExplainedValue(
    string Release, string Key, string Value, string Tier, string Package, string Version, string File, int Line, int Column, bool Wins)
{
    /// <summary>As MSBuild writes places, the package before the file.</summary>
    public string Place => string.Create(
        CultureInfo.InvariantCulture, $"{(Package.Length == 0 ? "" : $"{Package}/{Version} ")}{File}({Line},{Column})");
}
