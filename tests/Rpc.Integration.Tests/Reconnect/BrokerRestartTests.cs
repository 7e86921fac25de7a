using Rpc.TestKit.Broker;

namespace Rpc.Integration.Tests.Reconnect;

/// <summary>What callers see when the broker stops and comes back, over a broker of the test's own.</summary>
public sealed class BrokerRestartTests : IAsyncLifetime
{
    // Longer than the longest pause between attempts to connect, 10 s with jitter.
    private static readonly RpcCallOptions s_patient = new() { Timeout = TimeSpan.FromMinutes(1) };

    private readonly GateService _service = new();
    private PrivateBroker _broker = null!;
    private RpcServer _server = null!;
    private RpcClient _client = null!;
    private IGate _gate = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await BrokerFixture.StartPrivateAsync();
        _server = await RpcServer.StartAsync(_broker.Uri, services => services.Add<IGate>(_service));
        _client = await RpcClient.ConnectAsync(_broker.Uri, new RpcClientOptions { Timeout = TimeSpan.FromMinutes(2) });
        _gate = _client.Create<IGate>().With(s_patient);
    }

    public async ValueTask DisposeAsync()
    {
        _service.Open();
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Broker_restarts_calls_in_flight_fail_at_once_and_waiting_ones_get_through(bool crash)
    {
        var inFlight = _gate.Pass(1, CancellationToken.None);
        await _service.WhenEnteredAsync();

        await (crash ? _broker.KillAsync() : _broker.StopAsync());
        var lost = await Assert.ThrowsAsync<RpcException>(() => inFlight.WaitAsync(TimeSpan.FromSeconds(20)));
        var waiting = Enumerable.Range(0, 100).Select(_gate.Echo).ToArray();
        var impatient = await Assert.ThrowsAsync<RpcException>(() => _gate.With(new RpcCallOptions { WaitForReady = false }).Echo(1));
        var tooLate = await Assert.ThrowsAsync<RpcException>(() => _gate.With(new RpcCallOptions { Timeout = TimeSpan.FromMilliseconds(50) }).Echo(1));

        Assert.Equal((RpcStatus.Unavailable, RpcReason.ConnectionLost, true), (lost.Status, lost.Reason, lost.MayHaveRun));
        Assert.Equal((RpcStatus.Unavailable, RpcReason.NotConnected, false), (impatient.Status, impatient.Reason, impatient.MayHaveRun));
        Assert.Equal((RpcStatus.DeadlineExceeded, RpcReason.NotSent, false), (tooLate.Status, tooLate.Reason, tooLate.MayHaveRun));
        Assert.All(waiting, call => Assert.False(call.IsCompleted));

        await _broker.StartAgainAsync();
        _service.Open();

        // A client that is back before its server finds the durable queue, and the server finds the requests in it.
        Assert.Equal(Enumerable.Range(0, 100), await Task.WhenAll(waiting));
        Assert.Equal(2, await _gate.Pass(2, CancellationToken.None));
        Assert.Equal(0, _client.Calls.Count);
        Assert.Equal(0, _client.Calls.DeadlineCount);
    }

    [Fact]
    public async Task Request_queue_is_deleted_the_server_declares_it_again()
    {
        await using var raw = await TestKit.Raw.RawPeer.ConnectAsync(_broker.Uri);
        await raw.DeleteAsync("rpc." + GateRpc.Service);

        Assert.Equal(3, await CallUntilServedAsync());
    }

    [Fact]
    public async Task Reply_queue_is_deleted_the_client_gets_a_new_one()
    {
        var inFlight = _gate.Pass(1, CancellationToken.None);
        await _service.WhenEnteredAsync();
        var replyQueue = (await _broker.RunCtlAsync("list_queues", "--quiet", "--no-table-headers", "name"))
            .Split('\n', StringSplitOptions.TrimEntries).Single(name => name.StartsWith("rpc.reply.", StringComparison.Ordinal));

        await _broker.RunCtlAsync("delete_queue", replyQueue);

        var lost = await Assert.ThrowsAsync<RpcException>(() => inFlight);
        Assert.Equal(RpcReason.ConnectionLost, lost.Reason);
        Assert.Equal(4, await _gate.Echo(4));
    }

    // Until the server has noticed, the queue is missing, and calls say so at once.
    private async Task<int> CallUntilServedAsync()
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (true)
        {
            try
            {
                return await _gate.Echo(3);
            }
            catch (RpcException missing) when (missing.Reason == RpcReason.NoServer && DateTime.UtcNow < deadline)
            {
                await Task.Yield();
            }
        }
    }
}
