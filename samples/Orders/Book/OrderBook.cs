using System.Collections.Concurrent;

namespace Samples.Orders;

/// <summary>The orders, in place of a database, and what is known of inventories. Thread-safe.</summary>
internal sealed class OrderBook
{
    private readonly ConcurrentDictionary<string, Order> _orders = new(StringComparer.Ordinal);
    private int _running;
    private int _finished;
    private int _givenUp;

    public InventoryCounts Inventories => new(Volatile.Read(ref _running), Volatile.Read(ref _finished), Volatile.Read(ref _givenUp));

    public IReadOnlyList<string> SoldArticles => [.. _orders.Values.SelectMany(static order => order.Lines).Select(static line => line.Article).Distinct()];

    public Order? Find(string id) => _orders.GetValueOrDefault(id);

    /// <summary>Adds an order, or returns the one that has its id already.</summary>
    public Order GetOrAdd(Order order) => _orders.GetOrAdd(order.Id, order);

    public void InventoryBegins() => Interlocked.Increment(ref _running);

    public void InventoryEnds(bool finished)
    {
        Interlocked.Increment(ref finished ? ref _finished : ref _givenUp);
        Interlocked.Decrement(ref _running);
    }
}
