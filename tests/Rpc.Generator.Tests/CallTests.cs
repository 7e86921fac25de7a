using Rpc.Generator.Tests.Contracts;
using Rpc.Generator.Tests.Harness;

namespace Rpc.Generator.Tests;

/// <summary>Calls through a generated proxy and a generated dispatcher, as they were built into this project.</summary>
public sealed class CallTests
{
    private readonly Catalog _service = new();

    [Fact]
    public async Task Every_form_of_method_reaches_the_service_and_brings_its_result()
    {
        var catalog = new Loopback<ICatalog>(_service).Proxy;

        await catalog.Clear(default);
        Assert.Equal("main", await catalog.Find("a"));
        Assert.Null(await catalog.Find("b", 7, null));
        await catalog.Rename(5, "x");
        Assert.Equal(4.5m, await catalog.Sum([1.5m, 3m]));
        Assert.Equal((1, "r"), await catalog.Swap((1, "r")));
        Assert.Equal(2, await catalog.Count("a", "b"));

        Assert.Equal(["Clear()", "Find(a, 3, main)", "Find(b, 7, null)", "Rename(5, x)", "Sum(2)", "Swap((1, r))", "Count(2)"], _service.Calls);
    }

    [Fact]
    public async Task Arguments_travel_by_parameter_name()
    {
        var loopback = new Loopback<ICatalog>(_service);

        await loopback.Proxy.Find("a", shop: null);
        await loopback.Proxy.Swap((1, "r"));
        await loopback.Proxy.Clear(default);

        Assert.Equal(
            ["""{"code":"a","page":3,"shop":null}""", """{"gr\u00F6\u00DFe":{"Item1":1,"Item2":"r"}}""", "{}"],
            loopback.Bodies);
    }

    [Fact]
    public async Task Callers_token_goes_to_the_invoker_and_the_calls_token_to_the_service()
    {
        using var caller = new CancellationTokenSource();
        using var server = new CancellationTokenSource();
        var loopback = new Loopback<ICatalog>(_service) { ServerToken = server.Token };

        await loopback.Proxy.Sum([], caller.Token);

        Assert.Equal([caller.Token], loopback.Tokens);
        Assert.Equal(server.Token, _service.Token);
    }

    [Fact]
    public async Task Method_without_a_token_passes_none()
    {
        var loopback = new Loopback<ICatalog>(_service);

        await loopback.Proxy.Rename(1, "x");

        Assert.Equal([CancellationToken.None], loopback.Tokens);
    }

    [Fact]
    public async Task What_the_service_throws_comes_through()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => new Loopback<ICatalog>(_service).Proxy.Rename(1, "").AsTask());

        Assert.Equal(RpcStatus.InvalidArgument, refused.Status);
    }

    [Theory]
    [InlineData("Total")]
    [InlineData("Sum")]
    [InlineData("")]
    public async Task Unknown_method_is_rejected(string method)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => new Loopback<ICatalog>(_service).DispatchAsync<decimal>(method, "{}"));

        Assert.Equal(RpcStatus.Unimplemented, refused.Status);
        Assert.Empty(_service.Calls);
    }

    [Fact]
    public async Task With_passes_the_options_on()
    {
        var loopback = new Loopback<ICatalog>(_service);
        var options = new RpcCallOptions { Timeout = TimeSpan.FromSeconds(2) };

        Assert.Equal(1, await loopback.Proxy.With(options).Count("a"));

        Assert.Equal([options], loopback.Options);
    }

    [Fact]
    public void With_leaves_what_is_not_a_proxy_alone() => Assert.Same(_service, ((ICatalog)_service).With(new RpcCallOptions()));
}
