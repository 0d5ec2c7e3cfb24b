namespace OpenCenter.Composition.Tests;

/// <summary>
/// A cluster that has one of two states, and a process that builds it in turn in the one and the other until somebody kills it:
/// <c>dotnet OpenCenter.Composition.Tests.dll FOLDER</c>.
/// </summary>
internal static class KilledBuild
{
    private const int Files = 12;

    public static void Main(string[] arguments)
    {
        using var cluster = Cluster(arguments[0]);
        for (var state = 1; ; state++)
        {
            Become(cluster, state % 2);
            cluster.Build();
            Console.WriteLine("built");
        }
    }

    public static TestCluster Cluster(string root) => new TestCluster(root).Service("alpha").Service("beta");

    /// <summary>In state 1 half of the files are elsewhere, and all differ.</summary>
    public static void Become(TestCluster cluster, int state)
    {
        for (var number = 0; number < Files; number++)
        {
            var (here, there) = number < 3 || (number < 9 && state == 0) ? ("alpha", "beta") : ("beta", "alpha");
            var gone = cluster.PathOf($"resources/{there}/x{number}.yaml");
            if (File.Exists(gone))
            {
                File.Delete(gone);
            }

            cluster.File($"resources/{here}/x{number}.yaml", TestCluster.Manifest("ConfigMap", $"x{number}", here, rest: $"data: {{state: \"{state}\"}}\n"));
        }
    }
}
