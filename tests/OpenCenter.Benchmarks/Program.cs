using OpenCenter.Benchmarks;

// dotnet run -c Release --project tests/OpenCenter.Benchmarks [pairs]: first 'dotnet build samples', which makes what is measured.
var pairs = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 9;
using var sample = new Sample();
EngineBenchmark.Run(sample);
MergeBenchmark.Run();
ProcessBenchmarks.Run(sample, pairs);
