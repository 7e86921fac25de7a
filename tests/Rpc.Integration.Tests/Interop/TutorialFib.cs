using System.Collections.Concurrent;

namespace Rpc.Integration.Tests.Interop;

internal sealed class TutorialFib(TimeSpan delay = default) : ITutorialFib
{
    public ConcurrentQueue<int> Served { get; } = new();

    public async Task<long> Fib(int n, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        Served.Enqueue(n);
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, cancellationToken);
        }

        var (current, next) = (0L, 1L);
        for (var i = 0; i < n; i++)
        {
            (current, next) = (next, current + next);
        }

        return current;
    }
}
