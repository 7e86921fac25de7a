namespace Rpc;

/// <summary>
/// Describes one method of a contract: its names on the wire and what its attribute says. The generator emits one per method as a static field of
/// the contract's <c>…Rpc</c> class. Immutable.
/// </summary>
public abstract class RpcMethod
{
    private protected RpcMethod(string service, string name)
    {
        Service = service;
        Name = name;
        Type = service + "/" + name;
        Queue = "rpc." + service;
    }

    /// <summary>The service's wire name.</summary>
    public string Service { get; }

    /// <summary>The method's wire name, unique in its service.</summary>
    public string Name { get; }

    /// <summary><see cref="Service"/>, a slash, <see cref="Name"/>: what the AMQP property <c>type</c> of a request says.</summary>
    public string Type { get; }

    /// <summary>The request queue, unless a route says otherwise.</summary>
    /// <value>The default is <c>rpc.</c> followed by the service's wire name.</value>
    public string Queue { get; init; }

    /// <summary>How the method's calls are written, unless a route says otherwise.</summary>
    /// <value>The default is <see cref="RpcWire.Standard"/>.</value>
    public RpcWire Wire { get; init; }

    /// <summary>The longest a call may take, where the attribute says so.</summary>
    /// <value>The default is <see langword="null"/>: no limit of the method's own.</value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether a call that may have run may be sent again.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Whether a call ends when the broker has the message.</summary>
    public bool OneWay { get; init; }

    /// <summary>Whether a server acknowledges a request before it runs it.</summary>
    public bool AckBeforeRun { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Type;
}
