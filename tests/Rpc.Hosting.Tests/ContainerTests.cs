using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;
using Rpc.TestKit.Conformance;

namespace Rpc.Hosting.Tests;

/// <summary>Log and clock are the container's.</summary>
public sealed class ContainerTests
{
    private readonly string _broker = Hosts.NewBroker();

    [Fact]
    public async Task Clock_that_is_registered_IsThatOfCalls()
    {
        var time = new FakeTimeProvider();
        var gate = new Gate();
        var builder = Hosts.Create();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(gate);
        builder.Services.AddRpcServer(_broker).AddService<IDesk, GateDesk>();
        builder.Services.AddRpcClient(_broker).AddContract<IDesk>();
        await using var host = await builder.StartAsync();

        var call = host.Get<IDesk>().Ask("ever?");
        await gate.ArrivalsAsync();
        time.Advance(TimeSpan.FromSeconds(31));

        var late = await Assert.ThrowsAsync<RpcException>(call.WithinDeadlineAsync);
        Assert.Equal(RpcStatus.DeadlineExceeded, late.Status);
    }

    [Fact]
    public async Task Log_that_is_registered_GetsWhatTheServerSays()
    {
        var builder = Hosts.Create();
        var log = builder.Services.RecordLog();
        builder.Services.AddRpcServer(_broker).AddService<IDesk, BrokenDesk>();
        builder.Services.AddRpcClient(_broker).AddContract<IDesk>();
        await using var host = await builder.StartAsync();

        await Assert.ThrowsAsync<RpcException>(() => host.Get<IDesk>().Ask("?"));

        Assert.Single(log.Lines(200));
    }

    private sealed class BrokenDesk : IDesk
    {
        public Task<string> Ask(string question, CancellationToken cancellationToken = default) => throw new InvalidOperationException("broken");
    }
}
