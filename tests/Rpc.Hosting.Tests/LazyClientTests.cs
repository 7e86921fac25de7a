using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Rpc.Hosting.Tests.Contracts;
using Rpc.Hosting.Tests.Harness;
using Rpc.TestKit.Conformance;

namespace Rpc.Hosting.Tests;

/// <summary>A client of a container without a host connects for its first call.</summary>
public sealed class LazyClientTests
{
    private readonly string _broker = Hosts.NewBroker();

    [Fact]
    public async Task First_call_Connects()
    {
        await using var server = await RpcServer.StartAsync(_broker, static services => services.Add<IDesk>(new EchoDesk()));
        await using var provider = Provide(_broker);
        var client = provider.GetRequiredService<RpcClient>();
        Assert.Contains("is not open: nothing has asked for it yet", client.Health.ToString(), StringComparison.Ordinal);

        Assert.Equal(["a", "b"], await Task.WhenAll(provider.GetRequiredService<IDesk>().Ask("a"), provider.GetRequiredService<IDesk>().Ask("b")));

        Assert.True(client.Health.IsHealthy);
    }

    [Fact]
    public async Task Client_that_was_never_called_IsDisposedWithoutConnecting()
    {
        var provider = Provide(Unreachable());
        var client = provider.GetRequiredService<RpcClient>();

        await provider.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.Create<IDesk>().Ask("?"));
    }

    [Fact]
    public async Task Broker_that_cannot_be_reached_IsToldAtOnce()
    {
        var address = Unreachable();
        await using var provider = Provide(address);

        var failed = await Assert.ThrowsAsync<RpcException>(() => provider.GetRequiredService<IDesk>().Ask("?").WithinDeadlineAsync());

        Assert.Equal((RpcStatus.Unavailable, RpcReason.NotConnected, false), (failed.Status, failed.Reason, failed.MayHaveRun));
        Assert.Contains($"127.0.0.1:{new Uri(address).Port}", failed.Message, StringComparison.Ordinal);
        Assert.Contains("the client was to connect for its first call, and could not", failed.Message, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{new Uri(address).Port}", provider.GetRequiredService<RpcClient>().Health.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, provider.GetRequiredService<RpcClient>().Calls.Count);
    }

    [Fact]
    public async Task Client_that_waits_for_the_broker_WaitsInsideTheDeadline()
    {
        await using var provider = Provide(Unreachable(), static options => (options.WaitForBroker, options.Timeout) = (true, TimeSpan.FromMilliseconds(300)));

        var failed = await Assert.ThrowsAsync<RpcException>(() => provider.GetRequiredService<IDesk>().Ask("?").WithinDeadlineAsync());

        Assert.Equal((RpcStatus.DeadlineExceeded, RpcReason.NotSent, false), (failed.Status, failed.Reason, failed.MayHaveRun));
    }

    [Fact]
    public async Task Container_is_disposed_of_while_it_connects_CallsEnd()
    {
        var provider = Provide(Unreachable(), static options => options.WaitForBroker = true);
        var call = provider.GetRequiredService<IDesk>().Ask("?");

        await provider.DisposeAsync().AsTask().WithinDeadlineAsync();

        var failed = await Assert.ThrowsAsync<RpcException>(call.WithinDeadlineAsync);
        Assert.Equal(RpcReason.Disposed, failed.Reason);
    }

    [Fact]
    public async Task Call_that_does_not_wait_FailsAtOnce_and_has_the_client_connect()
    {
        await using var server = await RpcServer.StartAsync(_broker, static services => services.Add<IDesk>(new EchoDesk()));
        await using var provider = Provide(_broker, static options => (options.WaitForReady, options.Retry) = (false, RpcRetryOptions.None));
        var desk = provider.GetRequiredService<IDesk>();

        var failed = await Assert.ThrowsAsync<RpcException>(() => desk.Ask("?"));

        Assert.Equal(RpcReason.NotConnected, failed.Reason);
        await Eventually.IsTrueAsync(() => provider.GetRequiredService<RpcClient>().Health.IsHealthy, "the client is connected");
        Assert.Equal("!", await desk.Ask("!"));
    }

    [Fact]
    public async Task Caller_that_cancels_DoesNotCancelTheConnectingOfOthers()
    {
        await using var provider = Provide(Unreachable(), static options => (options.WaitForBroker, options.Timeout) = (true, TimeSpan.FromSeconds(3)));
        using var source = new CancellationTokenSource();
        var cancelled = provider.GetRequiredService<IDesk>().Ask("?", source.Token);
        var other = provider.GetRequiredService<IDesk>().Ask("?");

        await source.CancelAsync();

        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(cancelled.WithinDeadlineAsync)).CancellationToken);
        Assert.Equal(RpcStatus.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(other.WithinDeadlineAsync)).Status);
    }

    [Fact]
    public async Task Options_that_are_not_valid_AreToldByTheFirstWhoAsks()
    {
        await using var provider = Provide(_broker, static options => options.MaxInFlight = 0);

        var refused = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(provider.GetRequiredService<IDesk>);

        Assert.Contains("MaxInFlight must be 1 to 10,000,000", refused.Message, StringComparison.Ordinal);
    }

    // A port that was free a moment ago, and that nobody listens on.
    private static string Unreachable()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return $"amqp://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}";
    }

    private static ServiceProvider Provide(string broker, Action<RpcClientOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddRpcClient(broker, configure).AddContract<IDesk>();
        return services.BuildServiceProvider();
    }
}
