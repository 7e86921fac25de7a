namespace Rpc.Runtime.Tests.Testing;

[RpcService]
public interface ITested
{
    Task<long> Twice(int n, CancellationToken cancellationToken = default);

    [RpcMethod(Idempotent = true)]
    Task<long> Look(int n);

    [RpcMethod(OneWay = true)]
    Task Tell(string text);
}
