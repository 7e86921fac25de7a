namespace Rpc.Runtime.Tests.Testing;

[RpcService(Queue = "tested_bare", Wire = RpcWire.Bare)]
public interface ITestedBare
{
    Task<int> Next(int n);
}
