using System.Text;

namespace OpenCenter.Composition.Yaml;

/// <summary>UTF-8 without a byte order mark that refuses what is not UTF-8.</summary>
internal static class Utf8
{
    public static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
