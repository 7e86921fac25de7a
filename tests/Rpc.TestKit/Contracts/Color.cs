namespace Rpc.TestKit.Contracts;

/// <summary>An enum of the usual kind, with a gap.</summary>
public enum Color
{
    Red,
    Green = 7,
    Blue,
}
