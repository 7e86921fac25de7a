namespace Rpc.Runtime.Tests.Serialization;

/// <summary>A contract of one well-known type and one type of its own.</summary>
[RpcService]
public interface ISample
{
    Task<int> Count(int itemCount);

    Task Store(Item item);
}
