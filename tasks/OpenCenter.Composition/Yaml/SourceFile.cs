namespace OpenCenter.Composition.Yaml;

/// <summary>A text file as it was read: its absolute path, its bytes, and their text without a byte order mark.</summary>
internal sealed class SourceFile(string path, byte[] bytes)
{
    private string? _text;

    public string Path { get; } = path;

    public byte[] Bytes { get; } = bytes;

    /// <exception cref="System.Text.DecoderFallbackException">The bytes are not UTF-8; <see cref="YamlReader"/> reports it.</exception>
    public string Text => _text ??= Decode(Bytes);

    private static string Decode(byte[] bytes)
    {
        ReadOnlySpan<byte> content = bytes;
        if (content.StartsWith("\uFEFF"u8))
        {
            content = content[3..];
        }

        return Utf8.Strict.GetString(content);
    }
}
