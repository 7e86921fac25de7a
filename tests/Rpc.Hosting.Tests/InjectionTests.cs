using Microsoft.Extensions.DependencyInjection;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;

namespace Rpc.Hosting.Tests;

/// <summary>What can be injected once a client or server is registered.</summary>
public sealed class InjectionTests
{
    private readonly string _broker = Hosts.NewBroker();

    [Fact]
    public async Task Contract_that_was_added_IsAProxyOfTheClient()
    {
        var builder = Hosts.Create();
        builder.Services.AddRpcServer(_broker).AddService<IDesk, EchoDesk>();
        builder.Services.AddRpcClient(_broker).AddContract<IDesk>();
        await using var host = await builder.StartAsync();

        Assert.IsAssignableFrom<IRpcProxy>(host.Get<IDesk>());
        Assert.Equal("open?", await host.Get<IDesk>().Ask("open?"));
        Assert.Equal("open?", await host.Get<RpcClient>().Create<IDesk>().Ask("open?"));
        Assert.Same(host.Get<RpcClient>(), host.Get<RpcClient>());
    }

    [Fact]
    public async Task Contract_that_is_served_IsNotRegistered()
    {
        var builder = Hosts.Create();
        builder.Services.AddRpcServer(_broker).AddService<IDesk, EchoDesk>();
        await using var host = await builder.StartAsync();

        Assert.Null(host.Services.GetService<IDesk>());
    }

    [Fact]
    public async Task Clients_with_names_AreKeyedServicesOfTheirOwnBrokers()
    {
        var other = Hosts.NewBroker();
        await using var here = await RpcServer.StartAsync(_broker, static services => services.Add<IDesk>(new NamedDesk("here")));
        await using var there = await RpcServer.StartAsync(other, static services => services.Add<IDesk>(new NamedDesk("there")));
        var builder = Hosts.Create(("ConnectionStrings:there", other));
        builder.Services.AddRpcClient(_broker).AddContract<IDesk>();
        builder.Services.AddKeyedRpcClient("here", _broker).AddContract<IDesk>();
        builder.Services.AddKeyedRpcClient("there").AddContract<IDesk>();
        await using var host = await builder.StartAsync();

        Assert.Equal("here", await host.Get<IDesk>().Ask("who?"));
        Assert.Equal("here", await host.Get<IDesk>("here").Ask("who?"));
        Assert.Equal("there", await host.Get<IDesk>("there").Ask("who?"));
        Assert.Equal("there", await host.Get<RpcClient>("there").Create<IDesk>().Ask("who?"));
        Assert.NotSame(host.Get<RpcClient>(), host.Get<RpcClient>("here"));
        Assert.Null(host.Services.GetKeyedService<IDesk>("elsewhere"));
    }

    [Fact]
    public async Task Route_and_options_of_a_contract_AreThoseOfItsCalls()
    {
        await using var server = await RpcServer.StartAsync(
            _broker, static services => services.Add<IDesk>(new HeaderDesk(), new RpcServiceOptions { Queue = "elsewhere" }));
        var builder = Hosts.Create();
        builder.Services.AddRpcClient(_broker).AddContract<IDesk>(
            new RpcRoute { Queue = "elsewhere" }, new RpcCallOptions { Headers = new RpcHeaders { ["tenant"] = "blue" } });
        await using var host = await builder.StartAsync();

        Assert.Equal("blue", await host.Get<IDesk>().Ask("tenant"));
    }

    [Fact]
    public async Task Options_in_code_AreTheClients()
    {
        await using var server = await RpcServer.StartAsync(_broker, static services => services.Add<IDesk>(new StuckDesk()));
        var builder = Hosts.Create();
        builder.Services.AddRpcClient(_broker, static options => options.Timeout = TimeSpan.FromMilliseconds(40)).AddContract<IDesk>();
        await using var host = await builder.StartAsync();

        var late = await Assert.ThrowsAsync<RpcException>(() => host.Get<IDesk>().Ask("ever?"));

        Assert.Equal(RpcStatus.DeadlineExceeded, late.Status);
    }

    [Fact]
    public async Task Registered_several_times_IsOneClientAndOneServer()
    {
        var builder = Hosts.Create();
        builder.Services.AddRpcServer(_broker).AddService<IDesk, EchoDesk>();
        builder.Services.AddRpcServer().AddService<ITill, TillService>();
        builder.Services.AddRpcClient(_broker).AddContract<IDesk>();
        builder.Services.AddRpcClient(_broker).AddContract<ITill>();
        await using var host = await builder.StartAsync();

        Assert.Single(host.Services.GetServices<RpcClient>());
        Assert.Equal("one", await host.Get<IDesk>().Ask("one"));
        Assert.Equal(7, await host.Get<ITill>().Count());
    }

    [Fact]
    public void Another_connection_string_IsRefused()
    {
        var services = new ServiceCollection();
        services.AddRpcClient("memory://a");

        var refused = Assert.Throws<ArgumentException>(() => services.AddRpcClient("memory://b"));

        Assert.Contains("AddKeyedRpcClient", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_and_connection_string_CannotBeConfused()
    {
        var services = new ServiceCollection();

        Assert.Contains("name", Assert.Throws<ArgumentException>(() => services.AddKeyedRpcClient("amqp://localhost")).Message, StringComparison.Ordinal);
        Assert.Contains("not a URI", Assert.Throws<ArgumentException>(() => services.AddRpcClient("billing")).Message, StringComparison.Ordinal);
        Assert.Empty(services);
    }

    [Fact]
    public void What_is_no_contract_IsRefusedWhenItIsAdded()
    {
        var services = new ServiceCollection();

        var client = Assert.Throws<InvalidOperationException>(() => services.AddRpcClient(_broker).AddContract<IComparable>());
        var server = Assert.Throws<InvalidOperationException>(() => services.AddRpcServer(_broker).AddService<IComparable, Order>());

        Assert.All([client, server], static refused => Assert.Contains("[RpcService]", refused.Message, StringComparison.Ordinal));
    }

    private sealed class NamedDesk(string name) : IDesk
    {
        public Task<string> Ask(string question, CancellationToken cancellationToken = default) => Task.FromResult(name);
    }

    private sealed class HeaderDesk : IDesk
    {
        public Task<string> Ask(string question, CancellationToken cancellationToken = default) => Task.FromResult(RpcCallContext.Current!.Headers[question]);
    }

    private sealed class StuckDesk : IDesk
    {
        public async Task<string> Ask(string question, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return question;
        }
    }

    private sealed class Order : IComparable
    {
        public int CompareTo(object? obj) => 0;
    }
}
