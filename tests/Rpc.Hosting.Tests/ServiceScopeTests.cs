using Microsoft.Extensions.DependencyInjection;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;
using Rpc.TestKit.Conformance;

namespace Rpc.Hosting.Tests;

/// <summary>Each call has a scope of its own, which its service comes from.</summary>
public sealed class ServiceScopeTests
{
    private readonly string _broker = Hosts.NewBroker();
    private readonly ServiceJournal _journal = new();

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
