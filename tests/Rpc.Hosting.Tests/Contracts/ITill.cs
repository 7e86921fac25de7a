namespace Rpc.Hosting.Tests.Contracts;

[RpcService]
public interface ITill
{
    Task<int> Count();
}
