namespace Rpc.TestKit.Contracts;

/// <summary>An enum with negative values.</summary>
public enum Offset : short
{
    None,
    Least = short.MinValue,
    Most = short.MaxValue,
}
