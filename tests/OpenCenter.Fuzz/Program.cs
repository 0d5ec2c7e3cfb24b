using System.Globalization;
using OpenCenter.Fuzz;

// dotnet run -c Release --project tests/OpenCenter.Fuzz -- [seconds=60] [readers, all]: other inputs each time, so many seconds a reader.
// … -- inputs=1000 [seed=1] [readers, all]: so many a reader, the same on every machine.
// Exits with 1 at the first unhandled exception or hang.
var seconds = Option("seconds", 60);
var inputs = Option("inputs", 0);
var seed = Option("seed", 1);
string[] chosen = [.. args.Where(argument => !argument.Contains('='))];
using var readers = new Readers();
var all = readers.All;
if (chosen.Except(all.Select(reader => reader.Name)).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"There is no reader '{unknown}', but: {string.Join(' ', all.Select(reader => reader.Name))}");
    return 1;
}

return all.Where(reader => chosen.Length == 0 || chosen.Contains(reader.Name))
    .All(reader => inputs > 0 ? Fuzzer.RunFixed(reader, inputs, (ulong)seed) : Fuzzer.RunRandom(reader, seconds)) ? 0 : 1;

int Option(string name, int otherwise) =>
    args.LastOrDefault(argument => argument.StartsWith(name + "=", StringComparison.Ordinal)) is { } given ? int.Parse(given[(name.Length + 1)..], CultureInfo.InvariantCulture) : otherwise;
