using System.Runtime.ExceptionServices;

namespace OpenCenter.Composition;

/// <summary>
/// Work on every core that comes out as it would on one: what one item gives depends on no other, results keep the order of the
/// items, and diagnostics are sorted at the end of the build.
/// </summary>
internal static class InParallel
{
    /// <summary>The results, in the order of the items.</summary>
    public static TResult[] Select<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> selector)
    {
        var results = new TResult[items.Count];
        For(items.Count, index => results[index] = selector(items[index]));
        return results;
    }

    public static void Run(params Action[] actions) => For(actions.Length, index => actions[index]());

    // The first failure of a loop, not a bundle of all: callers catch what one item throws.
    private static void For(int count, Action<int> body)
    {
        try
        {
            Parallel.For(0, count, body);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
