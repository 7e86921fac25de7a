namespace Rpc.TestKit.Contracts;

/// <summary>A class with properties that can be set, and no constructor of its own.</summary>
public sealed class Basket
{
    public string? Owner { get; set; }

    public IList<Order> Orders { get; init; } = [];

    public IDictionary<Color, int> Colors { get; init; } = new Dictionary<Color, int>();
}
