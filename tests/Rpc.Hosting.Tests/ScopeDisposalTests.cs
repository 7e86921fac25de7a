using Microsoft.Extensions.DependencyInjection;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;
using Rpc.TestKit.Conformance;

namespace Rpc.Hosting.Tests;

/// <summary>The scope of a call is disposed of when the call has ended, however it ends.</summary>
public sealed class ScopeDisposalTests
{
    private readonly string _broker = Hosts.NewBroker();
    private readonly ServiceJournal _journal = new();

    [Fact]
    public async Task Call_that_fails_LeavesItsScopeToo()
    {
        await using var host = await StartAsync(static server => server.AddService<IDesk, LoggingDesk>());
        var before = _journal.Disposed;

        await Assert.ThrowsAsync<RpcException>(() => host.Get<IDesk>().Ask("throw"));

        await Eventually.IsTrueAsync(() => _journal.Disposed == before + 1, "the service is disposed of");
    }

    [Fact]
    public async Task Call_that_is_cancelled_LeavesItsScopeToo()
    {
        await using var host = await StartAsync(static server => server.AddService<IDesk, LoggingDesk>());
        var before = _journal.Disposed;

        using var source = new CancellationTokenSource();

        var call = host.Get<IDesk>().Ask("wait", source.Token);
        await _journal.Entered.ArrivalsAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(call.WithinDeadlineAsync);

        await Eventually.IsTrueAsync(() => _journal.Disposed == before + 1, "the service is disposed of");
    }

    [Fact]
    public async Task Disposal_that_fails_IsLogged_and_the_reply_stands()
    {
        var builder = Builder();
        var log = builder.Services.RecordLog();
        builder.Services.AddRpcServer(_broker).AddService<IDesk, LoggingDesk>();
        await using var host = await builder.StartAsync();

        Assert.Equal("fail disposal", await host.Get<IDesk>().Ask("fail disposal"));

        await Eventually.IsTrueAsync(() => log.Lines(207).Count == 1, "the failure is logged");
        Assert.Equal("cannot be disposed of", log.Lines(207)[0].Exception!.Message);
    }

    [Fact]
    public async Task Disposal_that_hangs_HoldsUpNoReply()
    {
        await using var host = await StartAsync(static server => server.AddService<IDesk, LoggingDesk>());
        try
        {
            Assert.Equal("hang disposal", await host.Get<IDesk>().Ask("hang disposal").WithinDeadlineAsync());
        }
        finally
        {
            _journal.Release.TrySetResult();
        }
    }

    [Fact]
    public async Task Reply_that_waits_for_a_connection_KeepsNoScope()
    {
        await using var host = await StartAsync(static server => server.AddService<IDesk, LoggingDesk>());
        var before = _journal.Disposed;
        var call = host.Get<IDesk>().Ask("wait");
        await _journal.Entered.ArrivalsAsync();
        var broker = Transport.Memory.MemoryBroker.Get(_broker["memory://".Length..]);

        broker.Stop();
        _journal.Entered.Open();

        await Eventually.IsTrueAsync(() => _journal.Disposed == before + 1, "the service is disposed of while its reply waits");
        broker.Start();
        Assert.Equal(RpcReason.ConnectionLost, (await Assert.ThrowsAsync<RpcException>(call.WithinDeadlineAsync)).Reason); // of this caller
    }

    private Microsoft.Extensions.Hosting.HostApplicationBuilder Builder()
    {
        var builder = Hosts.Create();
        builder.Services.AddSingleton(_journal);
        builder.Services.AddRpcClient(_broker).AddContract<IDesk>();
        return builder;
    }

    private Task<RunningHost> StartAsync(Action<RpcServerBuilder> configure)
    {
        var builder = Builder();
        configure(builder.Services.AddRpcServer(_broker));
        return builder.StartAsync();
    }
}
