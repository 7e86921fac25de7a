namespace Rpc;

/// <summary>
/// Options of single calls, given with the generated <c>With</c>: <c>await fib.With(new RpcCallOptions { Timeout = … }).Fib(30)</c>.
/// Immutable and safe to share; what is not set is left to the method and the client.
/// </summary>
public sealed record RpcCallOptions
{
    /// <summary>The longest the call may take, from entering the method to its reply: positive, at most 24 days.</summary>
    /// <value>
    /// The default, <see langword="null"/>, leaves it to the method's attribute and the client's option. The smallest of all that apply counts,
    /// so this shortens and never lengthens.
    /// </value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the call waits for a connection, inside its deadline, while there is none.</summary>
    /// <value>
    /// The default, <see langword="null"/>, leaves it to the client's option, whose default is <see langword="true"/>. With <see langword="false"/>
    /// such a call ends as Unavailable/NotConnected, once <see cref="Retry"/> has given up.
    /// </value>
    public bool? WaitForReady { get; init; }

    /// <summary>Whether and how the call is made again when it fails.</summary>
    /// <value>The default, <see langword="null"/>, leaves it to the client's option.</value>
    public RpcRetryOptions? Retry { get; init; }

    /// <summary>Headers of the requests. Copied when the options are given to <c>With</c>; later changes have no effect.</summary>
    /// <value>The default, <see langword="null"/>, adds none. Of a name that the proxy has already, this value counts.</value>
    public RpcHeaders? Headers { get; init; }
}
