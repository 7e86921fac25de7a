namespace Samples.Orders;

/// <summary>An order as its caller sees it.</summary>
/// <param name="Id">Chosen by the caller.</param>
/// <param name="Customer">Who ordered.</param>
/// <param name="Lines">What was ordered.</param>
/// <param name="Total">The price of all lines.</param>
/// <param name="Shipped">Whether it has left the stock.</param>
public sealed record Order(string Id, string Customer, IReadOnlyList<OrderLine> Lines, decimal Total, bool Shipped);
