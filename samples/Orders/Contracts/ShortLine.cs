namespace Samples.Orders;

/// <summary>An article of which there are too few.</summary>
/// <param name="Article">Which.</param>
/// <param name="Wanted">How many the order wants.</param>
/// <param name="Left">How many there are.</param>
public sealed record ShortLine(string Article, int Wanted, int Left);
