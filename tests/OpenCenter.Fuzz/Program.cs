using System.Globalization;
using OpenCenter.Fuzz;

// dotnet run -c Release --project tests/OpenCenter.Fuzz [seconds a reader, 60] [readers, all]: exits with 1 at the first unhandled exception or hang.
string[] chosen = [.. args.Skip(1)];
var seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60;
using var readers = new Readers();
foreach (var reader in readers.All.Where(reader => chosen.Length == 0 || chosen.Contains(reader.Name)))
{
    if (!Fuzzer.Run(reader, seconds))
    {
        return 1;
    }
}

return 0;
