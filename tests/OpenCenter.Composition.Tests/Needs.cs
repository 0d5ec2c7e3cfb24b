namespace OpenCenter.Composition.Tests;

/// <summary>What a test needs from outside the repository: skipped with a reason where it is absent, required in the gate.</summary>
internal static class Needs
{
    public static string Repository { get; } = Up(AppContext.BaseDirectory, "OpenCenter.Sdk.sln");

    public static string Shared => Path.Combine(Path.GetDirectoryName(Repository)!, "shared");

    public static void SharedData() => Require(Directory.Exists(Path.Combine(Shared, "schemas")), "the shared schemas are not beside the repository");

    public static void Kubectl() => Require(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl"))), "kubectl is not installed");

    /// <summary>The catalogue, as <c>dotnet build samples</c> packs it.</summary>
    public static void Packages() => Require(
        Directory.Exists(Path.Combine(Repository, "artifacts/package-folder")), "the catalogue is not packed: run 'dotnet build samples' first");

    private static void Require(bool isThere, string reason)
    {
        if (Environment.GetEnvironmentVariable("OPENCENTER_REQUIRE_ALL") is { Length: > 0 })
        {
            Assert.True(isThere, reason);
        }

        Skip.IfNot(isThere, reason);
    }

    private static string Up(string folder, string file) =>
        File.Exists(Path.Combine(folder, file)) ? folder.TrimEnd('/') : Up(Path.GetDirectoryName(folder.TrimEnd('/'))!, file);
}
