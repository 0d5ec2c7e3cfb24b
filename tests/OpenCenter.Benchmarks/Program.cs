using System.Globalization;
using OpenCenter.Benchmarks;

// dotnet run -c Release --project tests/OpenCenter.Benchmarks [pairs]: first 'dotnet build samples', which makes what is measured.
var pairs = 9;
if (args.Length > 1 || (args.Length == 1 && !(int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out pairs) && pairs > 0)))
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/OpenCenter.Benchmarks [pairs], a number from 1");
    return 1;
}

using var sample = new Sample();
EngineBenchmark.Run(sample);
MergeBenchmark.Run();
ProcessBenchmarks.Run(sample, pairs);
return 0;
