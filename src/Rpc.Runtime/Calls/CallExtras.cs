namespace Rpc.Calls;

/// <summary>What only some calls have, so that the others need no room for it.</summary>
internal sealed class CallExtras
{
    /// <summary>The request's headers, if it has any.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Who wants the reply's headers, if anybody does.</summary>
    public IReplyHeadersReceiver? ReplyHeaders { get; init; }

    /// <summary>The caller's token.</summary>
    public CancellationToken CallersToken { get; init; }

    /// <summary>The token of the call that the caller serves; none outside of handlers.</summary>
    public CancellationToken ServedCallsToken { get; init; }

    /// <summary>The latest sign of life of the server that runs the call; <see langword="null"/> before there was one.</summary>
    public ServerSign? Server
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>The registrations on the two tokens.</summary>
    internal TokenRegistration Callers, Served;

    /// <summary>Makes them, if a call has any.</summary>
    /// <returns><see langword="null"/> if it has none.</returns>
    public static CallExtras? Of(
        IReadOnlyDictionary<string, string>? headers, IReplyHeadersReceiver? replyHeaders, CancellationToken callersToken, CancellationToken servedCallsToken) =>
        headers is null && replyHeaders is null && !callersToken.CanBeCanceled && !servedCallsToken.CanBeCanceled
            ? null
            : new CallExtras { Headers = headers, ReplyHeaders = replyHeaders, CallersToken = callersToken, ServedCallsToken = servedCallsToken };
}
