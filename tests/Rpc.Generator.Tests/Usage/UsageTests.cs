using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests.Usage;

/// <summary>What the usage analyzers report beyond the example on each page, and what looks like it and is fine.</summary>
public sealed class UsageTests
{
    private const string Contracts = """
        [RpcService]
        public interface IFib : ILifted
        {
            Task<long> Fib(int n, CancellationToken cancellationToken = default);

            [RpcMethod(Idempotent = true)]
            ValueTask<long> Twice(int n = 2, CancellationToken token = default);

            Task Tick(int n = 1);

            Task Local(CancellationToken cancellationToken = default) => Task.CompletedTask;
        }

        public interface ILifted
        {
            Task Reset(CancellationToken cancellationToken = default);
        }

        public interface IPlain
        {
            Task<long> Fib(int n, CancellationToken cancellationToken = default);
        }

        public abstract class FibBase : IFib
        {
            public abstract Task<long> Fib(int n, CancellationToken cancellationToken = default);

            public abstract ValueTask<long> Twice(int n = 2, CancellationToken token = default);

            public abstract Task Tick(int n = 1);

            public abstract Task Reset(CancellationToken cancellationToken = default);
        }
        """;

    [Theory]
    [InlineData("void M(RpcServices s, FibBase x) => s.Add<FibBase>(x);")]
    [InlineData("void M(RpcServices s, FibBase x) => s.Add(x, new RpcServiceOptions());")]
    [InlineData("void M(RpcServices s, IPlain x) => s.Add(x);")]
    [InlineData("void M(RpcServices? s, IPlain x) => s?.Add(x);")]
    [InlineData("object M(RpcClient c) => c.Create<ILifted>();")]
    [InlineData("object M(RpcClient c) => c.Create<string>(new RpcRoute());")]
    [InlineData("object M(RpcClient c) => c.Create<List<IFib>>();")]
    public Task Type_without_generated_code_is_not_a_contract(string member) => AssertReportedAsync(DiagnosticIds.NotAContract, member);

    [Theory]
    [InlineData("void M(RpcServices s, IFib x) => s.Add(x);")]
    [InlineData("void M(RpcServices s, FibBase x) => s.Add<IFib>(x);")]
    [InlineData("object M(RpcClient c) => c.Create<IFib>();")]
    [InlineData("T M<T>(RpcClient c) where T : class => c.Create<T>();")]
    [InlineData("void M(List<string> l, HashSet<int> s) { l.Add(\"\"); s.Add(1); }")]
    [InlineData("object M() => new Other().Create<string>(); sealed class Other { public object Create<T>() => 1; }")]
    [InlineData("object M() => new Nested.RpcClient().Create<string>(); static class Nested { public sealed class RpcClient { public object Create<T>() => 1; } }")]
    public Task Contract_and_other_methods_of_the_same_names_are_fine(string member) => AssertFineAsync(member);

