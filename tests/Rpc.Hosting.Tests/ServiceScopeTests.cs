using Microsoft.Extensions.DependencyInjection;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;
using Rpc.TestKit.Conformance;

namespace Rpc.Hosting.Tests;

/// <summary>Each call has a scope of its own, which is disposed of when the call has ended, however it ends.</summary>
public sealed class ServiceScopeTests
{
    private readonly string _broker = Hosts.NewBroker();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData(ServiceLifetime.Scoped, 2, 2)]
    [InlineData(ServiceLifetime.Transient, 2, 2)]
    [InlineData(ServiceLifetime.Singleton, 1, 0)]
    public async Task Service_IsMadeAsItsLifetimeSays(ServiceLifetime lifetime, int made, int disposed)
    {
        await using var host = await StartAsync(server => server.AddService<IDesk, LoggingDesk>(lifetime));
        var trial = (_journal.Made, _journal.Disposed);

        await host.Get<IDesk>().Ask("one");
        await host.Get<IDesk>().Ask("two");

        // The start has made one as a trial; of singletons that one serves.
        await Eventually.IsTrueAsync(() => _journal.Disposed - trial.Disposed == disposed, "what the calls had is disposed of");
        Assert.Equal(made, _journal.Made - trial.Made + (lifetime == ServiceLifetime.Singleton ? 1 : 0));
    }

    [Fact]
    public async Task Service_that_is_registered_already_KeepsItsLifetime()
    {
        var builder = Builder();
        builder.Services.AddSingleton<LoggingDesk>();
        builder.Services.AddRpcServer(_broker).AddService<IDesk, LoggingDesk>();
        await using var host = await builder.StartAsync();

        await host.Get<IDesk>().Ask("one");
        await host.Get<IDesk>().Ask("two");

        Assert.Equal(1, _journal.Made);
    }

    [Fact]
    public void Lifetime_that_differs_from_the_registration_IsRefused()
    {
        var services = new ServiceCollection();
        services.AddSingleton<EchoDesk>();

        var refused = Assert.Throws<ArgumentException>(() => services.AddRpcServer(_broker).AddService<IDesk, EchoDesk>(ServiceLifetime.Scoped));

        Assert.Contains("Singleton", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_and_what_it_depends_on_ShareTheScope_and_calls_do_not()
    {
        var builder = Builder();
        builder.Services.AddScoped<Ticket>();
        builder.Services.AddRpcServer(_broker).AddService<IDesk, TicketDesk>();
        await using var host = await builder.StartAsync();

        var first = await host.Get<IDesk>().Ask("?");
        var second = await host.Get<IDesk>().Ask("?");

        Assert.EndsWith("same", first, StringComparison.Ordinal);
        Assert.NotEqual(first, second);
    }

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

    [Fact]
    public async Task Bases_that_are_contracts_AreServedOutOfScopesToo()
    {
        var builder = Builder();
        builder.Services.AddRpcServer(_broker).AddService<ICountingDesk, LoggingDesk>();
        await using var host = await builder.StartAsync();
        var before = (_journal.Made, _journal.Disposed);

        Assert.Equal("of the base", await host.Get<IDesk>().Ask("of the base"));

        await Eventually.IsTrueAsync(() => (_journal.Made, _journal.Disposed) == (before.Made + 1, before.Disposed + 1), "one was made and disposed of");
    }

    [Fact]
    public async Task Service_that_cannot_be_made_for_a_call_DidNotRun()
    {
        await using var host = await StartAsync(static server => server.AddService<IDesk, LoggingDesk>());
        _journal.Broken = true;

        var failed = await Assert.ThrowsAsync<RpcException>(() => host.Get<IDesk>().Ask("one"));

        Assert.Equal((RpcStatus.Internal, RpcReason.Handler, false), (failed.Status, failed.Reason, failed.MayHaveRun));
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

    private sealed class Journal
    {
        private int _made;
        private int _disposed;

        public int Made => Volatile.Read(ref _made);

        public int Disposed => Volatile.Read(ref _disposed);

        public bool Broken { get; set; }

        public Gate Entered { get; } = new();

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Make()
        {
            Interlocked.Increment(ref _made);
            if (Broken)
            {
                throw new InvalidOperationException("broken");
            }
        }

        public void Dispose() => Interlocked.Increment(ref _disposed);
    }

    private sealed class LoggingDesk : ICountingDesk, IAsyncDisposable
    {
        private readonly Journal _journal;
        private string _asked = string.Empty;

        public LoggingDesk(Journal journal)
        {
            _journal = journal;
            journal.Make();
        }

        public Task<int> Count() => Task.FromResult(_journal.Made);

        public async Task<string> Ask(string question, CancellationToken cancellationToken = default)
        {
            _asked = question;
            if (question == "wait")
            {
                await _journal.Entered.PassAsync(cancellationToken);
            }

            return question == "throw" ? throw new InvalidOperationException("thrown") : question;
        }

        public async ValueTask DisposeAsync()
        {
            _journal.Dispose();
            if (_asked == "fail disposal")
            {
                throw new InvalidOperationException("cannot be disposed of");
            }

            if (_asked == "hang disposal")
            {
                await _journal.Release.Task;
            }
        }
    }

    private sealed class Ticket
    {
        public string Id { get; } = Guid.NewGuid().ToString("N");
    }

    private sealed class TicketDesk(Ticket ticket, IServiceProvider services) : IDesk
    {
        public Task<string> Ask(string question, CancellationToken cancellationToken = default) =>
            Task.FromResult($"{ticket.Id} {(services.GetRequiredService<Ticket>() == ticket ? "same" : "other")}");
    }
}
