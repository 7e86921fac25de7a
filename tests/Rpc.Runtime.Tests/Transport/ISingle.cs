namespace Rpc.Runtime.Tests.Transport;

/// <summary>A contract that can be called Bare.</summary>
[RpcService]
public interface ISingle
{
    Task<long> Square(int n);
}
