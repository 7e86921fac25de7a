namespace Rpc.Bench.Contract;

/// <summary>One thing in a parcel.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Text">What it is.</param>
/// <param name="Count">How many.</param>
/// <param name="Price">What one costs.</param>
public sealed record Item(string Id, string Text, int Count, double Price);
