namespace Rpc.Integration.Tests.Interop;

/// <summary>What the RPC tutorials of RabbitMQ serve: a number in, a number out, and nothing else in the messages.</summary>
[RpcService(Queue = "rpc_queue", Wire = RpcWire.Bare)]
public interface ITutorialFib
{
    /// <summary>Computes the <paramref name="n"/>th Fibonacci number.</summary>
    Task<long> Fib(int n, CancellationToken cancellationToken = default);
}
