using System.Collections.Immutable;

namespace OpenCenter.Composition.Checks.Schemas;

/// <summary>What may stand at one place of an object. What is below that place is read when it is asked for.</summary>
internal abstract class Schema
{
    public abstract SchemaType Type { get; }

    /// <summary>Whether a map may have keys that nothing here describes.</summary>
    public virtual bool IsOpen => false;

    /// <summary>Whether a map is a whole object, with apiVersion, kind and metadata.</summary>
    public virtual bool IsObject => false;

    /// <summary>The first minor version of Flux 2 whose API has the field; 0: all of them.</summary>
    public virtual int Since => 0;

    /// <summary>The names of a map's fields.</summary>
    public abstract IEnumerable<string> Fields { get; }

    /// <summary>The fields that a map must have.</summary>
    public abstract ImmutableArray<string> Required { get; }

    /// <summary>Fields of which a map must have exactly one; empty: no such rule.</summary>
    public virtual ImmutableArray<string> OneOf => [];

    /// <summary>The fields of a list's entries by which they differ.</summary>
    public abstract ImmutableArray<string> Keys { get; }

    /// <summary>What a list's entries hold; null: anything.</summary>
    public abstract Schema? Items { get; }

    /// <summary>What a map's keys hold that are none of its fields; null: there are no others.</summary>
    public abstract Schema? Others { get; }

    /// <summary>What a map's field holds; null: it has no such field.</summary>
    public abstract Schema? Field(string name);

    /// <summary>What a value must be and is not, as in <c>one of A, B</c>; null where it is.</summary>
    public abstract string? Refuses(string value);

    /// <summary>The same for a map's key that is none of its fields.</summary>
    public virtual string? RefusesKey(string key) => null;

    /// <summary>The same for the number of a list's entries.</summary>
    public abstract string? RefusesCount(int count);
}
