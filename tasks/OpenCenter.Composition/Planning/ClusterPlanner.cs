using System.Collections.Immutable;
using OpenCenter.Composition.Diagnostics;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;

namespace OpenCenter.Composition.Planning;

/// <summary>Decides what is deployed, in which order, or says why it can't be.</summary>
internal sealed class ClusterPlanner
{
    public const string Namespaces = "namespaces";

    private readonly ClusterInputs _inputs;
    private readonly DiagnosticBag _diagnostics;
    private readonly ImmutableSortedDictionary<string, PlannedService> _services;
    private readonly ILookup<string, PlannedService> _providers;
    private readonly Dictionary<string, PlannedKustomization> _kustomizations = new(StringComparer.Ordinal);
    private readonly DependencyGraph _graph = new();

    private ClusterPlanner(ClusterInputs inputs, DiagnosticBag diagnostics)
    {
        _inputs = inputs;
        _diagnostics = diagnostics;
        var services = DeployedServices.Find(inputs, diagnostics);
        _providers = services.Values
            .SelectMany(service => service.Descriptor.Provides, (service, capability) => new Provider(capability, service))
            .ToLookup(provider => provider.Capability, provider => provider.Service, StringComparer.Ordinal);
        var chosen = services.ToBuilder();
        foreach (var (name, service) in services)
        {
            chosen[name] = service with { ChosenFor = [.. service.Descriptor.Provides.Where(capability => IsChosen(capability, name))] };
        }

        _services = chosen.ToImmutable();
    }

    private ClusterSettings Settings => _inputs.Settings;

    public static ClusterPlan Plan(ClusterInputs inputs, DiagnosticBag diagnostics) => new ClusterPlanner(inputs, diagnostics).Plan();

    private ClusterPlan Plan()
    {
        var applications = ApplicationNamespaces.Read(_inputs);
        var namespaces = NamespacePlanner.Plan(_inputs, _services.Values, applications, _diagnostics);
        CheckItems();
        CheckProviders();
        CheckReleases();
        AddKustomizations(namespaces);
        AddEdges();
        foreach (var (first, text) in _graph.Cycles())
        {
            _diagnostics.Add(PlanDiagnostics.Cycle(PlaceOf(_kustomizations[first].Service), text));
        }

        var dependsOn = _graph.Reduce();
        var order = _graph.Sort();
        var kustomizations = order.Select(name => _kustomizations[name] with { DependsOn = [.. dependsOn[name]] }).ToImmutableArray();
        return new ClusterPlan
        {
            Inputs = _inputs,
            Kustomizations = kustomizations,
            Services = [.. kustomizations.Select(kustomization => kustomization.Service).OfType<PlannedService>().DistinctBy(service => service.Name)],
            Namespaces = namespaces,
            ApplicationNamespaces = applications.ToImmutableDictionary(application => $"application-{application.Application}", application => application.Namespace),
            Variables = ClusterVariables.Read(_inputs, _services.Values, _diagnostics),
            Present = Present(),
        };
    }

    private ImmutableSortedSet<string> Present() =>
    [
        .. _services.Keys,
        .. _providers.Select(provider => provider.Key),
        .. Settings.Services.Where(service => service.Value.ProvidedExternally).Select(service => service.Key),
        .. Settings.Capabilities.Where(capability => capability.Value.ProvidedExternally).Select(capability => capability.Key),
    ];

    private void CheckItems()
    {
        foreach (var (name, settings) in Settings.Services)
        {
            if (!_services.ContainsKey(name) && !settings.ProvidedExternally)
            {
                _diagnostics.Add(ProjectDiagnostics.UnknownService(_inputs.Places.Of(settings.Item!), "ClusterService", name, Nearest.Hint(name, _services.Keys)));
            }
        }

        foreach (var (capability, settings) in Settings.Capabilities)
        {
            var providers = _providers[capability].Select(service => service.Name).ToArray();
            if (settings.Service is { } chosen && !providers.Contains(chosen, StringComparer.Ordinal))
            {
                _diagnostics.Add(PlanDiagnostics.NotAProvider(_inputs.Places.Of(settings.Item), capability, chosen, providers));
            }
        }
    }

    private void CheckProviders()
    {
        foreach (var service in _services.Values.Where(service => service.Descriptor.Providers.Length > 0))
        {
            var providers = service.Descriptor.Providers;
            if (Settings.Provider is not { } provider)
            {
                _diagnostics.Add(PlanDiagnostics.NoProvider(PlaceOf(service), service.Name, providers));
            }
            else if (!providers.Contains(provider))
            {
                _diagnostics.Add(PlanDiagnostics.WrongProvider(PlaceOf(service), service.Name, provider, providers));
            }
        }
    }

    private void CheckReleases()
    {
        var owners = new Dictionary<string, PlannedService>(StringComparer.Ordinal);
        foreach (var service in _services.Values)
        {
            foreach (var component in service.Descriptor.Components)
            {
                if (component.Release is { } release && !owners.TryAdd(release.Name.Value, service))
                {
                    _diagnostics.Add(PlanDiagnostics.SameRelease(PlaceOf(service), release.Name.Value, owners[release.Name.Value].Name, service.Name));
                }
            }
        }
    }

