using System.Globalization;
using System.Text;

namespace OpenCenter.Composition.Yaml;

/// <summary>Where a node stands in its document: <c>spec.users[0].password</c>. One step; the others are above it.</summary>
internal sealed record NodePath(NodePath? Above, string Key, int Index)
{
    /// <summary>The path of a value in a map, below another path or, where that is null, at the top.</summary>
    public static NodePath Of(NodePath? above, string key) => new(above, key, -1);

    /// <summary>The path of an entry of a list.</summary>
    public static NodePath Of(NodePath? above, int index) => new(above, "", index);

    /// <summary>The last key; of a list's entry, the list's.</summary>
    public string Name => Index < 0 ? Key : Above?.Name ?? "";

    /// <summary>The first key.</summary>
    public string Top => Above?.Top ?? Key;

    public override string ToString() => Append(new StringBuilder()).ToString();

    private StringBuilder Append(StringBuilder text)
    {
        Above?.Append(text);
        return Index >= 0 ? text.Append(CultureInfo.InvariantCulture, $"[{Index}]")
            : text.Append(text.Length == 0 ? "" : ".").Append(new KeyPath([Key]).ToString());
    }
}
