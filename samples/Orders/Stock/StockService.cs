using Rpc;

namespace Samples.Orders;

/// <summary>Serves <see cref="IStock"/>: one instance for each call.</summary>
internal sealed partial class StockService(Shelves shelves, ILogger<StockService> log) : IStock
{
    private static readonly TimeSpan s_countingTakes = TimeSpan.FromSeconds(1);

    public Task<decimal> Reserve(string order, IReadOnlyList<OrderLine> lines, CancellationToken cancellationToken)
    {
        foreach (var line in lines)
            LeftOf(line.Article);

        var total = shelves.Reserve(order, lines, out var missing);
        return missing.Count == 0
            ? Task.FromResult(total)
            : throw new RpcException(RpcStatus.FailedPrecondition, $"There is not enough of: {string.Join(", ", missing.Select(static line => line.Article))}.", new Shortage(missing));
    }

    public Task Ship(string order, CancellationToken cancellationToken)
    {
        shelves.Ship(order);
        Shipped(order);
        return Task.CompletedTask;
    }

    public Task<bool> IsShipped(string order, CancellationToken cancellationToken) => Task.FromResult(shelves.IsShipped(order));

    public async Task<int> Count(string article, CancellationToken cancellationToken)
    {
        var left = LeftOf(article);
        try
        {
            await Task.Delay(s_countingTakes, cancellationToken);
            return left;
        }
        catch (OperationCanceledException)
        {
            CountingGivenUp(article);
            throw;
        }
    }

    private int LeftOf(string article) => shelves.Left(article) ?? throw new RpcException(RpcStatus.NotFound, $"There is no article '{article}'.");

    [LoggerMessage(1, LogLevel.Information, "{Order} has left the stock")]
    private partial void Shipped(string order);

    [LoggerMessage(2, LogLevel.Information, "Counting of {Article} was given up")]
    private partial void CountingGivenUp(string article);
}
