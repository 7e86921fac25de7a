namespace Rpc.Generator.Tests.Contracts;

/// <summary>No contract itself: its methods belong to the contracts that derive from it.</summary>
internal interface ICounted
{
    Task<int> Count(params string[] codes);
}
