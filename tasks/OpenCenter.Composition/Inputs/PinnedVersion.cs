namespace OpenCenter.Composition.Inputs;

/// <summary>Whether a version, or a tag, is one, and tomorrow's the same as today's.</summary>
internal static class PinnedVersion
{
    /// <summary>No range (<c>1.x</c>, <c>^1.2</c>, <c>1.2 - 1.4</c>), and no name that moves along.</summary>
    public static bool Is(string text) =>
        text.Length > 0
        && !text.AsSpan().ContainsAny("*^~<>=|, ")
        && !text.Contains("latest", StringComparison.OrdinalIgnoreCase)
        && !text.Split('.').Any(part => part is "x" or "X");
}
