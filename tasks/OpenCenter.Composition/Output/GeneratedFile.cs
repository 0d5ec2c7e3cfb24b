using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Output;

/// <summary>A file below <c>obj/</c> that begins with what it was made of, so that it is not made twice of the same.</summary>
internal static class GeneratedFile
{
    public static bool BeginsWith(string file, string text)
    {
        if (!File.Exists(file))
        {
            return false;
        }

        var expected = Utf8.Strict.GetBytes(text);
        var start = new byte[expected.Length];
        using var stream = File.OpenRead(file);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.AsSpan().SequenceEqual(expected);
    }
}
