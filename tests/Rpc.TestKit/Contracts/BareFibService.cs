namespace Rpc.TestKit.Contracts;

/// <summary>Serves <see cref="IBareFib"/>.</summary>
public sealed class BareFibService : IBareFib
{
    private int _entered;

    /// <summary>How many calls have entered the service.</summary>
    public int Entered => Volatile.Read(ref _entered);

    public Task<long> Fib(int n)
    {
        Interlocked.Increment(ref _entered);
        var (current, next) = (0L, 1L);
        for (var i = 0; i < n; i++)
        {
            (current, next) = (next, current + next);
        }

        return Task.FromResult(current);
    }
}
