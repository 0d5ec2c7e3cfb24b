using System.Globalization;
using OpenCenter.Composition;

namespace OpenCenter.Benchmarks;

/// <summary>The engine alone, in this process: the first run as a build has it, then warm.</summary>
internal static class EngineBenchmark
{
    private const int Warmups = 1000;
    private const int Runs = 100;

    public static void Run(Sample sample)
    {
        var project = sample.Evaluate();
        void Build()
        {
            var result = ClusterBuild.Run(project);
            if (result.Files.IsEmpty)
            {
                throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
            }
        }

        var before = Environment.WorkingSet;
        var first = Command.Seconds(Build);
        for (var run = 0; run < Warmups; run++)
        {
            Build();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var warm = Command.Median([.. Enumerable.Range(0, Runs).Select(_ => Command.Seconds(Build))]);
        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Runs;
        GC.Collect();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"engine, first run      {first * 1000,8:f1} ms\nengine, warm           {warm * 1000,8:f1} ms, {allocated / 1e6:f1} MB allocated\nprocess, working set   {Environment.WorkingSet / 1e6,8:f1} MB, {before / 1e6:f1} of them before the first run"));
    }
}
