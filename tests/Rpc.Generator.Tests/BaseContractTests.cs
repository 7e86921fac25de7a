using Rpc.Generator.Diagnostics;
using Rpc.Generator.Tests.Contracts;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>A base with <c>[RpcService]</c> is a service of its own; the derived proxy calls it on its own route.</summary>
public sealed class BaseContractTests
{
    private readonly Archive _service = new();

    [Fact]
    public async Task Each_method_travels_on_the_route_of_the_contract_that_has_it()
    {
        var loopback = new Loopback<IArchive>(_service);
        var archive = loopback.Proxy;

        Assert.Equal("put a", await archive.Put("a"));
        Assert.Equal("own find 1", await archive.Find(1));
        Assert.Equal("base find 2", await ((IReadArchive)archive).Find(2));
        Assert.Equal(3, await archive.Count("x", "y", "z"));
        await archive.Audit("line");

        Assert.Equal(["archive", "archive", "read-archive", "read-archive", "audit"], loopback.Routes);
        Assert.Equal(
            ["archive/Put", "archive/Find", "read-archive/Find", "read-archive/Count", "audit/Audit"],
            loopback.Methods.Select(static method => method.Type));
    }

    [Fact]
    public void Contract_has_its_own_methods_and_knows_its_bases_each_once()
    {
        var contract = RpcContract<IArchive>.Get();

        Assert.Equal(["archive/Put", "archive/Find"], contract.Methods.Select(static method => method.Type));
        Assert.Equal([typeof(IReadArchive), typeof(IAudited)], contract.Bases.Select(static one => one.ContractType));
        Assert.Equal([typeof(IAudited)], RpcContract<IReadArchive>.Get().Bases.Select(static one => one.ContractType));
        Assert.Empty(RpcContract<IAudited>.Get().Bases);
    }

    [Fact]
    public async Task Contract_without_methods_of_its_own_passes_all_on()
    {
        var loopback = new Loopback<IWholeArchive>(_service);

        await loopback.Proxy.Put("a");
        await loopback.Proxy.Audit("line");

        Assert.Empty(RpcContract<IWholeArchive>.Get().Methods);
        Assert.Equal(["archive", "audit"], loopback.Routes);
    }

    [Fact]
    public async Task Token_and_options_reach_the_base()
    {
        var loopback = new Loopback<IArchive>(_service);
        var options = new RpcCallOptions { Timeout = TimeSpan.FromSeconds(2) };
        using var source = new CancellationTokenSource();

        await loopback.Proxy.With(options).Audit("line", source.Token);

        Assert.Equal([options], loopback.Options);
        Assert.Equal(["audit"], loopback.Routes);
        Assert.Equal([source.Token], loopback.Tokens);
    }

    [Fact]
    public async Task Derived_proxy_that_is_held_as_its_base_keeps_the_bases_route_with_options()
    {
        var loopback = new Loopback<IArchive>(_service);
        IReadArchive read = loopback.Proxy;

        Assert.Equal("base find 7", await read.With(new RpcCallOptions()).Find(7));

        Assert.Equal(["read-archive"], loopback.Routes);
    }

    [Fact]
    public async Task Attributes_of_a_base_stay_its_own()
    {
        var loopback = new Loopback<IArchive>(_service);

        await loopback.Proxy.Audit("line");
        await loopback.Proxy.Put("a");

        Assert.Equal([true, false], loopback.Methods.Select(static method => method.OneWay));
        Assert.Equal([false, true], loopback.Methods.Select(static method => method.Idempotent));
    }

    [Fact]
    public async Task Base_of_a_library_keeps_its_route()
    {
        var library = ContractCompiler.Generate(ContractCompiler.Usings + """
            namespace Lib;

            [RpcService("lib.read")]
            public interface IRead
            {
                Task<int> Count(CancellationToken cancellationToken = default);

                [Obsolete("Use Count.", error: true)]
                Task<int> Old();

                string Local => "";
            }
            """).AssertClean();
        var app = ContractCompiler.CompileAgainst(library, ContractCompiler.Usings + """
            [RpcService]
            public interface IOrders : Lib.IRead
            {
                Task Cancel(int id);
            }
            """);

        Assert.Empty(await ContractCompiler.AnalyzeAsync(app));
        var text = ContractCompiler.Generate(app).AssertClean().Text;
        Assert.Contains("RpcContract<global::Lib.IRead>.Get()", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Count\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[RpcService] public interface IA { Task M(int id); int P { get; } } [RpcService] public interface IB : IA { Task N(); }", DiagnosticIds.Property)]
    [InlineData("[RpcService] public interface IA { Task M(); } [RpcService] public interface IB : IA { new void M(); }", DiagnosticIds.VoidReturn)]
    public async Task Mistake_of_a_base_contract_is_reported_there_alone(string source, string id)
    {
        var compilation = ContractCompiler.Compile(ContractCompiler.Usings + source);

        Assert.Equal([id], (await ContractCompiler.AnalyzeAsync(compilation)).Select(static diagnostic => diagnostic.Id));
        ContractCompiler.Generate(compilation).AssertClean();
    }

    /// <summary>Another result for the same parameters is a contradiction in one service, and none between two.</summary>
    [Fact]
    public async Task Method_that_hides_a_bases_has_its_own_result()
    {
        var compilation = ContractCompiler.Compile(ContractCompiler.Usings + """
            [RpcService] public interface IA { Task<int> M(int id); }
            [RpcService] public interface IB : IA { new Task<string> M(int id); }
            """);

        Assert.Empty(await ContractCompiler.AnalyzeAsync(compilation));
        ContractCompiler.Generate(compilation).AssertClean();
    }
}
