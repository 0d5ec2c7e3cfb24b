using System.Collections.Immutable;

namespace OpenCenter.Composition.Checks.Schemas;

/// <summary>The schemas of <c>schemas.txt</c>. Only blocks that are asked for are read, each once in a process.</summary>
internal sealed class KnownSchemas
{
    public static readonly KnownSchemas Table = new();

    /// <summary>The minor version of Flux 2 whose kinds these are.</summary>
    public const int FluxMinor = 9;

    private const int Indent = 2;

    private readonly string _text = Resource.Read("schemas.txt");
    private readonly Dictionary<string, KnownSchema?> _blocks = new(StringComparer.Ordinal);

    private readonly Lock _lock = new();

    private int _at;

    private KnownSchemas()
    {
    }

    /// <summary>What every object's metadata is.</summary>
    public Schema Metadata => Block("ObjectMeta")!;

    /// <summary>A kind's schema; null for one that is not known.</summary>
    public Schema? Of(string apiVersion, string kind) => Block($"{apiVersion} {kind}");

    /// <summary>The API version in which a kind is known; null where it is not.</summary>
    public string? VersionOf(string group, string kind)
    {
        var end = $" {kind}\n";
        var start = group.Length == 0 ? "\n\nv" : $"\n\n{group}/v";
        for (var at = _text.IndexOf(start, StringComparison.Ordinal); at >= 0; at = _text.IndexOf(start, at + 1, StringComparison.Ordinal))
        {
            var space = _text.IndexOf(' ', at);
            if (string.CompareOrdinal(_text, space, end, 0, end.Length) == 0)
            {
                return _text[(at + 2)..space];
            }
        }

        return null;
    }

    private KnownSchema? Block(string name)
    {
        lock (_lock)
        {
            if (!_blocks.TryGetValue(name, out var block))
            {
                var start = _text.IndexOf($"\n\n{name}\n", StringComparison.Ordinal);
                if (start >= 0)
                {
                    var above = _at;
                    _at = start + name.Length + 3;
                    block = ReadMap(Indent, isKind: name.Contains(' ', StringComparison.Ordinal));
                    _at = above;
                }

                _blocks.Add(name, block);
            }

            return block;
        }
    }

    private KnownSchema ReadMap(int indent, bool isKind = false)
    {
        var fields = new Dictionary<string, KnownSchema>(StringComparer.Ordinal);
        var required = ImmutableArray.CreateBuilder<string>();
        string[] oneOf = [];
        while (_at < _text.Length && IndentAt(_at) == indent)
        {
            var end = _text.IndexOf('\n', _at);
            var line = _text.AsSpan(_at + indent, end - _at - indent);
            _at = end + 1;
            if (line[0] == '+')
            {
                var block = Block(line[1..].ToString())!;
                foreach (var (name, field) in block.FieldSchemas)
                {
                    fields.Add(name, field);
                }

                required.AddRange(block.Required);
            }
            else if (line[0] == '^')
            {
                oneOf = line[1..].ToString().Split('|');
            }
            else
            {
                ReadField(line, indent, fields, required);
            }
        }

        return new KnownSchema(fields, required.DrainToImmutable(), [.. oneOf]) { IsKind = isKind };
    }

    private void ReadField(ReadOnlySpan<char> line, int indent, Dictionary<string, KnownSchema> fields, ImmutableArray<string>.Builder required)
    {
        var space = line.IndexOf("  ");
        var head = space < 0 ? line : line[..space];
        var type = space < 0 ? "" : line[(space + 2)..];
        var since = type.IndexOf("since 2.");
        var minor = since < 0 ? 0 : int.Parse(type[(since + "since 2.".Length)..], System.Globalization.CultureInfo.InvariantCulture);
        type = since < 0 ? type : type[..since].TrimEnd(' ');
        var isRequired = head[^1] == '!';
        head = isRequired ? head[..^1] : head;
        var suffix = head.IndexOfAny('[', '{');
        var name = (suffix < 0 ? head : head[..suffix]).ToString();
        var field = Wrap(suffix < 0 ? "" : head[suffix..], ReadType(type, indent));
        field.SinceMinor = minor;
        fields.Add(name, field);
        if (isRequired)
        {
            required.Add(name);
        }
    }

    private KnownSchema ReadType(ReadOnlySpan<char> type, int indent)
    {
        switch (type)
        {
            case "":
                return ReadMap(indent + Indent);
            case "text":
                return new KnownSchema(SchemaType.Text);
            case "int":
                return new KnownSchema(SchemaType.Integer);
            case "number":
                return new KnownSchema(SchemaType.Number);
            case "bool":
                return new KnownSchema(SchemaType.Boolean);
            case "int|text":
                return new KnownSchema(SchemaType.IntegerOrText);
            case "quantity":
                return new KnownSchema(SchemaType.Quantity);
            case "any":
                return new KnownSchema(SchemaType.Any);
            case "object":
                return new KnownSchema(SchemaType.Map);
            default:
                if (TextRule.Parse(type) is { } text)
                {
                    return new KnownSchema(SchemaType.Text) { Text = text };
                }

                var name = type.ToString();
                return new KnownSchema(() => Block(name) ?? throw new InvalidOperationException($"schemas.txt has no block '{name}'"));
        }
    }

    // What comes first is outside: a{}[] is a map of lists.
    private static KnownSchema Wrap(ReadOnlySpan<char> suffixes, KnownSchema inner)
    {
        if (suffixes.IsEmpty)
        {
            return inner;
        }

        var end = suffixes.IndexOfAny(']', '}');
        var inside = suffixes[1..end];
        inner = Wrap(suffixes[(end + 1)..], inner);
        if (suffixes[0] == '{')
        {
            return new KnownSchema(SchemaType.Map) { Values = inner, KeyText = inside switch { "label" => TextRule.LabelKey, "key" => TextRule.DataKey, _ => null } };
        }

        var dots = inside.IndexOf("..");
        var (least, most) = dots < 0 ? (0, int.MaxValue) : TextRule.Range(inside, dots);
        return new KnownSchema(SchemaType.List)
        {
            Entries = inner,
            EntryKeys = dots >= 0 || inside.IsEmpty ? [] : [.. inside.ToString().Split(',')],
            Least = least,
            Most = most,
        };
    }

    private int IndentAt(int at)
    {
        var spaces = 0;
        while (_text[at + spaces] == ' ')
        {
            spaces++;
        }

        return spaces;
    }
}
