using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests.CodeFixes;

/// <summary>What a fix of a contract's method does to what implements and calls it, also in another project.</summary>
public sealed class SolutionFixTests
{
    [Fact]
    public Task Modifier_goes_from_implementations_and_calls() => AssertMendedAsync(
        DiagnosticIds.ByReferenceParameter,
        "Task M(ref int a, in int b);",
        "public Task M(ref int a, in int b) => Task.FromResult(a + b);",
        "var a = 1; await x.M(ref a, in a); await x.M(b: in a, a: ref a);",
        "public Task M(int a, int b) => Task.FromResult(a + b);",
        "var a = 1; await x.M(a, a); await x.M(b: a, a: a);");

    [Fact]
    public Task Token_moves_in_implementations_and_calls() => AssertMendedAsync(
        DiagnosticIds.TokenNotLast,
        "Task M(CancellationToken ct = default, int a = 1, int b = 2);",
        "public Task M(CancellationToken token, int a, int b) => Task.Delay(a + b, token);",
        "await x.M(ct, 1, 2); await x.M(ct, 1); await x.M(ct); await x.M(); await x.M(a: 5, ct: ct); await x.M(ct, b: 5);",
        "public Task M(int a, int b, CancellationToken token) => Task.Delay(a + b, token);",
        "await x.M(1, 2, ct); await x.M(1, ct: ct); await x.M(ct: ct); await x.M(); await x.M(a: 5, ct: ct); await x.M(b: 5, ct: ct);");

    [Fact]
    public Task Token_moves_before_params() => AssertMendedAsync(
        DiagnosticIds.TokenNotLast,
        "Task M(CancellationToken ct = default, int a = 1, params int[] b);",
        "public Task M(CancellationToken token, int a, int[] b) => Task.Delay(a + b.Length, token);",
        "await x.M(ct, 1, 2, 3); await x.M(ct, 1); await x.M(ct); await x.M(); await x.M(a: 5, ct: ct); await x.M(ct, b: [5]);",
        "public Task M(int a, CancellationToken token, int[] b) => Task.Delay(a + b.Length, token);",
        "await x.M(1, ct, 2, 3); await x.M(1, ct); await x.M(ct: ct); await x.M(); await x.M(a: 5, ct: ct); await x.M(b: [5], ct: ct);");

    [Fact]
    public Task Nullable_token_is_unwrapped_no_more() => AssertMendedAsync(
        DiagnosticIds.NullableToken,
        "Task M(CancellationToken? ct = null);",
        "public Task M(CancellationToken? ct) { ct.GetValueOrDefault().ThrowIfCancellationRequested(); return Task.Delay(1, ct ?? ct!.Value); }",
        "await x.M(null); await x.M(ct); await x.M();",
        "public Task M(CancellationToken ct) { ct.ThrowIfCancellationRequested(); return Task.Delay(1, ct); }",
        "await x.M(default); await x.M(ct); await x.M();");

    [Fact]
    public Task Second_token_goes_and_the_first_takes_its_place() => AssertMendedAsync(
        DiagnosticIds.SecondToken,
        "Task M(int a, CancellationToken ct = default, CancellationToken stop = default);",
        "public Task M(int a, CancellationToken ct, CancellationToken stop) => Task.Delay(a, /* long */ stop);",
        "await x.M(1, ct, ct); await x.M(1, stop: ct); await x.M(1);",
        "public Task M(int a, CancellationToken ct) => Task.Delay(a, /* long */ ct);",
        "await x.M(1, ct); await x.M(1); await x.M(1);");

    [Fact]
    public Task Body_returns_a_task_of_what_it_returned() => AssertMendedAsync(
        DiagnosticIds.UnsupportedReturn,
        "long M(int a);",
        """
        public long M(int a)
            {
                Func<int> inner = () => { return 1; };
                if (a > 0)
                {
                    return a; // widened
                }

                return 5L + inner();
            }
        """,
        "",
        """
        public Task<long> M(int a)
            {
                Func<int> inner = () => { return 1; };
                if (a > 0)
                {
                    return Task.FromResult<long>(a); // widened
                }

                return Task.FromResult(5L + inner());
            }
        """,
        "");

