namespace OpenCenter.Composition.Checks.Schemas;

/// <summary>What a field holds.</summary>
internal enum SchemaType
{
    Any,
    Map,
    List,
    Text,
    Integer,
    Number,
    Boolean,
    IntegerOrText,

    /// <summary>A number or a text such as <c>500m</c> or <c>2Gi</c>.</summary>
    Quantity,
}
