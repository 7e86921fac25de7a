namespace Rpc.Integration.Tests.Security.Permissions;

/// <summary>The service of docs/operations.md: its request queue is <c>rpc.orders</c>.</summary>
[RpcService("orders")]
public interface IOrders
{
    Task<int> Count(CancellationToken cancellationToken = default);

    [RpcMethod(OneWay = true)]
    Task Forget(int number);
}
