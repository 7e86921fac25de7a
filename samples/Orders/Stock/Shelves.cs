namespace Samples.Orders;

/// <summary>What the stock has, in place of a database. Thread-safe.</summary>
internal sealed class Shelves
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Left, decimal Price)> _articles = new()
    {
        ["lamp"] = (100, 39.90m),
        ["chair"] = (4, 120m),
        ["desk"] = (2, 310m),
    };

    private readonly Dictionary<string, decimal> _reserved = [];
    private readonly HashSet<string> _shipped = [];

    public int? Left(string article)
    {
        lock (_lock)
            return _articles.TryGetValue(article, out var found) ? found.Left : null;
    }

    /// <summary>Takes everything that the order needs, or nothing and says what is short. An order is only taken for once.</summary>
    public decimal Reserve(string order, IReadOnlyList<OrderLine> lines, out IReadOnlyList<ShortLine> missing)
    {
        missing = [];
        lock (_lock)
        {
            if (_reserved.TryGetValue(order, out var total))
                return total;

            var wanted = lines.GroupBy(static line => line.Article)
                .Select(static group => (Article: group.Key, Quantity: group.Sum(static line => line.Quantity))).ToArray();
            missing = [.. wanted.Where(line => _articles[line.Article].Left < line.Quantity)
                .Select(line => new ShortLine(line.Article, line.Quantity, _articles[line.Article].Left))];
            if (missing.Count > 0)
                return 0;

            foreach (var (article, quantity) in wanted)
            {
                var (left, price) = _articles[article];
                _articles[article] = (left - quantity, price);
                total += price * quantity;
            }

            _reserved[order] = total;
            return total;
        }
    }

    public void Ship(string order)
    {
        lock (_lock)
            _shipped.Add(order);
    }

    public bool IsShipped(string order)
    {
        lock (_lock)
            return _shipped.Contains(order);
    }
}
