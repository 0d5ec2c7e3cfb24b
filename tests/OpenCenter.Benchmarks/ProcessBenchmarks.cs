using System.Globalization;

namespace OpenCenter.Benchmarks;

/// <summary>Whole processes in turn, A B A B …; the machine's speed drifts, their ratio does not.</summary>
internal static class ProcessBenchmarks
{
    public static void Run(Sample sample, int pairs)
    {
        void Build(params IEnumerable<string> more) => Command.Run(sample.Cluster, "dotnet", ["build", .. more]);
        void DeleteTree() => Directory.Delete(sample.Tree, recursive: true);
        void BuildEmpty() => Command.Run(sample.Empty, "dotnet", "build");
        var components = sample.Components;
        void Kustomize()
        {
            foreach (var folder in components)
            {
                Command.Run(sample.Cluster, "kubectl", "kustomize", "--load-restrictor", "LoadRestrictionsNone", folder);
            }
        }

        Compare("nothing to do / empty NoTargets", pairs, () => Build(), BuildEmpty);
        Compare("whole tree anew / empty NoTargets", pairs, () => Build(), BuildEmpty, DeleteTree);
        Compare($"anew, --no-restore / kubectl kustomize × {components.Count}", pairs, () => Build("--no-restore"), Kustomize, DeleteTree);
    }

    // What makes ready for the left is not timed.
    private static void Compare(string name, int pairs, Action left, Action right, Action? ready = null)
    {
        Pair Run()
        {
            ready?.Invoke();
            return new Pair(Command.Seconds(left), Command.Seconds(right));
        }

        Run();
        var times = Enumerable.Range(0, pairs).Select(_ => Run()).ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-50} {Command.Median(times.Select(pair => pair.Left / pair.Right)):f2}  ({Command.Median(times.Select(pair => pair.Left)):f2} s / {Command.Median(times.Select(pair => pair.Right)):f2} s, {pairs} pairs)"));
    }

    private sealed record Pair(double Left, double Right);
}
