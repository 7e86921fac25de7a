using Microsoft.CodeAnalysis.CodeFixes;
using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests.CodeFixes;

/// <summary>Fixes of code that uses contracts.</summary>
public sealed class UsageFixTests
{
    private const string Contracts = """
        [RpcService]
        public interface IFib
        {
            Task<string> Fib(int n = 1, CancellationToken cancellationToken = default);

            ValueTask Reset(CancellationToken @lock = default);
        }

        public sealed class FibService : IFib
        {
            public Task<string> Fib(int n, CancellationToken cancellationToken) => Task.FromResult("");

            public ValueTask Reset(CancellationToken @lock) => default;
        }
        """;

    [Theory]
    [InlineData("async Task<string> M(IFib x) => x.Fib(1).Result;", "async Task<string> M(IFib x) => await x.Fib(1);")]
    [InlineData("async Task<int> M(IFib x) { return x.Fib(1).Result.Length; /* n */ }", "async Task<int> M(IFib x) { return (await x.Fib(1)).Length; /* n */ }")]
    [InlineData("async Task M(IFib x) { x.Fib(1).Wait(); }", "async Task M(IFib x) { await x.Fib(1); }")]
    [InlineData("async Task M(IFib x) => x.Fib(1).ConfigureAwait(false).GetAwaiter().GetResult();", "async Task M(IFib x) => await x.Fib(1).ConfigureAwait(false);")]
    [InlineData("Func<Task<string>> M(IFib x) => async () => x.Fib(x.Fib().Result.Length).Result;", "Func<Task<string>> M(IFib x) => async () => await x.Fib((await x.Fib()).Length);")]
    public Task Waiting_becomes_awaiting(string before, string after) => AssertMendedAsync(DiagnosticIds.BlockingCall, before, after);

    [Theory]
    [InlineData("string M(IFib x) => x.Fib(1).Result;")]
    [InlineData("async Task<Func<string>> M(IFib x) { await Task.Yield(); return () => x.Fib(1).Result; }")]
    [InlineData("async Task M(IFib x) { await Task.Yield(); lock (x) { x.Fib(1).Wait(); } }")]
    [InlineData("async Task M(IFib? x) { await Task.Yield(); x?.Fib(1).Wait(); }")]
    [InlineData("async Task M(IFib x) { await Task.Yield(); x.Fib(1).Wait(5); }")]
    public async Task Where_nothing_can_be_awaited_no_fix_is_offered(string member)
    {
        using var workspace = new FixWorkspace([Source(member)]);

        Assert.Empty(await workspace.OfferedAsync(Assert.Single(await workspace.DiagnosticsAsync())));
    }

    [Theory]
    [InlineData("x.Fib(1)", "x.Fib(1, token)")]
    [InlineData("x.Fib()", "x.Fib(cancellationToken: token)")]
    [InlineData("x.Fib(n: 1)", "x.Fib(n: 1, cancellationToken: token)")]
    public Task Token_is_passed(string before, string after) => AssertMendedAsync(
        DiagnosticIds.TokenNotPassedOn,
        $"sealed class Service(IFib x) : IFib {{ public Task<string> Fib(int n, CancellationToken token) => {before}; public ValueTask Reset(CancellationToken l) => default; }}",
        $"sealed class Service(IFib x) : IFib {{ public Task<string> Fib(int n, CancellationToken token) => {after}; public ValueTask Reset(CancellationToken l) => default; }}");

    [Theory]
    [InlineData("void M(RpcServices s) => s.Add(new FibService());", "void M(RpcServices s) => s.Add<IFib>(new FibService());")]
    [InlineData("void M(RpcServices s) => s.Add</* c */ FibService>(new FibService());", "void M(RpcServices s) => s.Add<IFib>(new FibService());")]
    [InlineData("object M(RpcClient c) => c.Create<FibService>();", "object M(RpcClient c) => c.Create<IFib>();")]
    public Task Contract_is_named(string before, string after) => AssertMendedAsync(DiagnosticIds.NotAContract, before, after);

    [Fact]
    public async Task All_are_mended_at_once_in_all_documents()
    {
        using var workspace = new FixWorkspace(
            [Source("""
                async Task M(IFib x) { x.Fib(x.Fib().Result.Length).Wait(); x.Fib().Wait(); }
                sealed class Service(IFib x) : IPlain { public async Task Do(CancellationToken ct) { await x.Fib((await x.Fib()).Length); await x.Reset(); } }
                [RpcService] internal interface IPlain { Task Do(CancellationToken ct = default); }
                """)],
            [ContractCompiler.Usings + """
                internal static class Other
                {
                    public static async Task M(IFib x, RpcServices s) { x.Fib(x.Fib().Result.Length).Wait(); s.Add(new FibService()); s.Add(new FibService()); }
                }
                """]);

        foreach (var id in new[] { DiagnosticIds.BlockingCall, DiagnosticIds.TokenNotPassedOn, DiagnosticIds.NotAContract })
        {
            await workspace.ApplyAllAsync(id, FixAllScope.Solution);
        }

        Assert.Empty(await workspace.DiagnosticsAsync());
        await workspace.AssertCompilesAsync();
    }

    private static async Task AssertMendedAsync(string id, string before, string after)
    {
        using var workspace = new FixWorkspace([Source(before)]);
        while ((await workspace.DiagnosticsAsync()) is { Count: > 0 } left)
        {
            Assert.Equal(id, left[0].Id);
            await workspace.ApplyAsync(id);
        }

        Assert.Equal(Source(after), Assert.Single(await workspace.TextsAsync()));
        await workspace.AssertCompilesAsync();
    }

    private static string Source(string member) => $"{ContractCompiler.Usings}{Contracts}\ninternal sealed class Program\n{{\n    {member}\n}}\n";
}
