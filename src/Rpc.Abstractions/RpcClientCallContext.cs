namespace Rpc;

/// <summary>What a client filter can know and change of the call that is made. Used by one call.</summary>
public abstract class RpcClientCallContext
{
    /// <summary>The method that is called.</summary>
    public abstract RpcMethod Method { get; }

    /// <summary>The request queue.</summary>
    public abstract string Queue { get; }

    /// <summary>
    /// The arguments as they will be sent; empty where they could not be encoded. Valid until the filter returns: what is kept of them is copied.
    /// </summary>
    public abstract ReadOnlyMemory<byte> EncodedArguments { get; }

    /// <summary>The headers that the request will have. A filter may change them before it calls <c>next</c>.</summary>
    public abstract RpcHeaders Headers { get; }

    /// <summary>The headers that came with the latest reply, also of a call that failed where its server said so; empty before there is one.</summary>
    public abstract IReadOnlyDictionary<string, string> ReplyHeaders { get; }

    /// <summary>
    /// Fires when the call is over for its caller: cancelled, out of time, or the client disposed. Waiting in a filter is to end with it; the caller does not
    /// wait for a filter that goes on.
    /// </summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>What is left until the call's deadline. Time that a filter takes counts.</summary>
    public abstract TimeSpan TimeLeft { get; }

    /// <summary>
    /// What the caller gets: set when <c>next</c> has returned, or by a filter that answers the call itself. <see langword="null"/> where the method
    /// returns nothing.
    /// </summary>
    /// <exception cref="InvalidCastException">Setting: the value is not of the method's result type.</exception>
    public abstract object? Result { get; set; }
}
