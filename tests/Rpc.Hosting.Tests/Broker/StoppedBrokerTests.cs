using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;
using Rpc.TestKit.Broker;

namespace Rpc.Hosting.Tests.Broker;

/// <summary>What hosts do while RabbitMQ is stopped, over a broker of the test's own.</summary>
public sealed class StoppedBrokerTests : IAsyncLifetime
{
    // Starting a node takes seconds, and attempts to connect are up to ten seconds apart.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private PrivateBroker _broker = null!;

    public async ValueTask InitializeAsync() => _broker = await BrokerFixture.StartPrivateAsync();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task Health_SaysThatTheBrokerIsGone_and_that_it_is_back()
    {
        await using var host = await Builder().StartAsync();
        Assert.Equal(HealthStatus.Healthy, (await ReportAsync(host.Services)).Status);

        await _broker.StopAsync();
        var report = await WhenAsync(host.Services, HealthStatus.Unhealthy, "rpc-client", "rpc-server");

        Assert.Equal(false, report.Entries["rpc-client"].Data["connected"]);
        Assert.Contains($"amqp://127.0.0.1:{_broker.Port}", (string)report.Entries["rpc-client"].Data["reason"], StringComparison.Ordinal);
        Assert.Contains("is not open", (string)report.Entries["rpc-server"].Data["rpc.Rpc.Hosting.Tests.Contracts.IDesk"], StringComparison.Ordinal);
        Assert.DoesNotContain("guest", string.Join(' ', report.Entries.Values.SelectMany(static entry => entry.Data.Values)), StringComparison.Ordinal);

        await _broker.StartAgainAsync();
        await WhenAsync(host.Services, HealthStatus.Healthy, "rpc-client", "rpc-server");
        Assert.Equal("back", await host.Get<IDesk>().Ask("back"));
    }

    [Fact]
    public async Task Host_that_does_not_wait_for_the_broker_DoesNotStart_one_that_waits_starts_with_it()
    {
        await _broker.StopAsync();
        var failed = await Assert.ThrowsAsync<RpcException>(() => Builder().StartAsync());
        Assert.Equal(RpcReason.NotConnected, failed.Reason);
        Assert.Contains($"127.0.0.1:{_broker.Port}", failed.Message, StringComparison.Ordinal);

        using var host = Builder(("Rpc:Client:WaitForBroker", "true"), ("Rpc:Server:WaitForBroker", "true")).Build();
        var starting = host.StartAsync();
        await _broker.StartAgainAsync();

        await starting.WaitAsync(s_patience);
        Assert.Equal("at last", await host.Services.GetRequiredService<IDesk>().Ask("at last"));
        await host.StopAsync();
    }

    [Fact]
    public async Task Client_without_a_host_CannotConnectAndIsTold_and_connects_when_the_broker_is_there()
    {
        await using var server = await RpcServer.StartAsync(_broker.Uri, static services => services.Add<IDesk>(new EchoDesk()));
        await _broker.StopAsync();
        var services = new ServiceCollection();
        services.AddRpcClient(_broker.Uri, static options => options.Timeout = s_patience).AddContract<IDesk>();
        await using var provider = services.BuildServiceProvider();
        var desk = provider.GetRequiredService<IDesk>();

        var failed = await Assert.ThrowsAsync<RpcException>(() => desk.Ask("?"));
        Assert.Equal((RpcStatus.Unavailable, RpcReason.NotConnected, false), (failed.Status, failed.Reason, failed.MayHaveRun));

        await _broker.StartAgainAsync();
        Assert.Equal("there", await desk.Ask("there")); // the queue is durable, so the request waits for its server
    }

    private static Task<HealthReport> ReportAsync(IServiceProvider services) => services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    private static async Task<HealthReport> WhenAsync(IServiceProvider services, HealthStatus status, params string[] checks)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var report = await ReportAsync(services);
            if (checks.All(check => report.Entries[check].Status == status))
            {
                return report;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < s_patience, $"Not {status} within {s_patience}.");
            await poll.WaitForNextTickAsync();
        }
    }

    private HostApplicationBuilder Builder(params (string, string?)[] configuration)
    {
        var builder = Hosts.Create([.. configuration, ("ConnectionStrings:rabbitmq", _broker.Uri)]);
        builder.Services.AddLogging();
        builder.Services.AddRpcServer().AddService<IDesk, EchoDesk>();
        builder.Services.AddRpcClient().AddContract<IDesk>();
        builder.Services.AddHealthChecks().AddRpcClient().AddRpcServer();
        return builder;
    }
}
