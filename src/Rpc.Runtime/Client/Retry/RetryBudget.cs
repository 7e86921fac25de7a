using Rpc.Batching;

namespace Rpc.Client.Retry;

/// <summary>
/// Keeps retries from making an overload worse: a bucket of tokens that every first attempt fills by a tenth and every retry empties by one. When all
/// calls fail, load grows by a tenth and not by a factor. Thread-safe.
/// </summary>
internal sealed class RetryBudget
{
    // A full bucket lets a short failure be bridged: 100 retries.
    private const int Failures = 100;

    // What one lost server had in hand comes back at once, as Redelivered: by default 64 messages of up to 128 calls. All of it can be made again once; servers
    // that are lost one after the other are bounded by the tenth.
    private const int Redeliveries = 64 * BatchFormat.MaxFrames;

    private readonly Bucket _failures = new(Failures);
    private readonly Bucket _redeliveries = new(Redeliveries);

    /// <summary>Counts a first attempt.</summary>
    public void Earn()
    {
        _failures.Earn();
        _redeliveries.Earn();
    }

    /// <summary>Takes a retry out, if there is one.</summary>
    /// <param name="reason">What the attempt before has failed of.</param>
    public bool TrySpend(RpcReason reason = RpcReason.None) => (reason == RpcReason.Redelivered ? _redeliveries : _failures).TrySpend();

    /// <param name="size">How many retries it holds.</param>
    private sealed class Bucket(int size)
    {
        // In tenths of a token.
        private const int Retry = 10;
        private int _tenths = size * Retry;

        public void Earn()
        {
            // Read first: in the usual state, full, the shared cache line stays unwritten.
            if (Volatile.Read(ref _tenths) < size * Retry)
            {
                Interlocked.Increment(ref _tenths);
            }
        }

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
}
