namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>The types of JSON Schema that a setting's value can have.</summary>
internal enum SettingType
{
    String,
    Integer,
    Number,
    Boolean,
}