    [Fact]
    public Task Body_that_returned_nothing_returns_a_task_that_has_ended() => AssertMendedAsync(
        DiagnosticIds.VoidReturn,
        "void M(int a);",
        """
        public void M(int a)
            {
                if (a > 0)
                {
                    return; // early
                }

                Console.WriteLine(a);
            }
        """,
        "",
        """
        public Task M(int a)
            {
                if (a > 0)
                {
                    return Task.CompletedTask; // early
                }

                Console.WriteLine(a);
                return Task.CompletedTask;
            }
        """,
        "");

    [Theory]
    [InlineData("long M();", "public long M() => 5;", "public Task<long> M() => Task.FromResult<long>(5);")]
    [InlineData("string? M();", "public string? M() => null;", "public Task<string?> M() => Task.FromResult<string?>(null);")]
    [InlineData("int M();", "int IContract.M() => throw new NotSupportedException();", "Task<int> IContract.M() => throw new NotSupportedException();")]
    public Task Arrow_returns_a_task(string contract, string before, string after) =>
        AssertMendedAsync(DiagnosticIds.UnsupportedReturn, contract, before, "", after, "");

    [Theory]
    [InlineData("public void M() { while (true) { } }", "public Task M() { while (true) { } }")]
    [InlineData("public async void M() => await Task.Yield();", "public async Task M() => await Task.Yield();")]
    [InlineData("public void M() => Console.WriteLine();", "public Task M()\n    {\n        Console.WriteLine();\n        return Task.CompletedTask;\n    }")]
    public Task Void_body_returns_a_task(string before, string after) =>
        AssertMendedAsync(DiagnosticIds.VoidReturn, "void M();", before, "", after, "");

    [Fact]
    public Task Property_stays_and_methods_use_it() => AssertMendedAsync(
        DiagnosticIds.Property,
        "int Count { get; set; }",
        "public int Count { get; set; } = 7;",
        "",
        """
        public int Count { get; set; } = 7;

            public Task<int> GetCountAsync(CancellationToken cancellationToken = default)
            {
                return Task.FromResult(Count);
            }

            public Task SetCountAsync(int value, CancellationToken cancellationToken = default)
            {
                Count = value;
                return Task.CompletedTask;
            }
        """,
        "");

    [Fact]
    public Task Explicit_property_becomes_a_private_one() => AssertMendedAsync(
        DiagnosticIds.Property,
        "string this[int index] { get; }",
        "string IContract.this[int index] => \"\";",
        "",
        """
        string this[int index] => "";

            public Task<string> GetItemAsync(int index, CancellationToken cancellationToken = default)
            {
                return Task.FromResult(this[index]);
            }
        """,
        "");

    private static async Task AssertMendedAsync(string id, string contract, string member, string calls, string memberAfter, string callsAfter)
    {
        using var workspace = new FixWorkspace(
            [$"{ContractCompiler.Usings}[RpcService] public interface IContract {{ {contract} }}"],
            [Service(member), Caller(calls)]);

        while ((await workspace.DiagnosticsAsync()) is { Count: > 0 } left)
        {
            Assert.Equal(id, left[0].Id);
            await workspace.ApplyAsync(id, id == DiagnosticIds.VoidReturn ? "Return a task" : null);
        }

        var texts = await workspace.TextsAsync();
        Assert.Equal(Service(memberAfter), texts[1].ReplaceLineEndings("\n"));
        Assert.Equal(Caller(callsAfter), texts[2]);
        await workspace.AssertCompilesAsync();
    }

    private static string Service(string member) => $"{ContractCompiler.Usings}public sealed class Service : IContract\n{{\n    {member}\n}}\n";

    private static string Caller(string calls) =>
        $"{ContractCompiler.Usings}public static class Caller\n{{\n    public static async Task Run(IContract x, CancellationToken ct) {{ {calls} await Task.Yield(); }}\n}}\n";
}
