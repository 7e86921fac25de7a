namespace Rpc.TestKit.Contracts;

/// <summary>An enum of the largest width, whose values add up.</summary>
[Flags]
public enum Rights : ulong
{
    None,
    Read = 1,
    Write = 2,
    All = ulong.MaxValue,
}
