namespace OpenCenter.Composition.Yaml;

/// <summary>
/// The comments of a scalar, looked up in its file when somebody wants them: reading YAML costs nothing more for them, and
/// none can change what is read.
/// </summary>
internal static class YamlComment
{
    // What speaks to programs is about the file, or about the line, that it stands in: an editor, Renovate and Flux's image automation.
    private static readonly string[] Instructions = ["yaml-language-server:", "$schema", "-*-", "vim:", "vi:", "renovate:", "{\"$"];

    // Nobody writes longer ones; of aliases each would be looked through again.
    private const int LongestBehind = 1000;

    /// <summary>
    /// The lines directly above a key or an entry of a list, indented as it is: from the first <c>#</c> to the end of the last one.
    /// </summary>
    public static ReadOnlySpan<char> Above(YamlScalar scalar)
    {
        if (scalar is not { Source.Text: { } file, Start: >= 0 })
        {
            return [];
        }

        var text = file.AsSpan();
        var line = LineAt(text, scalar.Start, scalar.Previous);
        var indent = IndentOf(text[line..scalar.Start]);
        if (line == 0 || !IsFirst(text[(line + indent)..scalar.Start]))
        {
            return [];
        }

        var (start, end) = (line, line - 1);
        while (start > scalar.Previous)
        {
            var above = LineAt(text, start - 1, 0);
            if (above + indent < scalar.Previous || IndentOf(text[above..]) != indent || text[above + indent] != '#')
            {
                break;
            }

            start = above;
        }

        return start == line ? [] : text[(start + indent)..end];
    }

    /// <summary>What stands behind a scalar on its line, or behind the <c>:</c> of a key whose value begins in the next one.</summary>
    public static ReadOnlySpan<char> Behind(YamlScalar scalar, bool isKey = false)
    {
        // A text of several lines ends where the next line begins.
        if (scalar is not { Source.Text: { } file, End: > 0 } || scalar.End >= file.Length || file[scalar.End - 1] == '\n')
        {
            return [];
        }

        var rest = file.AsSpan(scalar.End);
        if (isKey)
        {
            rest = rest is [':', ..] ? rest[1..] : [];
        }

        if (rest is not [' ' or '\t', ..] || rest.TrimStart(" \t") is not ['#', ..] comment)
        {
            return [];
        }

        var end = comment[..Math.Min(comment.Length, LongestBehind)].IndexOf('\n');
        return end >= 0 ? comment[..end] : comment.Length <= LongestBehind ? comment : [];
    }

    /// <summary>The next line of what <see cref="Above"/> or <see cref="Behind"/> gave, from its <c>#</c> on; empty for one that is not to be written elsewhere.</summary>
    public static ReadOnlySpan<char> NextLine(ref ReadOnlySpan<char> comment)
    {
        var end = comment.IndexOf('\n');
        var line = (end < 0 ? comment : comment[..end]).Trim();
        comment = end < 0 ? [] : comment[(end + 1)..];
        return IsCarried(line) ? line : [];
    }

    // A line break of Unicode, or of old Macs, ends the comment for some readers: what follows it would be a value.
    private static bool IsCarried(ReadOnlySpan<char> line)
    {
        foreach (var c in line)
        {
            if ((char.IsControl(c) && c != '\t') || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF')
            {
                return false;
            }
        }

        var text = line.TrimStart("# ");
        foreach (var instruction in Instructions)
        {
            if (text.StartsWith(instruction))
            {
                return false;
            }
        }

        return true;
    }

    // A loop, as the others here: lines are short, and a vectorised search would be compiled in every build.
    private static int LineAt(ReadOnlySpan<char> text, int at, int from)
    {
        while (at > from && text[at - 1] != '\n')
        {
            at--;
        }

        return at;
    }

    private static int IndentOf(ReadOnlySpan<char> line)
    {
        var indent = 0;
        while (indent < line.Length && line[indent] == ' ')
        {
            indent++;
        }

        return indent;
    }

    // Nothing but the signs of the collections that begin in it stands before what begins a line.
    private static bool IsFirst(ReadOnlySpan<char> before)
    {
        foreach (var c in before)
        {
            if (c is not ('-' or ' ' or '{' or '['))
            {
                return false;
            }
        }

        return true;
    }
}
