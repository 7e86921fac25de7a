namespace Rpc.Runtime.Tests.Testing;

[RpcService]
public interface ITestedWithoutOneWay
{
    Task<string> Ask();
}
