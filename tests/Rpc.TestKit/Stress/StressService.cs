namespace Rpc.TestKit.Stress;

/// <summary>Serves <see cref="IStress"/> and counts, call by call, how often its methods were entered.</summary>
/// <param name="calls">How many numbers there are.</param>
/// <param name="next">What <see cref="Pass"/> calls.</param>
internal sealed class StressService(int calls, Func<IStress> next) : IStress
{
    private readonly int[] _entered = new int[calls];

    /// <summary>How often the call has entered a method.</summary>
    public int Entered(int call) => Volatile.Read(ref _entered[call]);

    public Task<string> Echo(int call, string text, CancellationToken cancellationToken)
    {
        Enter(call);
        return Task.FromResult(text);
    }

    public Task<int> Read(int call, CancellationToken cancellationToken)
    {
        Enter(call);
        return Task.FromResult(call);
    }

    public async Task<int> Work(int call, int milliseconds, CancellationToken cancellationToken)
    {
        Enter(call);
        await Task.Delay(milliseconds, cancellationToken); // the work: what a handler waits for
        return call;
    }

    public Task Refuse(int call, CancellationToken cancellationToken)
    {
        Enter(call);
        throw new RpcException(RpcStatus.NotFound, "not here", call);
    }

    public async Task<int> Stumble(int call, CancellationToken cancellationToken)
    {
        Enter(call);
        await Task.Yield();
        throw new InvalidOperationException("a bug");
    }

    public Task<string> Fill(int call, int length, CancellationToken cancellationToken)
    {
        Enter(call);
        return Task.FromResult(new string('x', length));
    }

    public async Task<string> Pass(int call, int inner, int milliseconds, CancellationToken cancellationToken)
    {
        Enter(call);

        // Without the token: the call it serves passes deadline and cancellation on by itself.
        return milliseconds > 0
            ? $"{await next().Work(inner, milliseconds, CancellationToken.None)}"
            : await next().Echo(inner, "passed", CancellationToken.None);
    }

    public Task Note(int call, CancellationToken cancellationToken)
    {
        Enter(call);
        return Task.CompletedTask;
    }

    private void Enter(int call) => Interlocked.Increment(ref _entered[call]);
}
