using Rpc.Contracts.Tests.RandomContracts.Grammar;

namespace Rpc.Contracts.Tests.RandomContracts;

/// <summary>The smallest contracts that once failed, kept so that they never do again.</summary>
internal static class FoundContracts
{
    public static IReadOnlyDictionary<string, ContractFile> All { get; } = new Dictionary<string, ContractFile>
    {
        ["Plain"] = Contract("global::System.Threading.Tasks.Task<int> Add(int a, int b);"),
    };

    private static ContractFile Contract(params string[] members) => new(
        "", [new InterfaceSpec("IFib", FileGrammar.Service, "public", "", [], [.. members.Select(static text => new MemberSpec(text))], IsPartial: false)], "");
}
