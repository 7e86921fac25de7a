namespace Rpc.Calls;

/// <summary>What all calls of one method through one proxy have in common, so that each call need not carry it. Immutable.</summary>
internal sealed class CallTarget
{
    /// <summary>The table that the calls are in.</summary>
    public required PendingCalls Calls { get; init; }

    /// <summary>The method.</summary>
    public required RpcMethod Method { get; init; }

    /// <summary>The request queue.</summary>
    public required string Queue { get; init; }

    /// <summary>The client's clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where the calls wait to be sent.</summary>
    public required RequestSender Sender { get; init; }

    /// <summary>What the method costs, as servers of this queue have reported it.</summary>
    public MethodCost Cost => field ??= Sender.Policy.CostOf(Method);

    /// <summary>Writes the arguments and reads the results.</summary>
    public required IRpcSerializer Serializer { get; init; }

    /// <summary>The largest reply that is read, in bytes.</summary>
    public required int MaxReplySize { get; init; }

    /// <summary>Whether requests are written <see cref="RpcWire.Bare"/>, with nothing in them but the argument.</summary>
    public bool Bare { get; init; }

    /// <summary>Makes calls again that fail; <see langword="null"/> if failures are told at once.</summary>
    public ICallRetrier? Retrier { get; init; }

    /// <summary>Whether a call has a share of its arguments of its own, to be sent again.</summary>
    public bool KeepsArguments { get; init; }

    /// <summary>One call.</summary>
    /// <param name="started">When the proxy's method was entered, in the clock's timestamps.</param>
    public CallSite At(long started) => new(Method, Queue, Time, started);
}
