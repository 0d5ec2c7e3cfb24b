using System.Globalization;

namespace OpenCenter.Benchmarks;

/// <summary>Whole processes in turn, A B A B …; the machine's speed drifts, their ratio does not.</summary>
internal static class ProcessBenchmarks
{
    public static void Run(Sample sample, int pairs)
    {
        void Build(params IEnumerable<string> more) => Command.Run(sample.Cluster, "dotnet", ["build", .. more]);
        void BuildAnew(params IEnumerable<string> more)
        {
            Directory.Delete(sample.Tree, recursive: true);
            Build(more);
        }

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
        Compare("whole tree anew / empty NoTargets", pairs, () => BuildAnew(), BuildEmpty);
        Compare($"anew, --no-restore / kubectl kustomize × {components.Count}", pairs, () => BuildAnew("--no-restore"), Kustomize);
    }

    private static void Compare(string name, int pairs, Action left, Action right)
    {
        left();
        right();
        var times = Enumerable.Range(0, pairs).Select(_ => new Pair(Command.Seconds(left), Command.Seconds(right))).ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-50} {Command.Median(times.Select(pair => pair.Left / pair.Right)):f2}  ({Command.Median(times.Select(pair => pair.Left)):f2} s / {Command.Median(times.Select(pair => pair.Right)):f2} s, {pairs} pairs)"));
    }

    private sealed record Pair(double Left, double Right);
}
