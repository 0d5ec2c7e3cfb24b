namespace OpenCenter.Composition.Yaml;

/// <summary>What go-yaml v2 takes a scalar for.</summary>
internal enum GoYamlType
{
    Null,
    Boolean,
    Integer,
    Float,

    /// <summary><c>.inf</c> and <c>.nan</c>, which JSON, and so Flux, can't carry.</summary>
    NotFinite,
    String,
}
