namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>A service deploys something; a platform is a package of packages.</summary>
internal enum DescriptorKind
{
    Service,
    Platform,
}
