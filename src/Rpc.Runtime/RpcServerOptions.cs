namespace Rpc;

/// <summary>Options of an <see cref="RpcServer"/>. Set before starting; later changes have no effect.</summary>
public sealed class RpcServerOptions : RpcOptions
{
    /// <summary>How long a stopping server lets running calls finish: positive, at most one hour. Then their tokens fire.</summary>
    /// <value>The default is 30 s.</value>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether a caller is told the text and stack of a handler's unexpected exception. For development: such texts may hold secrets.
    /// </summary>
    /// <value>The default is <see langword="false"/>: the caller gets an id that the server's log has too.</value>
    public bool IncludeExceptionDetails { get; set; }

    /// <summary>
    /// Where replies may be sent to, besides our own clients' reply queues: names of queues, in which <c>*</c> stands for any text. A caller can name any
    /// queue of the virtual host as its reply address, and the server would write to it in its own name.
    /// </summary>
    /// <value>Empty by default: anywhere but to names that belong to the broker. To allow our own clients only, add a name that nobody has.</value>
    public IList<string> AllowedReplyQueues { get; private set; } = [];

    /// <summary>
    /// Whether calls are refused, as Unauthenticated, whose callers do not send their user id, which the broker has checked
    /// (<see cref="RpcClientOptions.SendUserId"/>).
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RequireUserId { get; set; }

    /// <summary>Code around every call that is served, the outermost first.</summary>
    /// <value>Empty by default.</value>
    public IList<IRpcServerFilter> Filters { get; private set; } = [];

    /// <summary>Checks the options and makes a copy of them.</summary>
    /// <exception cref="ArgumentException">An option is not valid; the message names it.</exception>
    internal RpcServerOptions ValidatedCopy()
    {
        Validate();
        var copy = (RpcServerOptions)Copy();
        copy.Filters = [.. Filters];
        copy.AllowedReplyQueues = [.. AllowedReplyQueues];
        return copy;
    }

    /// <inheritdoc/>
    private protected override void Validate()
    {
        base.Validate();
        RequireTime(DrainTimeout, TimeSpan.FromHours(1), nameof(DrainTimeout));
        RequireFilters(Filters, nameof(Filters));
    }
}
