namespace Microsoft.Build.Framework;

/// <summary>
/// MSBuild finds this attribute by name and then keeps the task in process in multithreaded builds.
/// Microsoft.Build.Framework 18.0, which we compile against, does not have it yet.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
