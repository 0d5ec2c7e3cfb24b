namespace OpenCenter.Composition.Diagnostics;

/// <summary>An expected failure, or a remark: what is wrong, where, and what to do. Returned, never thrown.</summary>
/// <param name="Code"><c>OC####</c>; its page is <c>docs/diagnostics/OC####.md</c>.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Message">One or more sentences for the person who has to act.</param>
/// <param name="Place">The place to fix, if there is one.</param>
public sealed record Diagnostic(string Code, Severity Severity, string Message, Place? Place = null)
{
    private const string Pages = "https://github.com/opencenter-cloud/OpenCenter.Sdk/blob/main/docs/diagnostics/";

    /// <summary>Lines to write, where that is the remedy.</summary>
    public string Example { get; init; } = "";

    /// <summary>All that a person has to read.</summary>
    public string Text => Example.Length == 0 ? Message : $"{Message}\n{Example}";

    /// <summary>The address of the page that explains the code.</summary>
    public string HelpLink => $"{Pages}{Code}.md";

    public override string ToString() =>
        $"{(Place is { } place ? $"{place}: " : "")}{Severity.ToString().ToLowerInvariant()} {Code}: {Text}";
}
