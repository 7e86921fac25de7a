using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;
using Rpc.TestKit.Conformance;

namespace Rpc.Hosting.Tests;

/// <summary>Which options follow the configuration while the host runs.</summary>
public sealed class ReloadTests
{
    private readonly string _broker = Hosts.NewBroker();
    private readonly Gate _gate = new();

    [Theory]
    [InlineData(null, "Rpc:Client:Timeout")]
    [InlineData("billing", "Rpc:Clients:billing:Timeout")]
    public async Task Timeout_FollowsTheConfiguration(string? name, string key)
    {
        var (builder, desk) = Builder(name, (key, "01:00:00"));
        await using var host = await builder.StartAsync();
        var patient = desk(host.Services).Ask("?");

        Change(builder, key, "00:00:00.05");

        var late = await Assert.ThrowsAsync<RpcException>(() => desk(host.Services).Ask("?").WithinDeadlineAsync());
        Assert.Equal(RpcStatus.DeadlineExceeded, late.Status);
        Assert.False(patient.IsCompleted); // has what it was made with
        _gate.Open();
        Assert.Equal("?", await patient.WithinDeadlineAsync());
    }

    [Fact]
    public async Task Limit_of_calls_under_way_FollowsTheConfiguration()
    {
        var (builder, desk) = Builder(null);
        await using var host = await builder.StartAsync();
        var first = desk(host.Services).Ask("?");

        Change(builder, "Rpc:Client:MaxInFlight", "1");

        var refused = await Assert.ThrowsAsync<RpcException>(() => desk(host.Services).Ask("?"));
        Assert.Equal(RpcReason.TooManyInFlight, refused.Reason);
        _gate.Open();
        await first.WithinDeadlineAsync();
    }

    [Fact]
    public async Task Waiting_for_a_connection_FollowsTheConfiguration()
    {
        var (builder, desk) = Builder(null, ("Rpc:Client:Retry:MaxAttempts", "1"));
        await using var host = await builder.StartAsync();
        var broker = Transport.Memory.MemoryBroker.Get(_broker["memory://".Length..]);
        broker.Stop();
        try
        {
            Change(builder, "Rpc:Client:WaitForReady", "false");

            var refused = await Assert.ThrowsAsync<RpcException>(() => desk(host.Services).Ask("?").WithinDeadlineAsync());
            Assert.Equal(RpcReason.NotConnected, refused.Reason);
        }
        finally
        {
            broker.Start();
        }
    }

    [Fact]
    public async Task Value_that_is_not_valid_IsLogged_and_the_former_stays()
    {
        var (builder, desk) = Builder(null, ("Rpc:Client:Timeout", "01:00:00"));
        var log = builder.Services.RecordLog();
        await using var host = await builder.StartAsync();

        Change(builder, "Rpc:Client:Timeout", "soon");

        Assert.Contains("'Rpc:Client:Timeout' is 'soon'", Assert.Single(log.Lines(400)).Text, StringComparison.Ordinal);
        _gate.Open();
        Assert.Equal("?", await desk(host.Services).Ask("?"));

        Change(builder, "Rpc:Client:Timeout", "00:00:00.000001");
        await Assert.ThrowsAsync<RpcException>(() => desk(host.Services).Ask("?"));
    }

    [Fact]
    public async Task Change_of_options_that_a_program_announces_itself_IsTakenOver()
    {
        var changes = new Changes();
        var timeout = TimeSpan.FromHours(1);
        var (builder, desk) = Builder(null);
        builder.Services.AddSingleton<IOptionsChangeTokenSource<RpcClientOptions>>(changes);
        builder.Services.Configure<RpcClientOptions>(options => options.Timeout = timeout);
        await using var host = await builder.StartAsync();

        timeout = TimeSpan.FromMilliseconds(50);
        changes.Announce();

        var late = await Assert.ThrowsAsync<RpcException>(() => desk(host.Services).Ask("?").WithinDeadlineAsync());
        Assert.Equal(RpcStatus.DeadlineExceeded, late.Status);
        _gate.Open();
    }

    [Fact]
    public async Task Configuration_that_changes_after_the_host_has_stopped_ChangesNothing()
    {
        var (builder, _) = Builder(null);
        var log = builder.Services.RecordLog();
        await using var host = await builder.StartAsync();
        await host.StopAsync();

        Change(builder, "Rpc:Client:Timeout", "soon");

        Assert.Empty(log.Lines(400));
    }

    private static void Change(HostApplicationBuilder builder, string key, string value)
    {
        builder.Configuration[key] = value;
        ((IConfigurationRoot)builder.Configuration).Reload();
    }

    private (HostApplicationBuilder Builder, Func<IServiceProvider, IDesk> Desk) Builder(string? name, params (string, string?)[] configuration)
    {
        var builder = Hosts.Create(configuration);
        builder.Services.AddSingleton(_gate);
        builder.Services.AddRpcServer(_broker).AddService<IDesk, GateDesk>();
        _ = (name is null ? builder.Services.AddRpcClient(_broker) : builder.Services.AddKeyedRpcClient(name, _broker)).AddContract<IDesk>();
        return (builder, services => name is null ? services.GetRequiredService<IDesk>() : services.GetRequiredKeyedService<IDesk>(name));
    }

    private sealed class Changes : IOptionsChangeTokenSource<RpcClientOptions>
    {
        private ConfigurationReloadToken _token = new();

        public string Name => Options.DefaultName;

        public IChangeToken GetChangeToken() => _token;

        public void Announce()
        {
            var former = _token;
            _token = new ConfigurationReloadToken();
            former.OnReload();
        }
    }
}
