namespace Rpc;

/// <summary>Tunes one method of a contract. A method without it is a call like any other, with the defaults below.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RpcMethodAttribute : Attribute
{
    /// <summary>Tunes a method that keeps its C# name on the wire.</summary>
    public RpcMethodAttribute()
    {
    }

    /// <summary>Gives a method an explicit name on the wire, which overloads need.</summary>
    /// <param name="name">The method's wire name, unique in its contract, without <c>/</c>.</param>
    public RpcMethodAttribute(string name) => Name = name;

    /// <summary>The method's name on the wire.</summary>
    /// <value>The default, <see langword="null"/>, stands for the C# name.</value>
    public string? Name { get; }

    /// <summary>The longest a call of this method may take, in milliseconds, from entering the method to its reply.</summary>
    /// <value>The default, 0, leaves it to the client's own timeout. The smaller of all that apply counts.</value>
    public int TimeoutMs { get; set; }

    /// <summary>Whether running a call twice is as good as running it once, so that a call that may have run may be sent again.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Idempotent { get; set; }

    /// <summary>
    /// Whether the call ends when the broker has the message, without waiting for the service: for methods that return <see cref="Task"/> or
    /// <see cref="ValueTask"/>. The message is kept on disk and confirmed; it is lost if no server comes before the queue expires.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool OneWay { get; set; }

    /// <summary>
    /// Whether a server acknowledges a request just before it runs it, instead of after its reply. The request is then never delivered twice, and is
    /// lost with the server that runs it: the caller learns it by its deadline, or as Unavailable/ServerLost. For methods that run longer than the
    /// broker's <c>consumer_timeout</c> (30 minutes unless configured), and one-way methods that must not run twice.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AckBeforeRun { get; set; }
}
