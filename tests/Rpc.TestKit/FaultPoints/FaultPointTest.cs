using Rpc.Batching;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;
using Rpc.Transport;
using Xunit;

namespace Rpc.TestKit.FaultPoints;

/// <summary>
/// The base of the tests that make one step of a call's way fail: whatever it is, the caller is told once and what the table of outcomes says, the
/// request is settled, nothing stays behind on either side, and the next call works.
/// </summary>
public abstract class FaultPointTest(IConformanceBroker broker) : ConformanceTest(broker)
{
    private RpcServer? _server;

    /// <summary>Writes and reads on the client's side.</summary>
    internal FailingSerializer AtClient { get; } = new();

    /// <summary>Writes and reads on the server's side.</summary>
    internal FailingSerializer AtServer { get; } = new();

    internal SendPoint Sending { get; private set; } = null!;

    internal ReplyPoint Replying { get; private set; } = null!;

    protected RpcClient Client { get; private set; } = null!;

    protected IProbe Probe { get; private set; } = null!;

    /// <summary>Starts a server and a client with all points in place, and a proxy whose calls do not wait for ever.</summary>
    protected async Task StartAsync(ProbeService service, RpcServerOptions? serverOptions = null, RpcClientOptions? clientOptions = null)
    {
        serverOptions ??= new RpcServerOptions();
        serverOptions.Serializer = AtServer;
        clientOptions ??= new RpcClientOptions();
        clientOptions.Serializer = AtClient;
        clientOptions.Retry = RpcRetryOptions.None;
        clientOptions.Batching = Batching;
        _server = Keep(await RpcServer.StartAsync(
            options => Replying = new ReplyPoint(TransportFactory.CreateServer(Address, options)),
            services => services.Add<IProbe>(service, new RpcServiceOptions { Queue = Queue, MaxConcurrency = 2 }),
            serverOptions,
            CancellationToken.None));
        Client = Keep(await RpcClient.ConnectAsync(
            options => Sending = new SendPoint(TransportFactory.CreateClient(Address, options)), clientOptions, CancellationToken.None));
        Probe = Proxy<IProbe>(Client);
        if (Batching)
        {
            ShareMessages<IProbe>(Client, Queue);
        }
    }

    /// <summary>A proxy for calls that are to end by their deadline, and to have come as far as their fault by then, also on a busy machine.</summary>
    protected IProbe Hasty() => Probe.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(1) });

    /// <summary>
    /// Asserts the end of all this: the server serves the next calls, more of them than it has places, each delivery was answered once by a reply that the
    /// broker took, settled once and given back once, and neither side holds anything.
    /// </summary>
    /// <param name="replies">How many replies to the earlier deliveries were taken; by default one to each.</param>
    /// <param name="unmatched">How many replies came late.</param>
    protected async Task AssertWholeAsync(int? replies = null, int unmatched = 0)
    {
        Sending.Meets = null;
        Replying.Meets = null;
        Replying.AcknowledgementMeets = null;
        AtClient.Written = AtServer.Written = null;
        AtClient.Reading = AtServer.Reading = null;
        var before = Replying.Deliveries.Count;
        var next = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Probe.Find($"next {i}"))).WithinDeadlineAsync();
        Assert.Equal("next 0, next 1, next 2, next 3, next 4", string.Join(", ", next));
        Assert.Equal((0, 0, 0, 0), (Client.Calls.Count, Client.Calls.InFlight, Client.Calls.DeadlineCount, Client.Calls.WatchedCount));

        var host = Assert.Single(Replying.Hosts);
        await host.WhenIdleAsync().WithinDeadlineAsync();
        Assert.Equal(0, host.Running.Count);
        var deliveries = Replying.Deliveries;
        Assert.All(deliveries, delivery => Assert.Equal((1, 1), (delivery.Settled, delivery.Released)));
        Assert.Equal(5, deliveries.Skip(before).Sum(delivery => delivery.Replies));
        Assert.Equal(replies ?? deliveries.Take(before).Sum(delivery => delivery.Calls), deliveries.Take(before).Sum(delivery => delivery.Replies));
        Assert.All(deliveries, delivery => Assert.InRange(delivery.Replies, 0, Batching ? BatchFormat.MaxFrames : 1));
        Assert.Equal(unmatched, Client.Calls.Unmatched);
    }

    /// <summary>
    /// Asks as a foreign program does, through a queue of its own, and asserts that one reply comes and, when the server has gone, that it was the only one.
    /// </summary>
    protected async Task<RawEnvelope> OnlyReplyAsync(string question)
    {
        var raw = await RawAsync();
        var reply = await raw.CallAsync(Queue, new RawEnvelope($$"""{"question":"{{question}}"}""") { Type = $"{IProbe.WireName}/Ask" });
        await Assert.Single(Replying.Hosts).WhenIdleAsync().WithinDeadlineAsync();
        await _server!.DisposeAsync();
        await raw.AssertNoMoreRepliesAsync();
        return reply;
    }

    /// <summary>Asserts what a reply says, as it is on the wire.</summary>
    protected static void AssertFault(RawEnvelope reply, RpcStatus status, RpcReason reason, bool mayHaveRun)
    {
        Assert.True(reply.IsFault, reply.Text);
        Assert.Equal(($"{status}", reason == RpcReason.None ? null : $"{reason}", $"{mayHaveRun}"), (reply.Member("status"), reply.Member("reason"), reply.Member("mayHaveRun")));
    }
}
