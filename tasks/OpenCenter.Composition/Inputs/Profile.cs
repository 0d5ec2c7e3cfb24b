namespace OpenCenter.Composition.Inputs;

/// <summary>Highly available, or small enough for a laptop.</summary>
internal enum Profile
{
    Ha,
    Minimal,
}
