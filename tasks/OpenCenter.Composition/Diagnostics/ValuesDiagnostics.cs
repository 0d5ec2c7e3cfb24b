using OpenCenter.Composition.Secrets;

namespace OpenCenter.Composition.Diagnostics;

/// <summary>What can be wrong with values: OC3xxx.</summary>
internal static class ValuesDiagnostics
{
    public static Diagnostic NotAMap(Place place) =>
        new("OC3005", Severity.Error, "Values must be a map of keys.", place);

    public static Diagnostic NoSuchRelease(Place place, string release, string hint) =>
        new("OC3006", Severity.Error, $"No Helm release of this cluster is named '{release}', so nothing would read this file.{hint}", place);

    public static Diagnostic HiddenOverride(Place place, string release, string path, Place by) =>
        new("OC3007", Severity.Warning, $"'{path}' of '{release}' has no effect here: the enterprise tier sets it, too, and comes later ({by}). Remove it, or set ClusterValuesOrder to base+enterprise+override.", place);

    public static Diagnostic Locked(Place place, string release, string path, string reason) =>
        new("OC3008", Severity.Error, $"'{path}' of '{release}' is locked: {reason}. If this cluster must differ, add <ClusterAllow Include=\"{release}:{path}\" Reason=\"…\" Expires=\"yyyy-MM-dd\" />.", place);

    public static Diagnostic AllowWithoutReason(Place place, string allow) =>
        new("OC3009", Severity.Error, $"ClusterAllow '{allow}' needs a Reason, for whoever reads it next.", place);

    public static Diagnostic AllowWithoutEnd(Place place, string allow) =>
        new("OC3010", Severity.Error, $"ClusterAllow '{allow}' needs a day on which it is looked at again: Expires=\"yyyy-MM-dd\".", place);

    public static Diagnostic AllowExpired(Place place, string allow, string day) =>
        new("OC3011", Severity.Error, $"ClusterAllow '{allow}' expired on {day}. Remove the exception and the override, or give it a new day.", place);

    public static Diagnostic AllowExpires(Place place, string allow, string day, int days) =>
        new("OC3012", Severity.Warning, $"ClusterAllow '{allow}' expires in {days} {(days == 1 ? "day" : "days")}, on {day}.", place);

    public static Diagnostic AllowUnused(Place place, string allow) =>
        new("OC3013", Severity.Warning, $"ClusterAllow '{allow}' allows nothing: no locked value and nothing that looks like a secret is there. Remove it.", place);

    public static Diagnostic TooLarge(Place place, string release, long bytes) =>
        new("OC3014", Severity.Error, $"The values of '{release}' have {bytes} bytes; a Secret holds at most 1048576 (1 MiB). Move large texts (dashboards, scripts) to ConfigMaps in resources/.", place);

    public static Diagnostic BooleanKey(Place place, string key, bool value) =>
        new("OC3017", Severity.Warning, $"YAML 1.1, with which Flux and Helm read values, takes the key {key} for a boolean: it becomes '{(value ? "true" : "false")}'. Quote it to keep it, or write that.", place);

    public static Diagnostic NotAKey(Place place, string key) =>
        new("OC3018", Severity.Error, $"Flux and Helm don't take '{key}' for a text, and values have no other keys. Quote it.", place);

    public static Diagnostic LosesToMergeKey(Place place, string key) =>
        new("OC3019", Severity.Error, $"'{key}' stands before the '<<' of this map, so for Flux and Helm the merged value wins and this one is lost. Put '<<' first.", place);

    public static Diagnostic NotMergeable(Place place) =>
        new("OC3020", Severity.Error, "'<<' merges a map, or a list of maps.", place);

    public static Diagnostic NotFinite(Place place, string key, string number) =>
        new("OC3021", Severity.Error, $"Values become JSON, which has no {Hidden.Of(key, number)}. If a text is meant, quote it.", place);

    public static Diagnostic LosesDigits(Place place, string key, string number, string read) =>
        new("OC3022", Severity.Error, $"Flux reads numbers as 64-bit floats: {Hidden.Of(key, number)} becomes {Hidden.Of(key, read)}. Quote it.", place);

    public static Diagnostic SurprisingNumber(Place place, string key, string number, string read) =>
        new("OC3023", Severity.Warning, $"Flux and Helm read {Hidden.Of(key, number)} as the number {Hidden.Of(key, read)}. If a text is meant, quote it; if the number is, write that.", place);

    public static Diagnostic UnknownRelease(Place place, string release, string hint) =>
        new("OC3024", Severity.Error, $"This cluster has no Helm release '{release}'.{hint} Without ClusterKey the releases are listed.", place);

    public static Diagnostic NobodySets(Place place, string release, string key, string hint) =>
        new("OC3025", Severity.Error, $"Nobody sets '{key}' of '{release}': the chart's own default applies.{hint}", place);

    public static Diagnostic SetTwice(Place place, string release, string path, Place other) =>
        new("OC3026", Severity.Information, $"'{path}' of '{release}' is set here, encrypted, and in clear at {other}; the encrypted value comes last and wins.", place);

    public static Diagnostic UnknownKey(Place place, string release, string path, string hint, bool isOwnDefaults) =>
        new("OC3027", Severity.Warning, isOwnDefaults
            ? $"The chart of '{release}' keeps its own defaults in '{path}': what is set there loses to every key beside it. Move its keys one level up."
            : $"The chart of '{release}' does not know '{path}', so it has no effect.{hint}", place);

    public static Diagnostic ForbiddenKey(Place place, string release, string path, string hint) =>
        new("OC3028", Severity.Error, $"The chart of '{release}' refuses '{path}': Helm would not install it.{hint}", place);

    public static Diagnostic WrongKind(Place place, string release, string path, string expected, string found) =>
        new("OC3029", Severity.Warning, $"'{path}' of '{release}' is {expected} in the chart, but {found} here.", place);

    public static Diagnostic RefusedKind(Place place, string release, string path, string expected, string found) =>
        new("OC3030", Severity.Error, $"'{path}' of '{release}' must be {expected}: Helm would not install {found}.", place);

    public static Diagnostic RefusedValue(Place place, string release, string path, string expected, string found, string hint) =>
        new("OC3031", Severity.Error, $"'{path}' of '{release}' must be {expected}: Helm would not install '{found}'.{hint}", place);

    public static Diagnostic DroppedEntries(Place place, string release, string path, string lost) =>
        new("OC3016", Severity.Information, $"'{path}' of '{release}' replaces a list; this drops {lost}.", place);
}
