namespace OpenCenter.Composition.Inputs.Descriptors;

/// <summary>Levels of the Pod Security Standards, the strictest first.</summary>
internal enum PodSecurity
{
    Restricted,
    Baseline,
    Privileged,
}
