using Rpc;

namespace Samples.Fib;

/// <summary>Serves <see cref="IFib"/>.</summary>
/// <param name="delay">How long each call takes on top; for trying out what slow calls do.</param>
internal sealed class FibService(TimeSpan delay = default) : IFib
{
    private const int Most = 92;

    public async Task<long> Fib(int n, CancellationToken cancellationToken)
    {
        if (n is < 0 or > Most)
        {
            throw new RpcException(RpcStatus.InvalidArgument, $"n must be 0 to {Most}, and it is {n}.");
        }

        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
        }

        var (current, next) = (0L, 1L);
        for (var i = 0; i < n; i++)
        {
            (current, next) = (next, unchecked(current + next)); // the last sum overflows at n = 92 and is not used
        }

        return current;
    }
}
