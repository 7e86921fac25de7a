namespace Samples.Orders;

/// <summary>One line of an order.</summary>
/// <param name="Article">What.</param>
/// <param name="Quantity">How many; positive.</param>
public sealed record OrderLine(string Article, int Quantity);
