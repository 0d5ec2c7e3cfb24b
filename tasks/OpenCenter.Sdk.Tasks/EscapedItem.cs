using Microsoft.Build.Utilities;

namespace OpenCenter.Sdk.Tasks;

/// <summary>Makes items of texts that anybody may have written: MSBuild takes %41 in what a task gives for A.</summary>
internal static class EscapedItem
{
    public static TaskItem Of(string include, params (string Name, string Value)[] metadata)
    {
        var item = new TaskItem(Escape(include));
        foreach (var (name, value) in metadata)
        {
            item.SetMetadata(name, Escape(value));
        }

        return item;
    }

    private static string Escape(string text) => text.Replace("%", "%25", StringComparison.Ordinal);
}
