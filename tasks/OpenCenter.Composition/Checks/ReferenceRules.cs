namespace OpenCenter.Composition.Checks;

/// <summary>What <c>references.txt</c> says of each kind. Only blocks that are asked for are read, each once in a process.</summary>
internal sealed class ReferenceRules
{
    public static readonly ReferenceRules Table = new();

    private readonly string _text = Resource.Read("references.txt");
    private readonly Dictionary<string, ReferenceRule[]> _rules = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    private ReferenceRules()
    {
    }

    /// <summary>The fields of a kind that name other objects; empty for a kind that is not known.</summary>
    /// <param name="kind"><c>group/Kind</c>, the core group's <c>Kind</c>.</param>
    public ReferenceRule[] Of(string kind)
    {
        lock (_lock)
        {
            if (!_rules.TryGetValue(kind, out var rules))
            {
                var read = new List<ReferenceRule>();
                Read(kind, "", read);
                _rules.Add(kind, rules = [.. read]);
            }

            return rules;
        }
    }

    private void Read(string block, string prefix, List<ReferenceRule> rules)
    {
        var start = _text.IndexOf($"\n\n{block}\n", StringComparison.Ordinal);
        if (start < 0)
        {
            return;
        }

        start += block.Length + 3;
        var end = _text.IndexOf("\n\n", start, StringComparison.Ordinal);
        foreach (var line in _text[start..(end < 0 ? _text.Length : end)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0][0] == '+')
            {
                Read(words[0][1..], $"{prefix}{words[1]}.", rules);
            }
            else
            {
                rules.Add(Rule(prefix + words[0], words[1], words.Length > 2));
            }
        }
    }

    private static ReferenceRule Rule(string field, string target, bool isNeeded)
    {
        var hasKind = target[0] == '?';
        target = target[(hasKind ? 1 : 0)..];
        var at = target.IndexOf('@', StringComparison.Ordinal);
        var kind = at < 0 ? target : target[..at];
        var slash = kind.IndexOf('/', StringComparison.Ordinal);
        return new ReferenceRule(
            field,
            field.Split('.'),
            slash < 0 ? "" : kind[..slash],
            kind[(slash + 1)..],
            hasKind,
            at < 0 ? "" : target[(at + 1)..],
            isNeeded);
    }
}
