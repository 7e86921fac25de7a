using Microsoft.CodeAnalysis;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests.Discovery;

/// <summary>A contract is found however its attribute is spelled, and nothing else is taken for one.</summary>
public sealed class SpellingTests
{
    private const string Body = "interface IFib { System.Threading.Tasks.Task<long> Fib(int n); }";

    public static TheoryData<string> Spellings =>
    [
        "using Rpc; [RpcService] public " + Body,
        "using Rpc; [RpcServiceAttribute] public " + Body,
        "using Rpc; [@RpcServiceAttribute] public " + Body,
        "using Rpc; [Rpc\\u0053ervice] public " + Body,
        "using Rpc; [type: RpcService()] public " + Body,
        "using Rpc; [System.Diagnostics.CodeAnalysis.SuppressMessage(\"a\", \"b\"), RpcService] public " + Body,
        "using Rpc; [System.Diagnostics.CodeAnalysis.SuppressMessage(\"a\", \"b\")] [RpcService] public " + Body,
        "[Rpc.RpcService] public " + Body,
        "[Rpc.RpcServiceAttribute] public " + Body,
        "[global::Rpc.RpcService] public " + Body,
        "[global::Rpc.RpcServiceAttribute(\"Fib\")] public " + Body,
        "namespace Rpc.Samples { [RpcService] public " + Body + " }",
        "using R = Rpc; [R.RpcService] public " + Body,
        "using R = Rpc; [R::RpcService] public " + Body,
        "extern alias Other; [Other::Rpc.RpcService] public " + Body,
        "extern alias Other; using S = Other::Rpc.RpcServiceAttribute; [S] public " + Body,
        "using S = Rpc.RpcServiceAttribute; [S] public " + Body,
        "using S = global::Rpc.RpcServiceAttribute; [S(Queue = \"fib\")] public " + Body,
        "using SAttribute = Rpc.RpcServiceAttribute; [S] public " + Body,
        "using SAttribute = Rpc.RpcServiceAttribute; [SAttribute] public " + Body,
        "namespace A { using S = Rpc.RpcServiceAttribute; namespace B { [S] public " + Body + " } }",
        "using R = Rpc; namespace A { using S = R.RpcServiceAttribute; namespace B { using T = S; [T] public " + Body + " } }",
        "namespace A; using Rpc; [RpcService] public " + Body,
        "#if !NEVER\nusing Rpc;\n[RpcService]\n#endif\npublic " + Body,
        "using Rpc; public class Outer { [RpcService] public " + Body + " }",
        "using Rpc; public record struct Outer { public interface IInner { [RpcService] public " + Body + " } }",
        "using Rpc; public partial interface IOuter { [RpcService] internal " + Body + " }",
        "Run(); static void Run() { } [Rpc.RpcService] public " + Body,
    ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Contract_is_found(string source) => Assert.Single(Generate(source).AssertClean().Files);

    public static TheoryData<string, string> SpellingsOfTwoFiles => new()
    {
        { "global using Rpc;", "[RpcService] public " + Body },
        { "global using S = Rpc.RpcServiceAttribute;", "[S] public " + Body },
        { "global using SAttribute = Rpc.RpcServiceAttribute;", "[S] public " + Body },
        { "global using R = Rpc;", "[R::RpcServiceAttribute] public " + Body },
        { "global using R = Rpc;", "namespace A { using S = R.RpcServiceAttribute; [S] public " + Body + " }" },
        { "global using S = Rpc.RpcServiceAttribute;", "namespace A { using T = S; [T] public " + Body + " }" },
        { "using Rpc; [RpcService] public partial interface IFib;", "public partial " + Body },
        { "public partial " + Body, "using Rpc; [RpcService] public partial interface IFib;" },
        { "[System.CLSCompliant(false)] public partial " + Body, "[Rpc.RpcService] public partial interface IFib;" },
    };

    [Theory]
    [MemberData(nameof(SpellingsOfTwoFiles))]
    public void Contract_is_found_with_what_another_file_says(string first, string second)
    {
        Assert.Single(Generate(first, second).AssertClean().Files);
        Assert.Single(Generate(second, first).AssertClean().Files);
    }

    public static TheoryData<string> Others =>
    [
        "public " + Body,
        "[RpcService] public " + Body,
        "using RpcService = System.CLSCompliantAttribute; [RpcService(false)] public " + Body,
        "using S = System.CLSCompliantAttribute; [S(false)] public " + Body,
        "[Mine.RpcService] public " + Body + " namespace Mine { public class RpcServiceAttribute : System.Attribute; }",
        "using Rpc; [RpcService] public class Fib;",
        "using Rpc; [RpcServices] public " + Body,
        "using Rpc; public interface IFib { [RpcService] System.Threading.Tasks.Task Fib(); }",
        "using Rpc; // [RpcService]\npublic " + Body,
        "using Rpc;\n#if NEVER\n[RpcService]\n#endif\npublic " + Body,
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void Nothing_else_is_taken_for_one(string source) => Assert.Empty(Generate(source).Files);

    /// <summary>The compiler refuses it; two files of one name would be an error of their own, which says nothing.</summary>
    [Fact]
    public void Attribute_on_two_parts_gives_one_file()
    {
        var run = Generate("[Rpc.RpcService] public partial " + Body, "[Rpc.RpcService(\"b\")] public partial interface IFib;");

        Assert.Single(run.Files);
        Assert.Null(run.Result.Exception);
        Assert.Contains(run.Output.GetDiagnostics(), static diagnostic => diagnostic.Id == "CS0579");
    }

    [Fact]
    public void Contracts_of_one_file_are_all_found()
    {
        var run = Generate("using Rpc; namespace A { [RpcService] public " + Body + " } namespace B { [RpcService] public " + Body + " class C { [RpcService] internal " + Body + " } }");

        Assert.Equal(["A.IFib.g.cs", "B.C.IFib.g.cs", "B.IFib.g.cs"], run.AssertClean().Files.Select(static file => file.HintName).Order(StringComparer.Ordinal));
    }

    /// <summary>Our own assembly has a second name, for <c>extern alias</c>.</summary>
    private static GeneratorRun Generate(params string[] sources)
    {
        var input = ContractCompiler.Compile(sources);
        if (sources.Any(static source => source.StartsWith("Run();", StringComparison.Ordinal)))
        {
            input = input.WithOptions(input.Options.WithOutputKind(OutputKind.ConsoleApplication));
        }

        var ours = input.References.Single(static reference => reference.Display == typeof(RpcServiceAttribute).Assembly.Location);
        return ContractCompiler.Generate(input.ReplaceReference(ours, ours.WithAliases(["global", "Other"])));
    }
}
