using System.Collections.Immutable;

namespace OpenCenter.Composition.Planning;

/// <summary>Who waits for whom, and why.</summary>
internal sealed class DependencyGraph
{
    private readonly Dictionary<string, Dictionary<string, string>> _edges = new(StringComparer.Ordinal);

    /// <summary>In ordinal order.</summary>
    public IEnumerable<string> Nodes => _edges.Keys.Order(StringComparer.Ordinal);

    public bool Contains(string node) => _edges.ContainsKey(node);

    public void AddNode(string node) => _edges.TryAdd(node, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The first reason for an edge is kept; a node never waits for itself.</summary>
    public void AddEdge(string from, string to, string reason)
    {
        if (from != to)
        {
            _edges[from].TryAdd(to, reason);
        }
    }

    /// <summary>All nodes, what they wait for first, ties in ordinal order; nodes on or behind a cycle are left out.</summary>
    public ImmutableArray<string> Sort()
    {
        var waiting = new Dictionary<string, int>(StringComparer.Ordinal);
        var ready = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (node, dependencies) in _edges)
        {
            waiting[node] = dependencies.Count;
            if (dependencies.Count == 0)
            {
                ready.Add(node);
            }
        }

        var dependants = _edges.Keys.SelectMany(node => _edges[node].Keys, (from, to) => new Edge(from, to))
            .ToLookup(edge => edge.To, edge => edge.From, StringComparer.Ordinal);
        var sorted = ImmutableArray.CreateBuilder<string>(waiting.Count);
        while (ready.Min is { } next)
        {
            ready.Remove(next);
            sorted.Add(next);
            foreach (var dependant in dependants[next])
            {
                if (--waiting[dependant] == 0)
                {
                    ready.Add(dependant);
                }
            }
        }

        return sorted.DrainToImmutable();
    }

    /// <summary>A shortest cycle through each knot, as the reasons along it: <c>a requires b, b comes after a</c>.</summary>
    public IEnumerable<(string First, string Text)> Cycles()
    {
        var sorted = Sort().ToHashSet(StringComparer.Ordinal);
        var covered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in Nodes.Where(node => !sorted.Contains(node)))
        {
            if (!covered.Contains(node) && ShortestCycle(node) is { } cycle)
            {
                covered.UnionWith(cycle);
                yield return (node, string.Join(", ", cycle.Zip([.. cycle[1..], cycle[0]], (from, to) => _edges[from][to])));
            }
        }
    }

    /// <summary>What a node waits for, in ordinal order, without what the rest implies. Only for a graph without cycles.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Reduce()
    {
        var reach = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var reduced = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var node in Sort())
        {
            var direct = _edges[node].Keys;
            var implied = new HashSet<string>(StringComparer.Ordinal);
            foreach (var dependency in direct)
            {
                implied.UnionWith(reach[dependency]);
            }

            reduced[node] = [.. direct.Where(dependency => !implied.Contains(dependency)).Order(StringComparer.Ordinal)];
            implied.UnionWith(direct);
            reach[node] = implied;
        }

        return reduced;
    }

    private List<string>? ShortestCycle(string start)
    {
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        var queue = new Queue<string>([start]);
        while (queue.TryDequeue(out var node))
        {
            foreach (var next in _edges[node].Keys.Order(StringComparer.Ordinal))
            {
                if (next == start)
                {
                    var cycle = new List<string> { node };
                    while (node != start)
                    {
                        cycle.Add(node = parents[node]);
                    }

                    cycle.Reverse();
                    return cycle;
                }

                if (parents.TryAdd(next, node))
                {
                    queue.Enqueue(next);
                }
            }
        }

        return null;
    }

    private sealed record Edge(string From, string To);
}
