using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;
using Rpc.TestKit.Conformance;
using Rpc.Transport.Memory;

namespace Rpc.Hosting.Tests;

/// <summary>What the health checks say, and with which data.</summary>
public sealed class HealthCheckTests
{
    private const string Queue = "rpc.Rpc.Hosting.Tests.Contracts.IDesk";

    private readonly string _broker = Hosts.NewBroker();
    private readonly Gate _gate = new();

    [Fact]
    public async Task Client_and_server_that_work_AreHealthy()
    {
        var builder = Builder();
        builder.Services.AddKeyedRpcClient("billing", _broker);
        builder.Services.AddHealthChecks().AddRpcClient("billing", tags: ["ready"]);
        await using var host = await builder.StartAsync();

        var report = await ReportAsync(host.Services);

        Assert.Equal(["rpc-client", "rpc-client-billing", "rpc-server"], report.Entries.Keys.Order());
        Assert.All(report.Entries.Values, static entry => Assert.Equal(HealthStatus.Healthy, entry.Status));
        Assert.Equal((true, false), (report.Entries["rpc-client"].Data["connected"], report.Entries["rpc-client"].Data["blocked"]));
        Assert.Equal(["ready"], report.Entries["rpc-client-billing"].Tags);
        Assert.Equal("0 of 64 calls run, 0 of at most 4096 wait", report.Entries["rpc-server"].Data[Queue]);
    }

    [Fact]
    public async Task Broker_that_does_not_read_MakesBothUnhealthy()
    {
        await using var host = await Builder().StartAsync();
        var broker = MemoryBroker.Get(_broker["memory://".Length..]);
        broker.Block();

        var report = await ReportAsync(host.Services);
        broker.Unblock();

        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Unhealthy), (report.Entries["rpc-client"].Status, report.Entries["rpc-server"].Status));
        Assert.Equal(true, report.Entries["rpc-client"].Data["blocked"]);
        Assert.Equal($"The broker {_broker} does not read.", report.Entries["rpc-client"].Data["reason"]);
        Assert.Equal($"The broker {_broker} does not read.", report.Entries["rpc-server"].Description);
        Assert.Equal(HealthStatus.Healthy, (await ReportAsync(host.Services)).Status);
    }

    [Fact]
    public async Task Connection_that_is_lost_IsNamedWithTheQueue()
    {
        await using var host = await Builder().StartAsync();
        var broker = MemoryBroker.Get(_broker["memory://".Length..]);
        broker.Stop();

        var report = await ReportAsync(host.Services);
        broker.Start();

        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Unhealthy), (report.Entries["rpc-client"].Status, report.Entries["rpc-server"].Status));
        Assert.Equal(false, report.Entries["rpc-client"].Data["connected"]);
        Assert.Contains(_broker, (string)report.Entries["rpc-client"].Data["reason"], StringComparison.Ordinal);
        Assert.Equal($"The queue '{Queue}' is not open: the connection was lost.", report.Entries["rpc-server"].Data[Queue]);
        Assert.Contains(Queue, report.Entries["rpc-server"].Description, StringComparison.Ordinal);
        await Eventually.IsTrueAsync(async () => (await ReportAsync(host.Services)).Status == HealthStatus.Healthy, "all is well again");
    }

    [Fact]
    public async Task Service_at_its_limit_IsDegraded_and_says_how_many_wait()
    {
        var builder = Builder(static options => options with { MaxConcurrency = 1, MaxQueued = 5 });
        await using var host = await builder.StartAsync();
        var first = host.Services.GetRequiredService<IDesk>().Ask("?");
        await _gate.ArrivalsAsync();

        var entry = (await ReportAsync(host.Services)).Entries["rpc-server"];
        _gate.Open();
        await first.WithinDeadlineAsync();

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal("1 of 1 calls run, 0 of at most 5 wait", entry.Data[Queue]);
        Assert.Equal($"The queue '{Queue}' is at its limit: 1 of 1 calls run, 0 of at most 5 wait.", entry.Description);
        await Eventually.IsTrueAsync(async () => (await ReportAsync(host.Services)).Status == HealthStatus.Healthy, "the service has room again");
    }

    [Fact]
    public async Task Before_the_start_and_after_the_stop_BothAreUnhealthy()
    {
        using var host = Builder().Build();

        var before = await ReportAsync(host.Services);
        await host.StartAsync();
        await host.StopAsync();
        var after = await ReportAsync(host.Services);

        Assert.Contains("is not open: nothing has asked for it yet", before.Entries["rpc-client"].Description, StringComparison.Ordinal);
        Assert.Equal("The server has not started.", before.Entries["rpc-server"].Description);
        Assert.Equal("The server is stopping, and takes no more calls.", after.Entries["rpc-server"].Description);
        Assert.All(before.Entries.Values.Concat(after.Entries.Values), static entry => Assert.Equal(HealthStatus.Unhealthy, entry.Status));
    }

    [Fact]
    public async Task Server_that_drains_IsUnhealthy_so_that_nobody_is_sent_to_it()
    {
        await using var outside = await RpcClient.ConnectAsync(_broker);
        await using var host = await Builder().StartAsync();
        var running = outside.Create<IDesk>().Ask("?");
        await _gate.ArrivalsAsync();

        var stopping = host.StopAsync();
        await Eventually.IsTrueAsync(async () => (await ReportAsync(host.Services)).Entries["rpc-server"].Status == HealthStatus.Unhealthy, "the server is stopping");
        Assert.False(stopping.IsCompleted);
        _gate.Open();

        await running.WithinDeadlineAsync();
        await stopping.WithinDeadlineAsync();
    }

    [Fact]
    public async Task Check_of_what_was_not_registered_SaysSo_with_the_status_that_was_asked_for()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddHealthChecks().AddRpcClient(failureStatus: HealthStatus.Degraded).AddRpcClient("billing").AddRpcServer(HealthStatus.Degraded);
        await using var provider = services.BuildServiceProvider();

        var report = await ReportAsync(provider);

        Assert.Equal((HealthStatus.Degraded, "There is no RPC client: AddRpcClient was not called."), StatusOf("rpc-client"));
        Assert.Equal((HealthStatus.Unhealthy, "There is no RPC client 'billing': AddKeyedRpcClient was not called with this name."), StatusOf("rpc-client-billing"));
        Assert.Equal((HealthStatus.Degraded, "There is no RPC server: AddRpcServer was not called."), StatusOf("rpc-server"));

        (HealthStatus, string?) StatusOf(string name) => (report.Entries[name].Status, report.Entries[name].Description);
    }

    private static Task<HealthReport> ReportAsync(IServiceProvider services) => services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    private HostApplicationBuilder Builder(Func<RpcServiceOptions, RpcServiceOptions>? configure = null)
    {
        var builder = Hosts.Create();
        builder.Services.AddLogging();
        builder.Services.AddSingleton(_gate);
        builder.Services.AddRpcServer(_broker).AddService<IDesk, GateDesk>(configure: configure);
        builder.Services.AddRpcClient(_broker).AddContract<IDesk>();
        builder.Services.AddHealthChecks().AddRpcClient().AddRpcServer();
        return builder;
    }
}
