using OpenCenter.Composition.Secrets;

namespace OpenCenter.Composition.Diagnostics;

/// <summary>What can be wrong with a project, its packages and their descriptors: OC1xxx.</summary>
internal static class ProjectDiagnostics
{
    public static Diagnostic NotRestored(Place place) =>
        new("OC1001", Severity.Error, "The packages of this project are not restored. Run 'dotnet restore', or 'dotnet build' without --no-restore.", place);

    public static Diagnostic UnreadableRestore(string file, string reason) =>
        new("OC1002", Severity.Error, $"The restore result can't be read: {reason}. Run 'dotnet restore'.", new Place(file));

    public static Diagnostic StaleRestore(Place place, string package, string wanted, string restored) =>
        new("OC1003", Severity.Error, $"'{package}' is {wanted} in the project but {restored} in the last restore. Run 'dotnet restore'; a cluster gets the versions that stand in its project.", place);

    public static Diagnostic BadProperty(Place place, string property, string value, string expected) =>
        new("OC1004", Severity.Error, $"{property} is '{value}'; it must be {expected}.", place);

    public static Diagnostic BadItem(Place place, string item, string include, string problem) =>
        new("OC1005", Severity.Error, $"{item} '{include}': {problem}.", place);

    public static Diagnostic UnknownKey(Place place, string path, string hint) =>
        new("OC1006", Severity.Error, $"service.yaml has no key '{path}'.{hint}", place);

    public static Diagnostic WrongType(Place place, string path, string expected) =>
        new("OC1007", Severity.Error, $"'{path}' must be {expected}.", place);

    public static Diagnostic MissingKey(Place place, string path) =>
        new("OC1008", Severity.Error, $"'{path}' is missing.", place);

    public static Diagnostic NotOneOf(Place place, string path, string value, IReadOnlyList<string> allowed) =>
        new("OC1009", Severity.Error, $"'{path}' is '{value}'; it must be one of {string.Join(", ", allowed)}.{Nearest.Hint(value, allowed)}", place);

    public static Diagnostic BadValue(Place place, string path, string value, string expected) =>
        new("OC1010", Severity.Error, $"'{path}' is '{Hidden.Of("", value)}'; it must be {expected}.", place);

    public static Diagnostic NewerSdk(Place place, string required, string actual) =>
        new("OC1011", Severity.Error, $"This package needs OpenCenter.Sdk {required} or newer; this build runs {actual}. Raise 'OpenCenter.Sdk' under 'msbuild-sdks' in global.json.", place);

    public static Diagnostic NotAService(Place place, string package) =>
        new("OC1012", Severity.Warning, $"'{package}' has no service.yaml: it deploys nothing. Remove the reference, or check the package's name.", place);

    public static Diagnostic SameServiceTwice(Place place, string service, string first, string second) =>
        new("OC1013", Severity.Error, $"The packages '{first}' and '{second}' both claim to be the service '{service}'. Remove one of them.", place);

    public static Diagnostic Unreadable(string file, string reason) =>
        new("OC1014", Severity.Error, $"This file can't be read: {reason}.", new Place(file));

    public static Diagnostic MatchesNothing(string file, string expected, string hint) =>
        new("OC1015", Severity.Error, $"This file matches nothing: {expected}.{hint}", new Place(file));

    public static Diagnostic OnlyTransitive(Place place, string service, string because, string line) =>
        new("OC1016", Severity.Warning, $"'{service}' is deployed only because '{because}' depends on it, so nothing would upgrade it. Add {line}", place);

    public static Diagnostic NoDomain(Place place) =>
        new("OC1017", Severity.Error, "${cluster.domain} is used here, but the project gives no ClusterDomain. Add <ClusterDomain>prod.example.com</ClusterDomain> to a PropertyGroup of the project.", place);

    public static Diagnostic UnknownVariable(Place place, string name, string hint) =>
        new("OC1018", Severity.Error, $"Nothing gives ${{cluster.{name}}} a value.{hint} Add <ClusterVariable Include=\"{name}\" Value=\"…\" />, or write $${{cluster.{name}}} for the text itself.", place);

    public static Diagnostic VariableInKey(Place place, string key) =>
        new("OC1019", Severity.Error, $"'{key}' is a key, and keys can't hold variables. Write the key out.", place);

    public static Diagnostic VariableInEncrypted(Place place) =>
        new("OC1020", Severity.Error, "A variable can't be replaced in an encrypted file: its signature covers every value. Move the key to an unencrypted file, or encrypt the value itself.", place);

