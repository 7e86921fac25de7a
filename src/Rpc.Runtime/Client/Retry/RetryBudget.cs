namespace Rpc.Client.Retry;

/// <summary>
/// Keeps retries from making an overload worse: a bucket of tokens that every first attempt fills by a tenth and every retry empties by one. When all
/// calls fail, load grows by a tenth and not by a factor. Thread-safe.
/// </summary>
internal sealed class RetryBudget
{
    // In tenths of a token. A full bucket lets a short failure be bridged: 100 retries.
    private const int Full = 100 * 10;
    private const int Retry = 10;
    private int _tenths = Full;

    /// <summary>Counts a first attempt.</summary>
    public void Earn()
    {
        // Read first: in the usual state, full, the shared cache line stays unwritten.
        if (Volatile.Read(ref _tenths) < Full)
        {
            Interlocked.Increment(ref _tenths);
        }
    }

    /// <summary>Takes a retry out, if there is one.</summary>
    public bool TrySpend()
    {
        if (Interlocked.Add(ref _tenths, -Retry) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref _tenths, Retry);
        return false;
    }
}
