namespace Samples.Orders;

/// <summary>The body of <c>PUT /orders/{id}</c>.</summary>
/// <param name="Customer">Who orders.</param>
/// <param name="Lines">What.</param>
internal sealed record PlaceOrder(string Customer, IReadOnlyList<OrderLine> Lines);
