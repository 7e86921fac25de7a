using Rpc;

namespace Samples.Orders;

/// <summary>The shop's stock. Served by the process <c>stock</c>, called by <c>orders</c>.</summary>
[RpcService("shop.stock")]
public interface IStock
{
    /// <summary>Sets the articles of an order aside: all of them, or none. Doing it again for the same order changes nothing.</summary>
    /// <param name="order">The order's id.</param>
    /// <param name="lines">What is to be set aside.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>What it costs.</returns>
    /// <exception cref="RpcException">
    /// NotFound: an article is not known. FailedPrecondition: there is not enough; the detail is a <see cref="Shortage"/>.
    /// </exception>
    [RpcMethod(Idempotent = true)]
    Task<decimal> Reserve(string order, IReadOnlyList<OrderLine> lines, CancellationToken cancellationToken = default);

    /// <summary>Sends an order off. A notification: it ends when the broker has it on disk, and nobody waits for the stock.</summary>
    /// <param name="order">The order's id.</param>
    /// <param name="cancellationToken">Gives the hand-over up.</param>
    /// <returns>Completes when the broker has the message.</returns>
    [RpcMethod(OneWay = true, Idempotent = true)]
    Task Ship(string order, CancellationToken cancellationToken = default);

    /// <summary>Whether an order was sent off.</summary>
    /// <param name="order">The order's id.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>Whether it was.</returns>
    [RpcMethod(Idempotent = true)]
    Task<bool> IsShipped(string order, CancellationToken cancellationToken = default);

    /// <summary>Counts the pieces of an article, by hand: it takes a second.</summary>
    /// <param name="article">The article.</param>
    /// <param name="cancellationToken">Gives the counting up.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="RpcException">NotFound: the article is not known.</exception>
    [RpcMethod(Idempotent = true)]
    Task<int> Count(string article, CancellationToken cancellationToken = default);
}
