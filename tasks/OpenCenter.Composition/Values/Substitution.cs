using System.Collections.Immutable;
using System.Text;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Planning;
using OpenCenter.Composition.Yaml;
using YamlDotNet.Core;

namespace OpenCenter.Composition.Values;

/// <summary>
/// Replaces <c>${cluster.…}</c> in the scalars of a YAML file: in its documents, and in its text, where nothing else
/// changes. No value can break out of its scalar.
/// </summary>
internal sealed class Substitution
{
    private const string Space = " \t\r\n";

    private readonly SourceFile _source;
    private readonly ClusterVariables _variables;
    private readonly DiagnosticBag _diagnostics;
    private readonly List<Replacement> _replacements = [];

    private Substitution(SourceFile source, ClusterVariables variables, DiagnosticBag diagnostics)
    {
        _source = source;
        _variables = variables;
        _diagnostics = diagnostics;
    }

    /// <summary>Null where the file can't be read as YAML, which has then been reported.</summary>
    public static ResolvedFile? Resolve(SourceFile source, ClusterVariables variables, DiagnosticBag diagnostics)
    {
        if (YamlReader.Read(source, diagnostics) is not { } documents)
        {
            return null;
        }

        if (!source.Text.Contains(ClusterVariables.Prefix, StringComparison.Ordinal) && !(source.Text.Contains('\\', StringComparison.Ordinal) && documents.Any(HasEscaped)))
        {
            return new ResolvedFile(source, source.Bytes, documents);
        }

        var substitution = new Substitution(source, variables, diagnostics);
        var replaced = documents.Select(substitution.Replace).ToImmutableArray();
        return new ResolvedFile(source, substitution.Edit(), replaced);
    }

    /// <summary>Reports every variable in a file that can't have any, because it is encrypted.</summary>
    public static void Refuse(SourceFile source, DiagnosticBag diagnostics)
    {
        var at = source.Text.IndexOf(ClusterVariables.Prefix, StringComparison.Ordinal);
        if (at >= 0)
        {
            diagnostics.Add(ProjectDiagnostics.VariableInEncrypted(PlaceAt(source, at)));
        }
    }

    // What a text says counts, as for Flux, and not how it is written: "\x24{cluster.name}" is a variable.
    private static bool HasEscaped(YamlNode node) => node switch
    {
        YamlMap map => map.Entries.Any(entry => HasEscaped(entry.Key) || HasEscaped(entry.Value)),
        YamlList list => list.Items.Any(HasEscaped),
        YamlScalar { Style: ScalarStyle.DoubleQuoted } scalar => scalar.Value.Contains(ClusterVariables.Prefix, StringComparison.Ordinal),
        _ => false,
    };

    private YamlNode Replace(YamlNode node) => node switch
    {
        YamlScalar scalar => Replace(scalar),
        YamlList list => list.Replace(Replace),
        YamlMap map => map.Replace(Replace),
        _ => node,
    };

    private YamlEntry Replace(YamlEntry entry)
    {
        if (entry.Name.Contains(ClusterVariables.Prefix, StringComparison.Ordinal))
        {
            _diagnostics.Add(ProjectDiagnostics.VariableInKey(entry.Key.Place, entry.Name));
        }

        return entry.With(Replace(entry.Value));
    }

    private YamlScalar Replace(YamlScalar scalar)
    {
        if (!scalar.Value.Contains(ClusterVariables.Prefix, StringComparison.Ordinal))
        {
            return scalar;
        }

        var value = _variables.Expand(scalar.Value, name => PlaceOf(scalar, name), _diagnostics);
        var made = scalar.IsQuoted || !ClusterVariables.IsSingle(scalar.Value) ? AsText(scalar, value) : Yaml12.Canonical(value);
        _replacements.Add(new Replacement(StartOf(scalar), scalar.End, Render(scalar, made)));
        return scalar with { Value = made.Value, Style = made.Style };
    }

    // An anchor and a tag come before the scalar, and stay: something may lead to them.
    private int StartOf(YamlScalar scalar)
    {
        var rest = _source.Text.AsSpan(scalar.Start, scalar.End - scalar.Start);
        while (rest is ['&' or '!', ..])
        {
            rest = rest[rest.IndexOfAny(Space)..].TrimStart(Space);
        }

        return scalar.End - rest.Length;
    }

    // What was quoted stays quoted: "${cluster.port}" is the string, ${cluster.port} the number.
    private static YamlScalar AsText(YamlScalar original, string value) =>
        YamlScalar.Text(value) is { IsQuoted: true } quoted ? quoted
        : original.IsQuoted ? new YamlScalar(null, 0, 0, value, ScalarStyle.DoubleQuoted)
        : YamlScalar.Text(value);

    private string Render(YamlScalar original, YamlScalar made)
    {
        if (original.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            return RenderBlock(original, made.Value);
        }

        return made.IsQuoted ? Quote(made.Value) : made.Value;
    }

    private string RenderBlock(YamlScalar original, string value)
    {
        var text = _source.Text.AsSpan(original.Start, original.End - original.Start);
        var end = text.EndsWith("\n") ? "\n" : "";
        if (ScalarText.StyleOf(value + "\n") != ScalarStyle.Literal && ScalarText.StyleOf(value) != ScalarStyle.Literal)
        {
            return Quote(value) + end;
        }

        var indent = IndentOf(text);
        var block = new StringBuilder(value.EndsWith('\n') ? "|" : "|-");
        foreach (var line in value.TrimEnd('\n').Split('\n'))
        {
            block.Append('\n').Append(line.Length == 0 ? "" : indent).Append(line);
        }

        return block.Append(end).ToString();
    }

    // That of the first line with something on it; there is one, for the variable stands in it.
    private static string IndentOf(ReadOnlySpan<char> block)
    {
        var before = block[..^block[block.IndexOf('\n')..].TrimStart(Space).Length];
        return before[(before.LastIndexOf('\n') + 1)..].ToString();
    }

    private byte[] Edit()
    {
        var text = _source.Text;
        var edited = new StringBuilder(text.Length);
        var at = 0;
        foreach (var (start, end, replacement) in _replacements)
        {
            // An alias leads to the same scalar again.
            if (start >= at)
            {
                edited.Append(text, at, start - at).Append(replacement);
                at = end;
            }
        }

        return Utf8.Strict.GetBytes(edited.Append(text, at, text.Length - at).ToString());
    }

    private static string Quote(string value)
    {
        var quoted = new StringBuilder(value.Length + 2);
        ScalarText.Quote(quoted, value);
        return quoted.ToString();
    }

    // The scalar may span lines; the variable's own place is what somebody looks for.
    private Place PlaceOf(YamlScalar scalar, string name)
    {
        var at = _source.Text.IndexOf(ClusterVariables.Prefix + name, scalar.Start, StringComparison.Ordinal);
        return at < 0 || at >= scalar.End ? scalar.Place : PlaceAt(_source, at);
    }

    private static Place PlaceAt(SourceFile source, int index)
    {
        var before = source.Text.AsSpan(0, index);
        return new Place(source.Path, before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }

    private sealed record Replacement(int Start, int End, string Text);
}
