using Rpc;

namespace Samples.Orders;

/// <summary>Serves <see cref="IOrders"/>, with calls of its own to the stock. They have no more time than the call that is being served, and end with it.</summary>
internal sealed partial class OrdersService(OrderBook book, IStock stock, ILogger<OrdersService> log) : IOrders
{
    public async Task<Order> Place(string id, string customer, IReadOnlyList<OrderLine> lines, CancellationToken cancellationToken)
    {
        if (lines.Count == 0 || lines.Any(static line => line.Quantity <= 0))
            throw new RpcException(RpcStatus.InvalidArgument, "An order has at least one line, and each line a positive quantity.");

        // Placed before: go on all the same, since nobody knows how far that attempt came. What it did is not done again.
        if (book.Find(id) is { } earlier)
            Same(earlier, customer, lines);

        decimal total;
        try
        {
            total = await stock.Reserve(id, lines, cancellationToken);
        }
        catch (RpcException refused) when (refused.Status == RpcStatus.NotFound)
        {
            // What the stock did not find, our caller got wrong. Without this, it would get Internal/Upstream.
            throw new RpcException(RpcStatus.InvalidArgument, refused.Message);
        }
        catch (RpcException refused) when (refused.Status == RpcStatus.FailedPrecondition)
        {
            throw new RpcException(RpcStatus.FailedPrecondition, refused.Message, refused.GetDetail<Shortage>());
        }

        var order = Same(book.GetOrAdd(new Order(id, customer, lines, total, Shipped: false)), customer, lines);
        await stock.Ship(id, cancellationToken);
        Placed(id, customer, total);
        return order;
    }

    public async Task<Order> Find(string id, CancellationToken cancellationToken)
    {
        var order = book.Find(id) ?? throw new RpcException(RpcStatus.NotFound, $"There is no order '{id}'.");
        return order with { Shipped = await stock.IsShipped(id, cancellationToken) };
    }

    public async Task<IReadOnlyDictionary<string, int>> Inventory(CancellationToken cancellationToken)
    {
        var finished = false;
        book.InventoryBegins();
        try
        {
            var articles = book.SoldArticles;
            var counts = await Task.WhenAll(articles.Select(article => stock.Count(article, cancellationToken)));
            finished = true;
            return articles.Zip(counts).ToDictionary(static pair => pair.First, static pair => pair.Second);
        }
        finally
        {
            book.InventoryEnds(finished);
            if (!finished)
                InventoryGivenUp();
        }
    }

    public Task<InventoryCounts> Inventories(CancellationToken cancellationToken) => Task.FromResult(book.Inventories);

    private static Order Same(Order kept, string customer, IReadOnlyList<OrderLine> lines) => kept.Customer == customer && kept.Lines.SequenceEqual(lines)
        ? kept
        : throw new RpcException(RpcStatus.AlreadyExists, $"'{kept.Id}' is another order.");

    [LoggerMessage(1, LogLevel.Information, "{Customer} ordered {Order} for {Total}")]
    private partial void Placed(string order, string customer, decimal total);

    [LoggerMessage(2, LogLevel.Information, "An inventory was given up")]
    private partial void InventoryGivenUp();
}
