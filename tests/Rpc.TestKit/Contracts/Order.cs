namespace Rpc.TestKit.Contracts;

/// <summary>A record with a record inside.</summary>
public sealed record Order(int Number, string Customer, decimal Total, Point? Target)
{
    public DateOnly Day { get; init; }
}
