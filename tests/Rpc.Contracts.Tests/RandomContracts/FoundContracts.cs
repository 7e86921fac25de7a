using Rpc.Contracts.Tests.RandomContracts.Grammar;

namespace Rpc.Contracts.Tests.RandomContracts;

/// <summary>The smallest contracts that once failed, kept so that they never do again.</summary>
internal static class FoundContracts
{
    private const string Task = "global::System.Threading.Tasks.Task";

    public static IReadOnlyDictionary<string, ContractFile> All { get; } = new Dictionary<string, ContractFile>
    {
        // "_ = call.ReadArguments(…)" meant the type, or the method, of that name.
        ["Contract named _"] = File("_", $"{Task} Swap();"),
        ["Method named _"] = File("IFib", $"{Task} _();"),

        // The dispatcher's methods are async, where await is a keyword.
        ["Method named await"] = File("IFib", $"{Task} @await();"),
        ["Parameter named await"] = File("IFib", $"{Task}<int> Add(int @await, int b);"),

        // Went as {} and came as zeros, without a word.
        ["Tuple inside a type of the user's own"] = File("IFib", $"{Task}<global::Payloads.Pair<string, (global::Payloads.Size n0, int? n1)>> Get();"),

        // The compiler takes both attributes into account where generated code passes the value on, or implements the method.
        ["Nullable value that is never null"] = File("IFib", $"{Task} Put([global::System.Diagnostics.CodeAnalysis.DisallowNull] int? item);"),
        ["Method with a mistake that takes null"] = File("IFib", $"void Put([global::System.Diagnostics.CodeAnalysis.AllowNull] string item);"),
    };

    private static ContractFile File(string name, params string[] members) => new(
        "", [new InterfaceSpec(name, FileGrammar.Service, "public", "", [], [.. members.Select(static text => new MemberSpec(text))], IsPartial: false)], "");
}
