using System.Collections.Immutable;
using OpenCenter.Composition.Inputs;
using OpenCenter.Composition.Inputs.Descriptors;

namespace OpenCenter.Composition.Planning;

/// <summary>A service that is deployed.</summary>
internal sealed record PlannedService(ServicePackage Package, ServiceSettings Settings, Profile Profile)
{
    public string Name => Package.Name;

    public ServiceDescriptor Descriptor => Package.Descriptor;

    /// <summary>Whether its files lie in one folder a component, or directly in the package.</summary>
    public bool HasSeveralComponents => Descriptor.Components.Length > 1;

    /// <summary>The releases' namespace; null for a service without one.</summary>
    public string? Namespace => Descriptor.Namespaces.Length > 0 ? Descriptor.Namespaces[0].Name : null;

    /// <summary>The capabilities that dependants get from this service.</summary>
    public ImmutableSortedSet<string> ChosenFor { get; init; } = ImmutableSortedSet<string>.Empty;

    /// <summary>The Flux Kustomization of a component.</summary>
    public string NameOf(ComponentSpec component) =>
        !HasSeveralComponents || component.ShortName == Name ? Name : $"{Name}-{component.ShortName}";
}
