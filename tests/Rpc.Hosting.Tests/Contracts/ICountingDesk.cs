namespace Rpc.Hosting.Tests.Contracts;

/// <summary>A contract whose base is one too.</summary>
[RpcService]
public interface ICountingDesk : IDesk
{
    Task<int> Count();
}
