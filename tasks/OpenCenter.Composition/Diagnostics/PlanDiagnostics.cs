namespace OpenCenter.Composition.Diagnostics;

/// <summary>What keeps a set of services from being a cluster: OC2xxx.</summary>
internal static class PlanDiagnostics
{
    public static Diagnostic MissingService(Place place, string by, string service, string package) =>
        new("OC2001", Severity.Error, $"'{by}' requires the service '{service}', which this cluster does not deploy. Add <PackageReference Include=\"{package}\" Version=\"…\" />, or, if the cluster has it from elsewhere, <ClusterService Include=\"{service}\" ProvidedExternally=\"true\" />.", place);

    public static Diagnostic MissingCapability(Place place, string by, string capability, IReadOnlyList<string> packages) =>
        new("OC2002", Severity.Error, $"'{by}' requires the capability '{capability}', which nothing in this cluster provides. {OneOf(packages)}If the cluster has it from elsewhere, add <ClusterCapability Include=\"{capability}\" ProvidedExternally=\"true\" />.", place);

    public static Diagnostic WrongProvider(Place place, string service, string provider, IReadOnlyList<string> providers) =>
        new("OC2003", Severity.Error, $"'{service}' runs on {string.Join(", ", providers)} only, but ClusterProvider is '{provider}'. Remove the service, or correct the provider.", place);

    public static Diagnostic NoProvider(Place place, string service, IReadOnlyList<string> providers) =>
        new("OC2004", Severity.Error, $"'{service}' depends on the provider ({string.Join(", ", providers)}), but the project gives no ClusterProvider. Add <ClusterProvider>{providers[0]}</ClusterProvider> to a PropertyGroup of the project.", place);

    public static Diagnostic Cycle(Place place, string cycle) =>
        new("OC2005", Severity.Error, $"These wait for each other and would never start: {cycle}. Remove one of these requirements.", place);

    public static Diagnostic SameRelease(Place place, string release, string first, string second) =>
        new("OC2006", Severity.Error, $"The services '{first}' and '{second}' both have a Helm release '{release}'. Its name must be unique in a cluster; remove one of the services.", place);

    public static Diagnostic SameName(Place place, string name, string first, string second) =>
        new("OC2007", Severity.Error, $"Both {first} and {second} would be the Flux Kustomization '{name}'. Rename one of them.", place);

    public static Diagnostic ReservedName(Place place, string service, string name) =>
        new("OC2008", Severity.Error, $"The service '{service}' would make a Flux Kustomization '{name}', a name that the tree keeps for itself. Rename the service or its component.", place);

    public static Diagnostic UnknownDependency(Place place, string service, string dependency, string hint) =>
        new("OC2009", Severity.Error, $"ClusterService '{service}': DependsOn names '{dependency}', which is neither a service nor a Flux Kustomization of this cluster.{hint}", place);

    public static Diagnostic NotAProvider(Place place, string capability, string service, IReadOnlyList<string> providers) =>
        new("OC2010", Severity.Error, $"ClusterCapability '{capability}': the service '{service}' {(providers.Count == 0 ? "is not deployed or does not provide it" : $"does not provide it; {string.Join(", ", providers)} would")}.", place);

    public static Diagnostic PodSecurityRaised(Place place, string ns, string level, string by, string others) =>
        new("OC2011", Severity.Information, $"The namespace '{ns}' is {level}, because '{by}' needs it; {others} could run stricter.", place);

    public static Diagnostic UnknownFolder(Place place, string folder, string what, string hint) =>
        new("OC2012", Severity.Error, $"'{folder}' names no {what} of this cluster.{hint}", place);

    public static Diagnostic ExternalFolder(Place place, string service) =>
        new("OC2013", Severity.Error, $"'{service}' is provided externally, so nothing waits for these prerequisites. Move them to resources/{service}/, or remove them.", place);

    public static Diagnostic BadFolderName(Place place, string name) =>
        new("OC2014", Severity.Error, $"'{name}' can't be the name of an application: it must be a DNS-1123 label (lower-case letters, digits and '-').", place);

    private static string OneOf(IReadOnlyList<string> packages) =>
        packages.Count == 0 ? "" : $"Add a <PackageReference /> to one of {string.Join(", ", packages)}. ";
}
