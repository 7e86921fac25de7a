namespace Rpc.TestKit.Contracts;

/// <summary>A contract with one-way methods.</summary>
[RpcService]
public interface IJournal
{
    [RpcMethod(OneWay = true)]
    Task Write(string line);

    [RpcMethod(OneWay = true, Idempotent = true)]
    ValueTask Overwrite(string line, CancellationToken cancellationToken = default);

    Task<int> Count();
}
