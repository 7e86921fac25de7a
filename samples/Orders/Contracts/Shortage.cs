namespace Samples.Orders;

/// <summary>The detail of a refusal: what the stock does not have.</summary>
/// <param name="Missing">The articles of which there are too few.</param>
public sealed record Shortage(IReadOnlyList<ShortLine> Missing);
