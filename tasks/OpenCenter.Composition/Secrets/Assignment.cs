namespace OpenCenter.Composition.Secrets;

/// <summary>A line of a configuration, or an argument, that gives a name a value: <c>password = x</c>, <c>--password=x</c>.</summary>
internal readonly record struct Assignment(string Name, string Value)
{
    /// <param name="text">The line.</param>
    /// <param name="isCode">Whether it may as well be a line of a program: then only a literal counts as a value.</param>
    public static Assignment? Parse(ReadOnlySpan<char> text, bool isCode)
    {
        text = text.Trim();
        if (text.StartsWith("- "))
        {
            text = text[2..].TrimStart();
        }

        text = text.TrimStart('-');
        var end = isCode ? text.IndexOfAny('=', ':') : text.IndexOf('=');
        if (end <= 0)
        {
            return null;
        }

        var name = text[..end].Trim().Trim("\"'");
        var value = text[(end + 1)..].Trim().TrimEnd(',');
        var isQuoted = value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0];
        value = isQuoted ? value[1..^1] : value;
        return name.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") >= 0 || value.IsEmpty || value[0] is '=' or '#' or ';'
            || (isCode && !isQuoted && (value.IndexOfAny(" ()[]{}$`<>|&,;") >= 0 || value is "str" or "string"))
            ? null
            : new Assignment(name.ToString(), value.ToString());
    }
}