    private void AddKustomizations(ImmutableArray<PlannedNamespace> namespaces)
    {
        if (namespaces.Length > 0)
        {
            Add(new PlannedKustomization(Namespaces, KustomizationKind.Namespaces));
        }

        var patches = _inputs.Files.Patches.ToLookup(file => file.Folder, StringComparer.Ordinal);
        foreach (var service in _services.Values)
        {
            foreach (var component in service.Descriptor.Components)
            {
                var name = service.NameOf(component);
                if (IsReserved(name))
                {
                    _diagnostics.Add(PlanDiagnostics.ReservedName(PlaceOf(service), service.Name, name));
                }

                Add(new PlannedKustomization(name, KustomizationKind.Component) { Service = service, Component = component, Files = [.. patches[name]] });
            }
        }

        AddFolders(_inputs.Files.Prerequisites, KustomizationKind.Prerequisites);
        AddFolders(_inputs.Files.Resources, KustomizationKind.Resources);
        AddApplications();
        var components = _kustomizations.Values.Where(planned => planned.Kind == KustomizationKind.Component).Select(planned => planned.Name).ToArray();
        foreach (var folder in patches.Where(folder => !components.Contains(folder.Key, StringComparer.Ordinal)))
        {
            _diagnostics.Add(PlanDiagnostics.UnknownFolder(new Place(folder.First().Source.Path), $"patches/{folder.Key}", "component", Nearest.Hint(folder.Key, components)));
        }
    }

    private void AddFolders(ImmutableArray<ProjectFile> files, KustomizationKind kind)
    {
        var (top, suffix) = kind == KustomizationKind.Resources ? ("resources", "-resources") : ("prerequisites", "-prerequisites");
        foreach (var folder in files.GroupBy(file => file.Folder, StringComparer.Ordinal))
        {
            var place = new Place(folder.First().Source.Path);
            var isExternal = Settings.IsExternal(folder.Key);
            if (_services.TryGetValue(folder.Key, out var service) || (isExternal && kind == KustomizationKind.Resources))
            {
                Add(new PlannedKustomization(folder.Key + suffix, kind) { Service = service, Files = [.. folder] });
            }
            else
            {
                _diagnostics.Add(isExternal
                    ? PlanDiagnostics.ExternalFolder(place, folder.Key)
                    : PlanDiagnostics.UnknownFolder(place, $"{top}/{folder.Key}", "service", Nearest.Hint(folder.Key, _services.Keys)));
            }
        }
    }

    private void AddApplications()
    {
        foreach (var folder in _inputs.Files.Applications.GroupBy(file => file.Folder, StringComparer.Ordinal))
        {
            if (!Names.IsLabel(folder.Key, Names.MaxLabel - "application-".Length))
            {
                _diagnostics.Add(PlanDiagnostics.BadFolderName(new Place(folder.First().Source.Path), folder.Key));
                continue;
            }

            Add(new PlannedKustomization($"application-{folder.Key}", KustomizationKind.Application) { Files = [.. folder] });
        }
    }

    private void Add(PlannedKustomization kustomization)
    {
        if (_kustomizations.TryAdd(kustomization.Name, kustomization))
        {
            _graph.AddNode(kustomization.Name);
            return;
        }

        var first = _kustomizations[kustomization.Name];
        _diagnostics.Add(PlanDiagnostics.SameName(PlaceOf(kustomization.Service), kustomization.Name, Describe(first), Describe(kustomization)));
    }

    private static string Describe(PlannedKustomization kustomization) =>
        kustomization.Component is { } component
            ? $"the component '{component.Name.Value}' of '{kustomization.Service!.Name}'"
            : $"the {kustomization.Kind.ToString().ToLowerInvariant()} '{kustomization.Name}'";

    private static bool IsReserved(string name) =>
        name is Namespaces or "flux-system" or "applications"
        || name.StartsWith("application-", StringComparison.Ordinal)
        || name.EndsWith("-resources", StringComparison.Ordinal)
        || name.EndsWith("-prerequisites", StringComparison.Ordinal);

    private void AddEdges()
    {
        var last = _kustomizations.Values.Where(planned => planned.Kind is KustomizationKind.Component or KustomizationKind.Resources).Select(planned => planned.Name).ToArray();
        foreach (var planned in _kustomizations.Values)
        {
            if (planned.Kind != KustomizationKind.Namespaces && _graph.Contains(Namespaces))
            {
                _graph.AddEdge(planned.Name, Namespaces, $"'{planned.Name}' needs its namespace");
            }

            if (planned.Kind == KustomizationKind.Resources && planned.Service is { } owner)
            {
                _graph.AddEdge(planned.Name, Last(owner), $"'{planned.Name}' comes after '{owner.Name}'");
            }

            if (planned.Kind == KustomizationKind.Application)
            {
                foreach (var name in last)
                {
                    _graph.AddEdge(planned.Name, name, $"'{planned.Name}' comes after every service");
                }
            }
        }

        foreach (var service in _services.Values)
        {
            AddEdges(service);
        }
    }