    [Theory]
    [InlineData("long M(IFib x) => x.Fib(1).Result;")]
    [InlineData("void M(IFib x) => x.Fib(1).Wait();")]
    [InlineData("void M(IFib x) => x.Reset().Wait(100);")]
    [InlineData("long M(IFib x) => x.Fib(1).GetAwaiter().GetResult();")]
    [InlineData("long M(IFib x) => x.Fib(1).ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("long M(IFib x) => x.Twice().Result;")]
    [InlineData("long M(IFib x) => x.Twice().AsTask().Result;")]
    [InlineData("long M(IFib x) => (x.Twice()).GetAwaiter().GetResult();")]
    [InlineData("long M(IFib x) => x.With(new RpcCallOptions()).Fib(1).Result;")]
    [InlineData("long? M(IFib? x) => x?.Fib(1).Result;")]
    [InlineData("Func<long> M(IFib x) => () => x.Fib(1).Result;")]
    public Task Waiting_for_a_call_blocks(string member) => AssertReportedAsync(DiagnosticIds.BlockingCall, member);

    [Theory]
    [InlineData("async Task<long> M(IFib x) => await x.Fib(1);")]
    [InlineData("async Task<long> M(IFib x) { var t = x.Fib(1); await Task.WhenAll(t); return t.Result; }")]
    [InlineData("long M(FibBase x) => x.Fib(1).Result;")]
    [InlineData("long M(IPlain x) => x.Fib(1).Result;")]
    [InlineData("void M(IFib x) => x.Local().Wait();")]
    [InlineData("int M(IFib x) => Task.FromResult(x).Result.GetHashCode();")]
    [InlineData("Task M(IFib x) => x.Fib(1).ContinueWith(t => t.Result);")]
    public Task What_does_not_wait_for_a_call_is_fine(string member) => AssertFineAsync(member);

    [Theory]
    [InlineData("Task M(IFib x) => x.With(new RpcCallOptions { Retry = new RpcRetryOptions() }).Fib(1);")]
    [InlineData("Task M(IFib x) => x.With(new() { Retry = new() { MaxAttempts = 5 } }).Fib(1);")]
    [InlineData("Task M(IFib x) { var o = new RpcCallOptions { Retry = new() }; return x.With(o).Reset(); }")]
    [InlineData("Task M(IFib x) { var r = new RpcRetryOptions(); var o = new RpcCallOptions { Retry = r }; var y = x.With(o); return y.Tick(); }")]
    [InlineData("Task M(IFib x, RpcCallOptions o) => x.With(o with { Retry = new() }).Fib(1);")]
    [InlineData("static readonly RpcCallOptions s_o = new() { Retry = new() }; Task M(IFib x) => x.With(s_o).Fib(1);")]
    [InlineData("Task M(IFib x) => FibRpc.With(x, new RpcCallOptions { Retry = new() }).Fib(1);")]
    public Task Retry_of_a_method_that_is_not_idempotent_is_reported(string member) => AssertReportedAsync(DiagnosticIds.RetryOfOneTimeMethod, member);

    [Theory]
    [InlineData("ValueTask<long> M(IFib x) => x.With(new RpcCallOptions { Retry = new RpcRetryOptions() }).Twice();")]
    [InlineData("Task M(IFib x) => x.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(1) }).Fib(1);")]
    [InlineData("Task M(IFib x) => x.With(new RpcCallOptions { Retry = RpcRetryOptions.None }).Fib(1);")]
    [InlineData("Task M(IFib x) => x.With(new RpcCallOptions { Retry = null }).Fib(1);")]
    [InlineData("Task M(IFib x) => x.With(new RpcCallOptions { Retry = new() { MaxAttempts = 1 } }).Fib(1);")]
    [InlineData("Task M(IFib x, RpcCallOptions o) => x.With(o).Fib(1);")]
    [InlineData("Task M(IFib x, RpcRetryOptions r) => x.With(new RpcCallOptions { Retry = r }).Fib(1);")]
    [InlineData("Task M(IFib x) { var y = x.With(new RpcCallOptions { Retry = new() }); y = x; return y.Fib(1); }")]
    [InlineData("Task M(IFib x) { var o = new RpcCallOptions { Retry = new() }; Change(ref o); return x.With(o).Fib(1); } static void Change(ref RpcCallOptions o) => o = new();")]
    [InlineData("readonly RpcCallOptions _o = new() { Retry = new() }; public Program() => _o = new(); Task M(IFib x) => x.With(_o).Fib(1);")]
    [InlineData("Task M(IFib x) => x.With(new RpcCallOptions { Retry = new() }).Local();")]
    public Task Retry_that_cannot_be_seen_or_does_no_harm_is_fine(string member) => AssertFineAsync(member);

    [Theory]
    [InlineData("async Task<long> Fib(int n, CancellationToken cancellationToken) => await x.Fib(1);")]
    [InlineData("async Task<long> Fib(int n, CancellationToken @lock) => await x.Twice();")]
    [InlineData("async Task<long> Fib(int n, CancellationToken cancellationToken) { await x.Reset(); return 1; }")]
    [InlineData("async Task<long> Fib(int n, CancellationToken ct) { return await Inner(); async Task<long> Inner() => await x.Fib(2); }")]
    [InlineData("Task<long> Fib(int n, CancellationToken ct) => Task.Run(() => x.Fib(2), ct);")]
    [InlineData("Task<long> Fib(int n, CancellationToken ct) => x.With(new RpcCallOptions()).Fib(2);")]
    [InlineData("Task<long> Fib(int n, CancellationToken ct) => Part(ct); private Task<long> Part(CancellationToken own) => x.Fib(1);")]
    public Task Token_that_a_service_leaves_out_is_reported(string members) => AssertReportedAsync(DiagnosticIds.TokenNotPassedOn, Service(members));

    [Theory]
    [InlineData("async Task<long> Fib(int n, CancellationToken cancellationToken) => await x.Fib(1, cancellationToken);")]
    [InlineData("Task<long> Fib(int n, CancellationToken cancellationToken) => x.Fib(cancellationToken: cancellationToken, n: 1);")]
    [InlineData("Task<long> Fib(int n, CancellationToken cancellationToken) => x.Fib(1, CancellationToken.None);")]
    [InlineData("Task<long> Fib(int n, CancellationToken cancellationToken) => x.Fib(1, default);")]
    [InlineData("async Task<long> Fib(int n, CancellationToken cancellationToken) { await x.Tick(); return 1; }")]
    [InlineData("async Task<long> Fib(int n, CancellationToken cancellationToken) { await x.Local(); return 1; }")]
    [InlineData("Task<long> Fib(int n, CancellationToken ct) => Part(); private Task<long> Part() => x.Fib(1);")]
    [InlineData("Task<long> Fib(int n, CancellationToken ct) { return Inner(x); static Task<long> Inner(IFib y) => y.Fib(1); }")]
    public Task Token_that_is_passed_or_was_not_meant_is_fine(string members) => AssertFineAsync(Service(members));

    [Fact]
    public Task Token_outside_of_a_service_is_the_authors_affair() =>
        AssertFineAsync("static Task<long> M(IFib x, CancellationToken cancellationToken) => x.Fib(1);");

    private static string Service(string members) => $$"""
        sealed class Service(IFib x) : IPlainFib
        {
            public {{members}}
        }

        [RpcService]
        internal interface IPlainFib : IPlain;
        """;

    private static async Task AssertReportedAsync(string id, string members) => Assert.Equal([id], await ReportedAsync(members));

    private static async Task AssertFineAsync(string members) => Assert.Empty(await ReportedAsync(members));

    private static async Task<IEnumerable<string>> ReportedAsync(string members)
    {
        var source = $"{ContractCompiler.Usings}{Contracts}\npublic partial class Program\n{{\n    {members}\n}}\n";
        var found = await UsageCompiler.AnalyzeAsync(UsageCompiler.Compile(source));

        // Of bases that are lifted, which is told for information.
        return found.Where(static diagnostic => diagnostic.Severity > Microsoft.CodeAnalysis.DiagnosticSeverity.Info).Select(static diagnostic => diagnostic.Id);
    }
}
