using Rpc;

namespace Samples.Orders;

/// <summary>The shop's orders. Served by the process <c>orders</c>, called by <c>front</c>.</summary>
[RpcService("shop.orders")]
public interface IOrders
{
    /// <summary>Places an order. The caller chooses the id, so placing it again changes nothing, and a retry is safe.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="customer">Who orders.</param>
    /// <param name="lines">What; at least one.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The order, with its price.</returns>
    /// <exception cref="RpcException">
    /// InvalidArgument: there are no lines, a quantity is not positive, or an article is not known.
    /// FailedPrecondition: the stock does not have enough; the detail is a <see cref="Shortage"/>.
    /// AlreadyExists: the id is that of another order.
    /// </exception>
    [RpcMethod(Idempotent = true)]
    Task<Order> Place(string id, string customer, IReadOnlyList<OrderLine> lines, CancellationToken cancellationToken = default);

    /// <summary>Finds an order.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The order, and whether it has left the stock.</returns>
    /// <exception cref="RpcException">NotFound: there is none.</exception>
    [RpcMethod(Idempotent = true, TimeoutMs = 5_000)]
    Task<Order> Find(string id, CancellationToken cancellationToken = default);

    /// <summary>Has everything that was sold counted in the stock. Takes a second: for trying out deadlines and cancellation.</summary>
    /// <param name="cancellationToken">Gives the call up, and all counting with it.</param>
    /// <returns>How many pieces are left of each article.</returns>
    [RpcMethod(Idempotent = true)]
    Task<IReadOnlyDictionary<string, int>> Inventory(CancellationToken cancellationToken = default);

    /// <summary>How the inventories went.</summary>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The numbers since the process started.</returns>
    [RpcMethod(Idempotent = true)]
    Task<InventoryCounts> Inventories(CancellationToken cancellationToken = default);
}
