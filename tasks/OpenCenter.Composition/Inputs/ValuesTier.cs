namespace OpenCenter.Composition.Inputs;

/// <summary>The tiers of values that a cluster can order.</summary>
internal enum ValuesTier
{
    Base,
    Override,
    Enterprise,
}
