namespace Rpc;

/// <summary>Options of an <see cref="RpcClient"/>. Set before connecting; later changes have no effect.</summary>
public sealed class RpcClientOptions : RpcOptions
{
    /// <summary>The longest a call may take, from entering the proxy's method to its reply: positive, at most 24 days.</summary>
    /// <value>The default is 30 s. A method's or a call's own timeout can only shorten it.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether calls wait for a connection, inside their deadlines, while there is none.</summary>
    /// <value>The default is <see langword="true"/>. With <see langword="false"/> such calls fail at once as Unavailable/NotConnected.</value>
    public bool WaitForReady { get; set; } = true;

    /// <summary>Whether and how calls are made again when they fail.</summary>
    /// <value>The default is <see cref="RpcRetryOptions.Default"/>; <see cref="RpcRetryOptions.None"/> turns it off.</value>
    public RpcRetryOptions Retry { get; set; } = RpcRetryOptions.Default;

    /// <summary>Where replies come to.</summary>
    /// <value>The default is <see cref="RpcReplyMode.Exclusive"/>.</value>
    public RpcReplyMode ReplyMode { get; set; }

    /// <summary>How long the reply queue of <see cref="RpcReplyMode.Durable"/> outlives a lost connection, a second to a day. No other mode uses it.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan ReplyQueueExpiry { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether calls to one queue that wait together travel together, in one message, once its servers have shown that they understand it. A lone call waits
    /// for nothing either way.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Batching { get; set; } = true;

    /// <summary>How many calls may be under way at once, 1 to 10,000,000. One more fails at once as ResourceExhausted/TooManyInFlight.</summary>
    /// <value>The default is 100,000.</value>
    public int MaxInFlight { get; set; } = 100_000;

    /// <summary>Code around every call, the outermost first.</summary>
    /// <value>Empty by default.</value>
    public IList<IRpcClientFilter> Filters { get; private set; } = [];

    /// <summary>
    /// The names of headers that calls made by a handler take over from the call that it serves, such as a tenant. Nothing else is taken over but the
    /// deadline, the cancellation and the trace.
    /// </summary>
    /// <value>Empty by default.</value>
    public IList<string> PassedOnHeaders { get; private set; } = [];

    /// <summary>
    /// Whether requests carry the user that this client has logged in as, which the broker checks: servers see it as
    /// <see cref="RpcCallContext.UserId"/>. Needs a user in the connection string that is the one the broker knows.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool SendUserId { get; set; }

    /// <summary>Checks the options and makes a copy of them.</summary>
    /// <exception cref="ArgumentException">An option is not valid; the message names it.</exception>
    internal RpcClientOptions ValidatedCopy()
    {
        Validate();
        var copy = (RpcClientOptions)Copy();
        copy.Filters = [.. Filters];
        copy.PassedOnHeaders = [.. PassedOnHeaders];
        return copy;
    }

    /// <summary>Makes a copy with what can change while a client lives.</summary>
    /// <param name="changed">Has the new values.</param>
    internal RpcClientOptions Reloaded(RpcClientOptions changed)
    {
        var copy = (RpcClientOptions)Copy();
        copy.Timeout = changed.Timeout;
        copy.WaitForReady = changed.WaitForReady;
        copy.MaxInFlight = changed.MaxInFlight;
        return copy;
    }

    /// <inheritdoc/>
    private protected override void Validate()
    {
        base.Validate();
        RequireTime(Timeout, TimeSpan.FromDays(24), nameof(Timeout));
        ArgumentNullException.ThrowIfNull(Retry);
        Retry.Validate();
        if (!Enum.IsDefined(ReplyMode))
        {
            throw new ArgumentOutOfRangeException(nameof(ReplyMode), ReplyMode, $"{nameof(ReplyMode)} must be {string.Join(", ", Enum.GetNames<RpcReplyMode>())}.");
        }

        if (ReplyQueueExpiry < TimeSpan.FromSeconds(1) || ReplyQueueExpiry > TimeSpan.FromDays(1))
        {
            throw new ArgumentOutOfRangeException(nameof(ReplyQueueExpiry), ReplyQueueExpiry, $"{nameof(ReplyQueueExpiry)} must be a second to a day.");
        }

        if (MaxInFlight is < 1 or > 10_000_000)
        {
            throw new ArgumentOutOfRangeException(nameof(MaxInFlight), MaxInFlight, $"{nameof(MaxInFlight)} must be 1 to 10,000,000.");
        }

        RequireFilters(Filters, nameof(Filters));
        foreach (var name in PassedOnHeaders)
        {
            RpcHeaders.Validate(name);
        }
    }
}
