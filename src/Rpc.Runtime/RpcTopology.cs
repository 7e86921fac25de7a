namespace Rpc;

/// <summary>What a server does about its request queue when it starts, and whenever it connects again.</summary>
public enum RpcTopology
{
    /// <summary>
    /// Declares it; an existing queue with other arguments is an error that names the difference. This is the default for
    /// <see cref="RpcWire.Standard"/>. On <see cref="RpcWire.Bare"/> the queue is declared durable and without arguments.
    /// </summary>
    Declare,

    /// <summary>Takes the existing queue as it is; one that does not exist is an error. Needs no permission to configure.</summary>
    Passive,

    /// <summary>Takes the existing queue as it is without asking; consuming a queue that does not exist is the error.</summary>
    None,

    /// <summary>
    /// Takes an existing queue as it is, and declares it where it does not exist. This is the default for <see cref="RpcWire.Bare"/>, whose queues
    /// are shared with foreign programs.
    /// </summary>
    DeclareIfMissing,
}
