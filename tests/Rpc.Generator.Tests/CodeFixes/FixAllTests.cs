using Microsoft.CodeAnalysis.CodeFixes;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests.CodeFixes;

/// <summary>Each fix, for several occurrences in each of several documents and projects at once.</summary>
public sealed class FixAllTests
{
    public static TheoryData<string, string, string?> Mistakes => new()
    {
        { DiagnosticIds.UnsupportedReturn, "int A{0}(); string? B{0}(int x);", null },
        { DiagnosticIds.VoidReturn, "void A{0}(); void B{0}(int x); [RpcMethod(TimeoutMs = 5)] void C{0}();", "Return a task" },
        { DiagnosticIds.VoidReturn, "void A{0}(); void B{0}(int x); [RpcMethod(TimeoutMs = 5)] void C{0}();", "Make it a one-way call, which ends when the broker has it" },
        { DiagnosticIds.ByReferenceParameter, "Task A{0}(ref int x, out int y, in int z); Task B{0}(in CancellationToken x);", null },
        { DiagnosticIds.SecondToken, "Task A{0}(CancellationToken x, CancellationToken y, CancellationToken z); Task B{0}(CancellationToken x, CancellationToken y);", null },
        { DiagnosticIds.TokenNotLast, "Task A{0}(CancellationToken x, int y); Task B{0}(int a, CancellationToken x, int y);", null },
        { DiagnosticIds.NullableToken, "Task A{0}(CancellationToken? x); Task B{0}(CancellationToken? x = null);", null },
        { DiagnosticIds.UnnamedOverload, "Task A{0}(); Task A{0}(int x); Task A{0}(string x); Task A{0}(int[] x);", null },
        { DiagnosticIds.Property, "int A{0} {{ get; set; }} string? B{0} {{ get; }}", null },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task All_of_the_solution_are_mended_at_once(string id, string members, string? title)
    {
        using var workspace = new FixWorkspace(
            [Contract("IOne", members), Contract("ITwo", members)],
            [Contract("IThree", members)]);

        await workspace.ApplyAllAsync(id, FixAllScope.Solution, title);

        Assert.Empty(await workspace.DiagnosticsAsync());
        await workspace.AssertCompilesAsync();
    }

    [Theory]
    [InlineData(FixAllScope.Document, 1)]
    [InlineData(FixAllScope.Project, 2)]
    [InlineData(FixAllScope.Solution, 3)]
    public async Task Scope_says_how_many_documents_are_mended(FixAllScope scope, int mended)
    {
        using var workspace = new FixWorkspace(
            [Contract("IOne", "void A(); void B();"), Contract("ITwo", "void A(); void B();")],
            [Contract("IThree", "void A(); void B();")]);

        await workspace.ApplyAllAsync(DiagnosticIds.VoidReturn, scope, "Return a task");

        Assert.Equal(2 * (3 - mended), (await workspace.DiagnosticsAsync()).Count);
        Assert.Equal(mended, (await workspace.TextsAsync()).Count(static text => text.Contains("Task A(); Task B();", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Contracts_are_made_accessible_at_once_with_what_is_around_them()
    {
        using var workspace = new FixWorkspace([
            ContractCompiler.Usings + "internal class A { private class B { [RpcService] private interface IX { Task M(); } [RpcService] protected interface IY { Task M(); } } }",
            ContractCompiler.Usings + "[RpcService] file interface IZ { Task M(); }"]);

        await workspace.ApplyAllAsync(DiagnosticIds.InaccessibleContract, FixAllScope.Solution);

        Assert.Empty(await workspace.DiagnosticsAsync());
        await workspace.AssertCompilesAsync();
    }

    [Fact]
    public async Task Implementations_of_all_contracts_follow()
    {
        using var workspace = new FixWorkspace([
            Contract("IOne", "int A(ref int x); int B { get; set; }"),
            Contract("ITwo", "void A(ref int x);"),
            ContractCompiler.Usings + """
                internal sealed class Service : IOne, ITwo
                {
                    int IOne.A(ref int x) => x;

                    public int B { get; set; }

                    void ITwo.A(ref int x) => Console.WriteLine(x);
                }
                """]);

        await workspace.ApplyAllAsync(DiagnosticIds.UnsupportedReturn, FixAllScope.Solution);
        await workspace.ApplyAllAsync(DiagnosticIds.VoidReturn, FixAllScope.Solution, "Return a task");
        await workspace.ApplyAllAsync(DiagnosticIds.ByReferenceParameter, FixAllScope.Solution);
        await workspace.ApplyAllAsync(DiagnosticIds.Property, FixAllScope.Solution);

        Assert.Empty(await workspace.DiagnosticsAsync());
        await workspace.AssertCompilesAsync();
    }

    private static string Contract(string name, string members) =>
        $"{ContractCompiler.Usings}[RpcService]\ninternal interface {name}\n{{\n    {string.Format(null, members.Contains("{0}", StringComparison.Ordinal) ? members : members.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), 1)}\n}}\n";
}
