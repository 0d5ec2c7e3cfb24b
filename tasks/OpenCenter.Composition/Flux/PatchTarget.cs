using System.Text.RegularExpressions;
using OpenCenter.Composition.Yaml;

namespace OpenCenter.Composition.Flux;

/// <summary>Which objects a patch changes; a field that is null is anything.</summary>
internal sealed record PatchTarget(string? Group, string? Kind, string? Namespace, string? Name, bool IsPattern)
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Of a strategic merge patch, which names its object; null where it names none.</summary>
    public static PatchTarget? OfObject(YamlMap patch) =>
        patch.Text("apiVersion") is { } apiVersion && patch.Text("kind") is { } kind && patch.Text("metadata", "name") is { } name
            ? new(ObjectId.GroupOf(apiVersion), kind, TreeObject.NamespaceIn(patch), name, IsPattern: false)
            : null;

    /// <summary>Of kustomize's <c>target</c>, whose texts are regular expressions; null where it selects by labels, which patches may add.</summary>
    public static PatchTarget? OfSelector(YamlMap target) =>
        target["labelSelector"] is null && target["annotationSelector"] is null
            ? new(target.Text("group"), target.Text("kind"), target.Text("namespace"), target.Text("name"), IsPattern: true)
            : null;

    public bool Matches(TreeObject item) =>
        Matches(Group, item.Group) && Matches(Kind, item.Kind) && Matches(Namespace, item.Namespace ?? "")
        && (Matches(Name, item.Name) || (item.WrittenName is { } written && Matches(Name, written)));

    private bool Matches(string? selector, string text)
    {
        if (selector is null || !IsPattern)
        {
            return selector is null || selector == text;
        }

        try
        {
            return Regex.IsMatch(text, $"^(?:{selector})\\z", RegexOptions.CultureInvariant, MatchTimeout);
        }
        catch (Exception exception) when (exception is ArgumentException or RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
