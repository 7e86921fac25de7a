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
    /// <value>The default is <see cref="RpcRetryOptions.None"/>: every failure is told at once.</value>
    public RpcRetryOptions Retry { get; set; } = RpcRetryOptions.None;

    /// <summary>Checks the options and makes a copy of them.</summary>
    /// <exception cref="ArgumentException">An option is not valid; the message names it.</exception>
    internal RpcClientOptions ValidatedCopy()
    {
        Validate();
        return (RpcClientOptions)Copy();
    }

    /// <inheritdoc/>
    private protected override void Validate()
    {
        base.Validate();
        RequireTime(Timeout, TimeSpan.FromDays(24), nameof(Timeout));
        ArgumentNullException.ThrowIfNull(Retry);
        Retry.Validate();
    }
}