    public static Diagnostic MissingSetting(Place place, string service, string setting, string description, string example) =>
        new("OC1021", Severity.Error, $"'{service}' needs '{setting}' ({description}). Add <ClusterVariable Include=\"{service}.{setting}\" Value=\"{example}\" />.", place);

    public static Diagnostic WrongSetting(Place place, string variable, string value, string type, string example) =>
        new("OC1022", Severity.Error, $"'{variable}' is '{Hidden.Of(variable, value)}'; it must be {type}, such as '{example}'.", place);

    public static Diagnostic UnknownService(Place place, string item, string service, string hint) =>
        new("OC1023", Severity.Error, $"{item} '{service}' names no service of this cluster.{hint}", place);

    public static Diagnostic UnknownSetting(Place place, string service, string variable, string hint) =>
        new("OC1024", Severity.Error, $"'{service}' has no setting '{variable}'.{hint}", place);

    public static Diagnostic NoDependency(Place place, string service, string package) =>
        new("OC1025", Severity.Error, $"The service requires '{service}', but the project references no package of it. Add <PackageReference Include=\"{package}\" Version=\"[…]\" />, so that a cluster gets both.", place);

    public static Diagnostic UnboundedDependency(Place place, string package, string range) =>
        new("OC1026", Severity.Error, $"'{package}' is referenced as '{range}'; a service names the versions it was tried with, such as [1.14.0, 1.15.0).", place);

    public static Diagnostic FloatingVersion(Place place, string package, string version) =>
        new("OC1027", Severity.Error, $"'{package}' has the floating version '{version}', so two builds can differ. Write one version.", place);

    public static Diagnostic NoChart(string project) =>
        new("OC1030", Severity.Error, "No chart is named. Add -p:ClusterChart=<the chart's folder or .tgz>.", new Place(project));

    public static Diagnostic NoSuchReleaseToImport(string project, string release, IReadOnlyList<string> releases) =>
        new("OC1031", Severity.Error, $"{(release.Length == 0 ? "It is not clear which release's chart this is." : $"This service has no release '{release}'.")} Add -p:ClusterRelease={(releases.Count == 0 ? "<release>" : string.Join(" or ", releases))}.", new Place(project));

    public static Diagnostic NobodyReads(Place place, string name, string nearest) =>
        new("OC1032", Severity.Warning, $"Nothing reads '{name}'. Did you mean '{nearest}'?", place);

    public static Diagnostic ChangedPackage(string file, string package) =>
        new("OC1040", Severity.Error, $"This file is not as '{package}' has it: it was changed after the restore. Delete the package's folder and run 'dotnet restore'; what a cluster needs otherwise belongs into the project's values/ or patches/.", new Place(file));

    public static Diagnostic UnverifiedPackage(string archive, string package, string reason) =>
        new("OC1041", Severity.Error, $"Nothing shows that the files of '{package}' are those that were restored: {reason}. Delete the package's folder and run 'dotnet restore'.", new Place(archive));

    public static Diagnostic PackageTooLarge(string archive, string package) =>
        new("OC1042", Severity.Error, $"'{package}' is too large for a service: at most 10,000 files and 64 MiB. Don't use it, or ask its author what it is.", new Place(archive));

    public static Diagnostic Link(string file) =>
        new("OC1043", Severity.Error, "This is a link, and what it leads to can change unseen. Put the file itself here; a folder of values that clusters share is named by ClusterValues.", new Place(file));

    public static Diagnostic TooMuch(string folder) =>
        new("OC1044", Severity.Error, "This folder is too large: at most 10,000 files and 256 MiB are read. Move out what the cluster does not need.", new Place(folder));

    public static Diagnostic MissingSecret(Place place, string service, string secret, string description, string keys, string hint) =>
        new("OC1045", Severity.Error, $"'{service}' needs the Secret '{secret}' ({description}){keys}.{hint} Write it to prerequisites/{service}/, encrypted with SOPS. If something else makes it, add <ClusterExternal Include=\"v1/Secret/{secret}\" />.", place);

    public static Diagnostic MissingSecretKey(Place place, string service, string secret, string description, string key, string hint) =>
        new("OC1046", Severity.Error, $"'{service}' reads the key '{key}' of the Secret '{secret}' ({description}), which has none of that name.{hint} Add it; 'sops edit' keeps the file encrypted.", place);

    public static Diagnostic Unpackable(string file) =>
        new("OC1053", Severity.Error, "A package would not carry this file under its name: there it has no '%' or ';', nothing that not every system can have, and does not end in .nuspec. Rename it.", new Place(file));
}
