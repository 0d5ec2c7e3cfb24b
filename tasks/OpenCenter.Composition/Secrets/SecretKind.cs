namespace OpenCenter.Composition.Secrets;

/// <summary>What a key's name says of its value.</summary>
internal enum SecretKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A token or key, or as well the name of one: <c>clientSecret</c>, <c>apiKey</c>.</summary>
    Token,

    /// <summary>A password, whatever its text: <c>adminPassword</c>.</summary>
    Password,
}
