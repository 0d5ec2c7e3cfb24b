using System.Diagnostics;
using System.Globalization;
using CsCheck;

namespace OpenCenter.Fuzz;

/// <summary>Runs one reader on changed seeds.</summary>
internal static class Fuzzer
{
    private const int MostMutations = 6;
    private const int MostShrinking = 30;
    private const long MostBytes = 1_000_000_000;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    /// <summary>False where the reader threw, hung or took too much; then the smallest such input has been printed.</summary>
    public static bool RunRandom(Reader reader, int seconds) => Run(reader, (inputs, read) => Sample(inputs, read, null, seconds));

    /// <summary>The same for so many inputs that only <paramref name="seed"/> decides.</summary>
    public static bool RunFixed(Reader reader, int count, ulong seed) => Run(reader, (inputs, read) =>
    {
        var random = new PCG(1, seed);
        for (var number = 0; number < count; number++)
        {
            var before = random.ToString();
            var chosen = inputs.Generate(random, null!, out _);
            try
            {
                read(chosen);
            }
            catch (Exception)
            {
                Sample(inputs, read, before, MostShrinking);
                throw;
            }
        }
    });

    private static void Sample(Gen<(int Seed, string Text)> inputs, Action<(int Seed, string Text)> read, string? first, int seconds) =>
        inputs.Sample(read, seed: first, time: seconds, threads: 1, print: chosen => $"seed {chosen.Seed}:\n{chosen.Text}");

    private static bool Run(Reader reader, Action<Gen<(int Seed, string Text)>, Action<(int Seed, string Text)>> run)
    {
        var count = 0L;
        var input = "";
        var all = Stopwatch.StartNew();
        using var watchdog = new Timer(_ => Environment.FailFast($"{reader.Name} hangs on:\n{input}"));
        try
        {
            run(Inputs(reader), chosen =>
            {
                count++;
                input = chosen.Text;
                watchdog.Change(Hang, Timeout.InfiniteTimeSpan);
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var started = Environment.CpuUsage.TotalTime;
                reader.Read(chosen.Seed, chosen.Text);

                // The processor's time: on a busy machine a reader waits.
                var took = Environment.CpuUsage.TotalTime - started;
                if (took > Longest || GC.GetAllocatedBytesForCurrentThread() - allocated > MostBytes)
                {
                    throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{took}, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / 1e6:f0} MB"));
                }
            });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reader.Name,-12} {count,9} inputs in {all.Elapsed.TotalSeconds:f0} s"));
            return true;
        }
        catch (CsCheckException exception)
        {
            Console.WriteLine($"{reader.Name}: {exception.Message}\n{exception.InnerException}");
            return false;
        }
    }

    private static Gen<(int Seed, string Text)> Inputs(Reader reader)
    {
        var mutation = Gen.Select(Gen.Int[0, Mutation.Kinds - 1], Gen.Double.Unit, Gen.Int[1, 60], Gen.Int[0, Mutation.Tokens.Length - 1], (kind, at, length, token) => new Mutation(kind, at, length, Mutation.Tokens[token]));
        return Gen.Select(
            Gen.Int[0, reader.Seeds.Length - 1],
            mutation.Array[1, MostMutations],
            (seed, mutations) => (seed, mutations.Aggregate(reader.Seeds[seed], (text, change) => change.Apply(text))));
    }
}
