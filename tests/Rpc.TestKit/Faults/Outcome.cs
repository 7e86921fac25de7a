namespace Rpc.TestKit.Faults;

/// <summary>How a call ended: one row of the table of outcomes.</summary>
/// <param name="Status">The status; <see langword="null"/> for a result.</param>
/// <param name="Reason">The reason.</param>
/// <param name="MayHaveRun">Whether the caller was told that it may have run.</param>
public readonly record struct Outcome(RpcStatus? Status, RpcReason Reason, bool MayHaveRun)
{
    /// <summary>A result came.</summary>
    public static Outcome Success { get; } = new(null, RpcReason.None, true);

    /// <summary>The connection was lost after the request was sent.</summary>
    public static Outcome ConnectionLost { get; } = new(RpcStatus.Unavailable, RpcReason.ConnectionLost, true);

    /// <summary>Delivered again after a server was lost.</summary>
    public static Outcome Redelivered { get; } = new(RpcStatus.Aborted, RpcReason.Redelivered, true);

    /// <summary>The deadline passed without a reply.</summary>
    public static Outcome NoReply { get; } = new(RpcStatus.DeadlineExceeded, RpcReason.NoReply, true);

    /// <summary>The deadline passed before the request was sent.</summary>
    public static Outcome NotSent { get; } = new(RpcStatus.DeadlineExceeded, RpcReason.NotSent, false);

    /// <summary>The server that ran it went silent.</summary>
    public static Outcome ServerLost { get; } = new(RpcStatus.Unavailable, RpcReason.ServerLost, true);

    /// <summary>No queue of that name.</summary>
    public static Outcome NoServer { get; } = new(RpcStatus.Unavailable, RpcReason.NoServer, false);

    /// <summary>Waits for one call's end.</summary>
    /// <exception cref="TimeoutException">It has not ended in time.</exception>
    public static async Task<Outcome> OfAsync(Task call, TimeSpan within)
    {
        try
        {
            await call.WaitAsync(within);
            return Success;
        }
        catch (RpcException failure)
        {
            return new Outcome(failure.Status, failure.Reason, failure.MayHaveRun);
        }
    }

    /// <summary>Waits for the ends of many calls.</summary>
    /// <returns>How many ended how.</returns>
    public static async Task<IReadOnlyDictionary<Outcome, int>> CountAsync(IEnumerable<Task> calls, TimeSpan within)
    {
        var outcomes = await Task.WhenAll(calls.Select(call => OfAsync(call, within)));
        return outcomes.CountBy(static outcome => outcome).ToDictionary();
    }

    /// <inheritdoc/>
    public override string ToString() => Status is null ? "a result" : $"{Status}/{Reason}, {(MayHaveRun ? "may have run" : "did not run")}";
}
