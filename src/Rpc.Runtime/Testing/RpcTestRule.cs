namespace Rpc.Testing;

/// <summary>One outcome that is injected into calls, from <see cref="RpcTestBroker.Inject{T}"/> until it is used up or disposed of. Thread-safe.</summary>
public sealed class RpcTestRule : IDisposable
{
    private readonly IReadOnlyList<RpcMethod> _methods;
    private readonly int _times;
    private int _hits;
    private bool _ended;

    internal RpcTestRule(IReadOnlyList<RpcMethod> methods, RpcTestOutcome outcome, int times)
    {
        _methods = methods;
        _times = times;
        Outcome = outcome;
    }

    /// <summary>What it injects.</summary>
    public RpcTestOutcome Outcome { get; }

    /// <summary>Into how many requests it was injected. Each attempt at a call is a request of its own.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Ends it: the requests that follow are as always. What it has begun goes on.</summary>
    public void Dispose() => Volatile.Write(ref _ended, true);

    /// <summary>Takes a request, if it is one that this rule is for. Called under the lock of the <see cref="TestTap"/>.</summary>
    /// <param name="type">The request's service and method; <see langword="null"/> on Bare.</param>
    /// <param name="queue">Its queue.</param>
    internal bool TryTake(string? type, string queue)
    {
        if (Volatile.Read(ref _ended) || _hits == _times || !_methods.Any(method => Fits(method, type, queue)))
        {
            return false;
        }

        _hits++;
        return true;
    }

    // A Bare request is told by its queue, which has one method.
    private static bool Fits(RpcMethod method, string? type, string queue) => type is null ? method.Queue == queue : method.Type == type;
}
