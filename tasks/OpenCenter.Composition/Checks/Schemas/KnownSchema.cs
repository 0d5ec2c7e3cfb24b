using System.Collections.Immutable;

namespace OpenCenter.Composition.Checks.Schemas;

/// <summary>What <c>schemas.txt</c> says of one place.</summary>
internal sealed class KnownSchema : Schema
{
    private static readonly Dictionary<string, KnownSchema> None = [];

    private readonly Func<KnownSchema>? _block;
    private readonly Dictionary<string, KnownSchema> _fields = None;
    private readonly ImmutableArray<string> _required = [];
    private readonly ImmutableArray<string> _oneOf = [];

    private KnownSchema? _read;

    public KnownSchema(SchemaType type) => Type = type;

    /// <summary>A map of these fields.</summary>
    public KnownSchema(Dictionary<string, KnownSchema> fields, ImmutableArray<string> required, ImmutableArray<string> oneOf)
        : this(SchemaType.Map) => (_fields, _required, _oneOf) = (fields, required, oneOf);

    /// <summary>What a block says, which is read when it is asked for.</summary>
    public KnownSchema(Func<KnownSchema> block)
        : this(SchemaType.Map) => _block = block;

    public override SchemaType Type { get; }

    public override bool IsOpen => Type == SchemaType.Any || (Type == SchemaType.Map && Map._fields.Count == 0 && Values is null);

    public override bool IsObject => IsKind;

    public override int Since => SinceMinor;

    public override IEnumerable<string> Fields => Map._fields.Keys;

    public override ImmutableArray<string> Required => Map._required;

    public override ImmutableArray<string> OneOf => Map._oneOf;

    public override ImmutableArray<string> Keys => EntryKeys;

    public override Schema? Items => Entries;

    public override Schema? Others => Values;

    /// <summary>Whether it is a kind's block.</summary>
    public bool IsKind { get; init; }

    public int SinceMinor { get; set; }

    public TextRule? Text { get; init; }

    /// <summary>What keys a map with <see cref="Values"/> takes; null: any.</summary>
    public TextRule? KeyText { get; init; }

    public KnownSchema? Values { get; init; }

    public KnownSchema? Entries { get; init; }

    public ImmutableArray<string> EntryKeys { get; init; } = [];

    public int Least { get; init; }

    public int Most { get; init; } = int.MaxValue;

    private KnownSchema Map => _block is null ? this : _read ??= _block();

    public IReadOnlyDictionary<string, KnownSchema> FieldSchemas => Map._fields;

    public override Schema? Field(string name) => Map._fields.GetValueOrDefault(name);

    public override string? Refuses(string value) => Text?.Refuses(value);

    public override string? RefusesKey(string key) => KeyText?.Refuses(key);

    public override string? RefusesCount(int count) => count < Least ? $"at least {Least} entries" : count > Most ? $"at most {Most} entries" : null;
}
