using Microsoft.CodeAnalysis.CodeFixes;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests.CodeFixes;

/// <summary>What each fix makes of the code, after which nothing is reported any more and everything compiles.</summary>
public sealed class CodeFixTests
{
    [Theory]
    [InlineData(DiagnosticIds.UnsupportedReturn, "int M();", "Task<int> M();")]
    [InlineData(DiagnosticIds.UnsupportedReturn, "string? M(int a); // last", "Task<string?> M(int a); // last")]
    [InlineData(DiagnosticIds.UnsupportedReturn, "/* why */ (int A, int B)[] M();", "/* why */\n    Task<(int A, int B)[]> M();")]
    [InlineData(DiagnosticIds.UnsupportedReturn, "[Obsolete] List<int?> /* so */ M();", "[Obsolete] Task<List<int?>> /* so */ M();")]
    [InlineData(DiagnosticIds.VoidReturn, "void M(int a);", "Task M(int a);")]
    [InlineData(DiagnosticIds.ByReferenceParameter, "Task M(ref int x);", "Task M(int x);")]
    [InlineData(DiagnosticIds.ByReferenceParameter, "Task M(int a, /* b */ ref readonly int b, out string c);", "Task M(int a, /* b */ int b, string c);")]
    [InlineData(DiagnosticIds.ByReferenceParameter, "Task M(in /* fast */ int x);", "Task M(/* fast */ int x);")]
    [InlineData(DiagnosticIds.TokenNotLast, "Task M(CancellationToken ct, int a, string b);", "Task M(int a, string b, CancellationToken ct);")]
    [InlineData(DiagnosticIds.TokenNotLast, "Task M(int a, CancellationToken ct = default, int b = 5);", "Task M(int a, int b = 5, CancellationToken ct = default);")]
    [InlineData(DiagnosticIds.TokenNotLast, "Task M(CancellationToken ct, int b = 5);", "Task M(int b = 5, CancellationToken ct = default);")]
    [InlineData(DiagnosticIds.TokenNotLast, "Task M(/* the token */ CancellationToken ct, /* b */ int b);", "Task M(/* b */ int b, /* the token */ CancellationToken ct);")]
    [InlineData(DiagnosticIds.TokenNotLast, "Task M(\n        CancellationToken ct,\n        int b);", "Task M(\n        int b,\n        CancellationToken ct);")]
    [InlineData(DiagnosticIds.TokenNotLast, "Task M(CancellationToken ct, int a, params int[] b);", "Task M(int a, CancellationToken ct, params int[] b);")]
    [InlineData(DiagnosticIds.NullableToken, "Task M(CancellationToken? ct);", "Task M(CancellationToken ct);")]
    [InlineData(DiagnosticIds.NullableToken, "Task M(int a, CancellationToken? ct = null);", "Task M(int a, CancellationToken ct = default);")]
    [InlineData(DiagnosticIds.NullableToken, "Task M(Nullable<CancellationToken> ct = default);", "Task M(CancellationToken ct = default);")]
    [InlineData(DiagnosticIds.SecondToken, "Task M(int a, CancellationToken b, CancellationToken c = default);", "Task M(int a, CancellationToken b);")]
    [InlineData(DiagnosticIds.SecondToken, "Task M(CancellationToken a, CancellationToken b, CancellationToken c);", "Task M(CancellationToken a);")]
    [InlineData(
        DiagnosticIds.UnnamedOverload,
        "Task M();\n    Task M(int id);\n    Task M(int id, string name);",
        "Task M();\n    [RpcMethod(\"MById\")]\n    Task M(int id);\n    [RpcMethod(\"MByIdAndName\")]\n    Task M(int id, string name);")]
    [InlineData(
        DiagnosticIds.UnnamedOverload,
        "Task M(int id);\n    Task M(string id);\n    Task M(List<int[]> id);",
        "Task M(int id);\n    [RpcMethod(\"MById\")]\n    Task M(string id);\n    [RpcMethod(\"MListInt32Array\")]\n    Task M(List<int[]> id);")]
    [InlineData(
        DiagnosticIds.UnnamedOverload,
        "Task M();\n    // by its id\n    [RpcMethod(TimeoutMs = 5)] Task M(int id);",
        "Task M();\n    // by its id\n    [RpcMethod(\"MById\", TimeoutMs = 5)] Task M(int id);")]
    [InlineData(
        DiagnosticIds.UnnamedOverload,
        "Task M();\n    Task MById();\n\n    /// <summary>By id.</summary>\n    Task M(int id);",
        "Task M();\n    Task MById();\n\n    /// <summary>By id.</summary>\n    [RpcMethod(\"MInt32\")]\n    Task M(int id);")]
    [InlineData(DiagnosticIds.Property, "int Count { get; }", "Task<int> GetCountAsync(CancellationToken cancellationToken = default);")]
    [InlineData(
        DiagnosticIds.Property,
        "/// <summary>How many.</summary>\n    int? Count { get; set; } // live",
        """
        /// <summary>How many.</summary>
            Task<int?> GetCountAsync(CancellationToken cancellationToken = default);

            /// <summary>How many.</summary>
            Task SetCountAsync(int? value, CancellationToken cancellationToken = default); // live
        """)]
    [InlineData(
        DiagnosticIds.Property,
        "string this[int index, string key] { set; }",
        "Task SetItemAsync(int index, string key, string value, CancellationToken cancellationToken = default);")]
    public async Task Member_is_mended(string id, string before, string after)
    {
        using var workspace = new FixWorkspace([Contract(before)]);

        await MendAsync(workspace, id);

        Assert.Equal(Contract(after), Assert.Single(await workspace.TextsAsync()));
    }

