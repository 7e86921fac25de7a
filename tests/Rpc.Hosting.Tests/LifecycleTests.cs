using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;
using Rpc.TestKit.Conformance;

namespace Rpc.Hosting.Tests;

/// <summary>What starts and stops when, with the host.</summary>
public sealed class LifecycleTests
{
    private readonly string _broker = Hosts.NewBroker();
    private readonly Gate _gate = new();

    [Fact]
    public async Task Client_IsConnectedBeforeAnythingStarts_and_closed_after_everything_has_stopped()
    {
        await using var server = await RpcServer.StartAsync(_broker, static services => services.Add<ITill>(new TillService()));
        var builder = Hosts.Create();
        var caller = new CallingService();
        builder.Services.AddSingleton<IHostedService>(services => caller.With(services)); // registered first: started first, stopped last
        builder.Services.AddRpcClient(_broker).AddContract<ITill>();
        IHost host = builder.Build();
        try
        {
            await host.StartAsync();
            await host.StopAsync();

            Assert.True(caller.WasConnectedAtStart);
            Assert.Equal(7, caller.CountedAtStop);
            await Assert.ThrowsAsync<ObjectDisposedException>(host.Services.GetRequiredService<ITill>().Count);
        }
        finally
        {
            await ((IAsyncDisposable)host).DisposeAsync();
        }
    }

    [Fact]
    public async Task Host_stops_RunningCallsFinish_and_can_still_call()
    {
        await using var till = await RpcServer.StartAsync(_broker, static services => services.Add<ITill>(new TillService()));
        await using var outside = await RpcClient.ConnectAsync(_broker);
        var builder = Hosts.Create();
        builder.Services.AddSingleton(_gate);
        builder.Services.AddRpcServer(_broker).AddService<IDesk, CountingDesk>();
        builder.Services.AddRpcClient(_broker).AddContract<ITill>(); // registered last, and yet closed last
        await using var host = await builder.StartAsync();
        var running = outside.Create<IDesk>().Ask("?");
        await _gate.ArrivalsAsync();

        var stopping = host.StopAsync();
        await Eventually.IsTrueAsync(() => host.Get<HostedServer>().IsStopping, "the server drains");
        Assert.False(running.IsCompleted);
        Assert.False(stopping.IsCompleted);
        _gate.Open();

        Assert.Equal("7", await running.WithinDeadlineAsync());
        await stopping.WithinDeadlineAsync();
    }

    [Fact]
    public async Task Host_has_less_time_than_the_server_would_take_ItsLimitCounts()
    {
        await using var outside = await RpcClient.ConnectAsync(_broker);
        var builder = Hosts.Create();
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        builder.Services.AddSingleton(_gate);
        builder.Services.AddRpcServer(_broker, static options => options.DrainTimeout = TimeSpan.FromHours(1)).AddService<IDesk, GateDesk>();
        var host = await builder.StartAsync();
        var running = outside.Create<IDesk>().Ask("ever?");
        await _gate.ArrivalsAsync();

        await host.DisposeAsync(); // fails after ten seconds

        var cancelled = await Assert.ThrowsAsync<RpcException>(running.WithinDeadlineAsync);
        Assert.Equal((RpcStatus.Cancelled, true), (cancelled.Status, cancelled.MayHaveRun));
    }

    [Fact]
    public async Task Handler_that_obeys_no_token_DoesNotKeepTheHost()
    {
        await using var outside = await RpcClient.ConnectAsync(_broker);
        var builder = Hosts.Create();
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        builder.Services.AddSingleton(_gate);
        builder.Services.AddRpcServer(_broker, static options => options.DrainTimeout = TimeSpan.FromHours(1)).AddService<IDesk, DeafDesk>();
        var host = await builder.StartAsync();
        var running = outside.Create<IDesk>().Ask("ever?");
        await _gate.ArrivalsAsync();

        await host.DisposeAsync(); // fails after ten seconds
        Assert.False(running.IsCompleted);
        _gate.Open();
    }

    [Fact]
    public async Task Container_is_disposed_of_without_a_stop_TheServerDrainsBeforeItsClientsClose()
    {
        await using var till = await RpcServer.StartAsync(_broker, static services => services.Add<ITill>(new TillService()));
        await using var outside = await RpcClient.ConnectAsync(_broker);
        var builder = Hosts.Create();
        builder.Services.AddSingleton(_gate);
        builder.Services.AddRpcServer(_broker).AddService<IDesk, CountingDesk>();
        builder.Services.AddRpcClient(_broker).AddContract<ITill>();
        var host = builder.Build();
        await host.StartAsync();
        var hosted = host.Services.GetRequiredService<HostedServer>();
        var running = outside.Create<IDesk>().Ask("?");
        await _gate.ArrivalsAsync();

        var disposing = ((IAsyncDisposable)host).DisposeAsync().AsTask();
        await Eventually.IsTrueAsync(() => hosted.IsStopping, "the server drains");
        _gate.Open();

        Assert.Equal("7", await running.WithinDeadlineAsync());
        await disposing.WithinDeadlineAsync();
    }

    [Fact]
    public async Task Host_that_does_not_start_LeavesNoClientBehind()
    {
        var builder = Hosts.Create();
        builder.Services.AddRpcClient(_broker).AddContract<ITill>();
        builder.Services.AddSingleton<IHostedService>(static services => new FailingService(services.GetRequiredService<RpcClient>()));
        RpcClient? client = null;
        FailingService.Made = made => client = made;

        await Assert.ThrowsAsync<InvalidOperationException>(() => builder.StartAsync());

        await Assert.ThrowsAsync<ObjectDisposedException>(client!.Create<ITill>().Count);
    }

    private sealed class CountingDesk(Gate gate, ITill till) : IDesk
    {
        public async Task<string> Ask(string question, CancellationToken cancellationToken = default)
        {
            await gate.PassAsync(cancellationToken);
            return $"{await till.Count()}";
        }
    }

    private sealed class DeafDesk(Gate gate) : IDesk
    {
        public async Task<string> Ask(string question, CancellationToken cancellationToken = default)
        {
            await gate.PassAsync(CancellationToken.None);
            return question;
        }
    }

    private sealed class CallingService : IHostedService
    {
        private IServiceProvider _services = null!;

        public bool WasConnectedAtStart { get; private set; }

        public int CountedAtStop { get; private set; }

        public CallingService With(IServiceProvider services)
        {
            _services = services;
            return this;
        }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            WasConnectedAtStart = _services.GetRequiredService<RpcClient>().Health.IsHealthy;
            return Task.CompletedTask;
        }

        public async Task StopAsync(CancellationToken cancellationToken) => CountedAtStop = await _services.GetRequiredService<ITill>().Count();
    }

    private sealed class FailingService(RpcClient client) : IHostedService
    {
        public static Action<RpcClient> Made { get; set; } = static _ => { };

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Made(client);
            throw new InvalidOperationException("does not start");
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
