using Microsoft.Extensions.DependencyInjection;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;

namespace Rpc.Hosting.Tests.Broker;

/// <summary>Hosts over RabbitMQ.</summary>
public sealed class RabbitMqTests(BrokerFixture broker)
{
    private readonly string _queue = $"rpc.hosting.{Guid.NewGuid():N}";

    [Fact]
    public async Task Connection_string_of_the_configuration_IsUsedByBothSides()
    {
        var builder = Hosts.Create(("ConnectionStrings:rabbitmq", await broker.GetAmqpUriAsync()), ("Rpc:Services:IDesk:Queue", _queue));
        builder.Services.AddRpcServer().AddService<IDesk, EchoDesk>();
        builder.Services.AddRpcClient().AddContract<IDesk>();
        await using var host = await builder.StartAsync();

        Assert.Equal("over RabbitMQ", await host.Get<IDesk>().Ask("over RabbitMQ"));
    }

    [Fact]
    public async Task Host_stops_RunningCallFinishes_and_its_reply_arrives()
    {
        var uri = await broker.GetAmqpUriAsync();
        var gate = new Gate();
        await using var outside = await RpcClient.ConnectAsync(uri);
        var builder = Hosts.Create(("Rpc:ConnectionString", uri), ("Rpc:Services:IDesk:Queue", _queue));
        builder.Services.AddSingleton(gate);
        builder.Services.AddRpcServer().AddService<IDesk, GateDesk>();
        await using var host = await builder.StartAsync();
        var running = outside.Create<IDesk>(new RpcRoute { Queue = _queue }).Ask("still here");
        await gate.ArrivalsAsync();

        var stopping = host.StopAsync();
        await Eventually.IsTrueAsync(() => host.Get<HostedServer>().IsStopping, "the server drains");
        Assert.False(stopping.IsCompleted);
        gate.Open();

        Assert.Equal("still here", await running.WithinDeadlineAsync());
        await stopping.WithinDeadlineAsync();
    }

    [Fact]
    public async Task Host_stops_within_its_own_limit_CallersAreTold()
    {
        var uri = await broker.GetAmqpUriAsync();
        var gate = new Gate();
        await using var outside = await RpcClient.ConnectAsync(uri);
        var builder = Hosts.Create(("Rpc:ConnectionString", uri), ("Rpc:Services:IDesk:Queue", _queue));
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        builder.Services.AddSingleton(gate);
        builder.Services.AddRpcServer().AddService<IDesk, GateDesk>();
        var host = await builder.StartAsync();
        var running = outside.Create<IDesk>(new RpcRoute { Queue = _queue }).Ask("ever?");
        await gate.ArrivalsAsync();

        await host.DisposeAsync(); // fails after ten seconds

        var cancelled = await Assert.ThrowsAsync<RpcException>(running.WithinDeadlineAsync);
        Assert.Equal((RpcStatus.Cancelled, true), (cancelled.Status, cancelled.MayHaveRun));
    }
}