    [Theory]
    [InlineData("void M(string line);", "[RpcMethod(OneWay = true)]\n    Task M(string line);")]
    [InlineData("[RpcMethod(\"m\")] void M();", "[RpcMethod(\"m\", OneWay = true)] Task M();")]
    [InlineData("// as it comes\n    void M();", "// as it comes\n    [RpcMethod(OneWay = true)]\n    Task M();")]
    [InlineData("[Obsolete] void M();", "[RpcMethod(OneWay = true)]\n    [Obsolete] Task M();")]
    public async Task Void_method_becomes_one_way(string before, string after)
    {
        using var workspace = new FixWorkspace([Contract(before)]);

        await MendAsync(workspace, DiagnosticIds.VoidReturn, "Make it a one-way call, which ends when the broker has it");

        Assert.Equal(Contract(after), Assert.Single(await workspace.TextsAsync()));
    }

    [Theory]
    [InlineData("public class Outer { [RpcService] private interface IX { Task M(); } }", "public class Outer { [RpcService] internal interface IX { Task M(); } }")]
    [InlineData("public class Outer { [RpcService] interface IX { Task M(); } }", "public class Outer { [RpcService] internal interface IX { Task M(); } }")]
    [InlineData("public class Outer { /* a */ private protected /* b */ class Inner { [RpcService] public interface IX { Task M(); } } }", "public class Outer { /* a */ internal /* b */ class Inner { [RpcService] public interface IX { Task M(); } } }")]
    [InlineData("[RpcService] file interface IX { Task M(); }", "[RpcService] internal interface IX { Task M(); }")]
    [InlineData("public class Outer { // x\n    /// <summary>X.</summary>\n    [RpcService]\n    partial interface IX { Task M(); } private partial interface IX; }", "public class Outer { // x\n    /// <summary>X.</summary>\n    [RpcService]\n    internal partial interface IX { Task M(); } internal partial interface IX; }")]
    public async Task Contract_is_made_accessible(string before, string after)
    {
        using var workspace = new FixWorkspace([ContractCompiler.Usings + before]);

        await MendAsync(workspace, DiagnosticIds.InaccessibleContract);

        Assert.Equal(ContractCompiler.Usings + after, Assert.Single(await workspace.TextsAsync()));
    }

    [Theory]
    [InlineData("Span<int> M();")]
    [InlineData("Action M();")]
    [InlineData("ref int M();")]
    [InlineData("Task<Action> M();")]
    [InlineData("int Count { get; } Task GetCountAsync();")]
    [InlineData("Action Done { get; }")]
    public async Task What_a_fix_would_leave_broken_is_not_offered(string members)
    {
        using var workspace = new FixWorkspace([Contract(members)]);

        Assert.Empty(await workspace.OfferedAsync((await workspace.DiagnosticsAsync())[0]));
    }

    [Fact]
    public async Task Missing_usings_are_added()
    {
        using var workspace = new FixWorkspace(["[Rpc.RpcService]\npublic interface IX\n{\n    void M();\n}\n"]);

        await MendAsync(workspace, DiagnosticIds.VoidReturn, "Make it a one-way call, which ends when the broker has it");

        Assert.Equal(
            "using System.Threading.Tasks;\nusing Rpc;\n\n[Rpc.RpcService]\npublic interface IX\n{\n    [RpcMethod(OneWay = true)]\n    Task M();\n}\n",
            (await workspace.TextsAsync())[0].ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Member_of_a_lifted_base_is_mended_where_it_is_declared()
    {
        using var workspace = new FixWorkspace([
            ContractCompiler.Usings + "public interface IBase { void M(); Task N(int a); }\n",
            ContractCompiler.Usings + "[RpcService] public interface IX : IBase { Task N(); }\n[RpcService] public interface IY : IBase;\n"]);

        await workspace.ApplyAllAsync(DiagnosticIds.VoidReturn, FixAllScope.Solution, "Return a task");
        await MendAsync(workspace, DiagnosticIds.UnnamedOverload);

        Assert.Equal(
            ContractCompiler.Usings + "public interface IBase { Task M(); [RpcMethod(\"NByA\")] Task N(int a); }\n", (await workspace.TextsAsync())[0]);
    }

    /// <summary>Mends until nothing is reported, each step mending something.</summary>
    private static async Task MendAsync(FixWorkspace workspace, string id, string? title = null)
    {
        var left = await workspace.DiagnosticsAsync();
        Assert.Equal(id, left[0].Id);
        while (left.Count > 0)
        {
            await workspace.ApplyAsync(id, title);
            var next = await workspace.DiagnosticsAsync();
            Assert.True(next.Count < left.Count, string.Join("\n", next) + "\n" + string.Join("\n", await workspace.TextsAsync()));
            left = next;
        }

        await workspace.AssertCompilesAsync();
    }

    private static string Contract(string members) => $"{ContractCompiler.Usings}[RpcService]\npublic interface IContract\n{{\n    {members}\n}}\n";
}