    private void AddEdges(PlannedService service)
    {
        var components = service.Descriptor.Components;
        var first = service.NameOf(components[0]);
        var prerequisites = $"{service.Name}-prerequisites";
        if (_graph.Contains(prerequisites))
        {
            _graph.AddEdge(first, prerequisites, $"'{first}' needs its prerequisites");
        }

        foreach (var requirement in service.Descriptor.Requires)
        {
            AddRequirement(service, first, requirement);
        }

        foreach (var after in service.Descriptor.After)
        {
            foreach (var other in _services.TryGetValue(after.Value, out var named) ? [named] : ProvidersOf(after.Value))
            {
                AddWait(first, other, $"'{service.Name}' comes after '{other.Name}'");
            }
        }

        AddPackageDependencies(service, first);
        AddOwnDependencies(service, first);
        for (var i = 0; i < components.Length; i++)
        {
            var name = service.NameOf(components[i]);
            if (i > 0)
            {
                _graph.AddEdge(name, service.NameOf(components[i - 1]), $"'{name}' comes after '{service.NameOf(components[i - 1])}'");
            }

            foreach (var requirement in components[i].Requires)
            {
                AddRequirement(service, name, requirement);
            }
        }
    }

    private void AddRequirement(PlannedService service, string kustomization, Requirement requirement)
    {
        var name = requirement.Name.Value;
        if (requirement.IsCapability)
        {
            if (Settings.Capabilities.TryGetValue(name, out var settings) && settings.ProvidedExternally)
            {
                return;
            }

            // An external service brings its capabilities with it.
            var isExternal = _inputs.Packages.Values.Any(package => Settings.IsExternal(package.Name) && package.Descriptor.Provides.Contains(name))
                || _inputs.Catalogue.Services.Any(known => Settings.IsExternal(known.Name) && known.Provides.Contains(name));
            var providers = ProvidersOf(name).ToArray();
            if (providers.Length == 0 && !isExternal)
            {
                _diagnostics.Add(PlanDiagnostics.MissingCapability(PlaceOf(service), service.Name, name, _inputs.Catalogue.PackagesThatProvide(name)));
            }

            foreach (var provider in providers)
            {
                AddWait(kustomization, provider, $"'{service.Name}' requires '{name}', which '{provider.Name}' provides");
            }
        }
        else if (_services.TryGetValue(name, out var other))
        {
            AddWait(kustomization, other, $"'{service.Name}' requires '{name}'");
        }
        else if (!Settings.IsExternal(name))
        {
            _diagnostics.Add(PlanDiagnostics.MissingService(PlaceOf(service), service.Name, name, _inputs.Catalogue.PackageOf(name)));
        }
    }

    // A package that depends on another service's waits for it, unless one of its components says more precisely which one does.
    private void AddPackageDependencies(PlannedService service, string first)
    {
        var named = service.Descriptor.Components.SelectMany(component => component.Requires).Select(requirement => requirement.Name.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var id in service.Package.Dependencies)
        {
            if (_inputs.Packages.TryGetValue(id, out var package) && _services.TryGetValue(package.Name, out var other) && !named.Contains(package.Name))
            {
                AddWait(first, other, $"'{service.Name}' depends on the package of '{package.Name}'");
            }
        }
    }

    private void AddOwnDependencies(PlannedService service, string first)
    {
        foreach (var name in service.Settings.DependsOn)
        {
            if (_services.TryGetValue(name, out var other))
            {
                AddWait(first, other, $"ClusterService '{service.Name}' depends on '{name}'");
            }
            else if (_graph.Contains(name))
            {
                _graph.AddEdge(first, name, $"ClusterService '{service.Name}' depends on '{name}'");
            }
            else if (!Settings.IsExternal(name))
            {
                var known = _services.Keys.Concat(_graph.Nodes).Distinct(StringComparer.Ordinal);
                _diagnostics.Add(PlanDiagnostics.UnknownDependency(_inputs.Places.Of(service.Settings.Item!), service.Name, name, Nearest.Hint(name, known)));
            }
        }
    }

    private void AddWait(string kustomization, PlannedService other, string reason)
    {
        if (_kustomizations[kustomization].Service?.Name == other.Name)
        {
            return;
        }

        _graph.AddEdge(kustomization, Last(other), reason);
        var resources = $"{other.Name}-resources";
        if (_graph.Contains(resources))
        {
            _graph.AddEdge(kustomization, resources, reason);
        }
    }

    private static string Last(PlannedService service) => service.NameOf(service.Descriptor.Components[^1]);

    private IEnumerable<PlannedService> ProvidersOf(string capability) =>
        Settings.Capabilities.GetValueOrDefault(capability)?.Service is { } chosen
            ? _providers[capability].Where(service => service.Name == chosen)
            : _providers[capability];

    private bool IsChosen(string capability, string service) =>
        Settings.Capabilities.GetValueOrDefault(capability) is { } settings
            ? settings.Service == service
            : _providers[capability].Count() == 1;

    private Place PlaceOf(PlannedService? service) => service is null ? _inputs.Places.Project : _inputs.PlaceOf(service.Package.Id);

    private sealed record Provider(string Capability, PlannedService Service);
}
