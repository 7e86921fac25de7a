namespace Rpc.TestKit.Contracts;

/// <summary>An enum of the smallest width.</summary>
public enum Level : byte
{
    None,
    Most = byte.MaxValue,
}
