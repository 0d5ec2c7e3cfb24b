namespace OpenCenter.Fuzz;

/// <summary>Something that reads files from elsewhere.</summary>
/// <param name="Name">For the command line.</param>
/// <param name="Seeds">Files as they should be.</param>
/// <param name="Read">Reads one, the seed of that number but for some changes; throws where the reader is wrong.</param>
internal sealed record Reader(string Name, string[] Seeds, Action<int, string> Read);
