namespace OpenCenter.Composition.Yaml;

/// <summary>JSON pointers (RFC 6901): <c>/spec/ports/0</c>, perhaps with a <c>#</c> in front.</summary>
internal static class JsonPointer
{
    public static string[] Keys(string pointer) =>
        [.. pointer.Split('/').Skip(1).Select(key => key.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
}
