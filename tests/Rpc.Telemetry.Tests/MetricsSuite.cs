using Rpc.Batching;
using Rpc.Telemetry.Tests.Harness;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;

namespace Rpc.Telemetry.Tests;

/// <summary>What is measured of calls, with its attributes.</summary>
public abstract class MetricsSuite(IConformanceBroker broker) : TelemetrySuite(broker)
{
    private static readonly double[] s_seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    [Fact]
    public async Task Durations_AreMeasuredOnBothSidesByTheirClocks()
    {
        var (clients, servers) = (CreateClock(), CreateClock());
        var gate = new Gate();
        await ServeAsync<IProbe>(new ProbeService(Through(gate)), new RpcServerOptions { TimeProvider = servers.Time });
        var proxy = await ConnectAsync<IProbe>(new RpcClientOptions { TimeProvider = clients.Time });

        var call = proxy.Ask("q");
        await gate.ArrivalsAsync();
        clients.Advance(TimeSpan.FromSeconds(5));
        servers.Advance(TimeSpan.FromSeconds(3));
        gate.Open();
        await call.WithinDeadlineAsync();

        AssertDuration("rpc.client.call.duration", 5);
        AssertDuration("rpc.server.call.duration", 3);
    }

    [Fact]
    public async Task Failures_HaveTheirStatusAndReason()
    {
        await ServeAsync<IProbe>(new ProbeService((_, _) => throw new RpcException(RpcStatus.NotFound, "none")));
        var proxy = await ConnectAsync<IProbe>();

        await FailsAsync(proxy.Ask("q"), RpcStatus.NotFound, RpcReason.None, mayHaveRun: true);
        await FailsAsync(proxy.With(new RpcCallOptions { Timeout = TimeSpan.FromTicks(1) }).Tell("q"), RpcStatus.DeadlineExceeded, RpcReason.NotSent, mayHaveRun: false);

        var calls = Recorded.Points("rpc.client.call.duration").ToDictionary(static point => (string)point["rpc.method"]!);
        Assert.Equal(("NotFound", "NotFound"), End(calls["conformance.probe/Ask"]));
        Assert.Equal(("DeadlineExceeded", "NotSent"), End(calls["conformance.probe/Tell"]));
        Assert.Equal(("NotFound", "NotFound"), End(Recorded.Point("rpc.server.call.duration")));
    }

    [Fact]
    public async Task Calls_under_way_AreCountedUpAndDown()
    {
        var gate = new Gate();
        await ServeAsync<IProbe>(new ProbeService(Through(gate)), serviceOptions: new RpcServiceOptions { MaxConcurrency = 2 });
        var proxy = await ConnectAsync<IProbe>();

        var calls = Enumerable.Range(0, 3).Select(_ => proxy.Ask("q")).ToArray();
        await gate.ArrivalsAsync(2);

        var (client, server) = (Recorded.Point("rpc.client.active_calls"), Recorded.Point("rpc.server.active_calls"));
        Assert.Equal((3, 2), (client.Value, server.Value)); // one waits for its turn
        Assert.All([client, server], point =>
        {
            AssertDescribes(name => point[name], "conformance.probe/Ask");
            Assert.Equal("{call}", point.Unit);
        });

        gate.Open();
        await Task.WhenAll(calls).WithinDeadlineAsync();
        await FailsAsync(proxy.With(new RpcCallOptions { Timeout = TimeSpan.FromTicks(1) }).Ask("q"), RpcStatus.DeadlineExceeded, RpcReason.NotSent, mayHaveRun: false);
        Assert.Equal((0, 0), (Recorded.Point("rpc.client.active_calls").Value, Recorded.Point("rpc.server.active_calls").Value));
    }

    [Fact]
    public async Task Wait_for_a_turn_IsMeasured()
    {
        var clock = CreateClock();
        var gate = new Gate();
        var server = await ServeAsync<IProbe>(
            new ProbeService(Through(gate)), new RpcServerOptions { TimeProvider = clock.Time }, new RpcServiceOptions { MaxConcurrency = 1 });
        var raw = await RawAsync();

        await raw.PublishAsync(Queue, TwoCalls() with { ReplyTo = raw.ReplyQueue }); // by themselves, the second would be left at the broker
        await gate.ArrivalsAsync();
        await Eventually.IsTrueAsync(() => server.Hosts[0].Load.Waiting == 1, "the second call waits");
        clock.Advance(TimeSpan.FromSeconds(2));
        gate.Open();
        await Eventually.IsTrueAsync(() => Recorded.Points("rpc.server.call.duration") is [{ Count: 2 }], "both calls are answered");

        var wait = Recorded.Point("rpc.server.queue.duration");
        Assert.Equal((2, 2, "s"), (wait.Count, wait.Value, wait.Unit));
        Assert.Equal(s_seconds, wait.Bounds);
        AssertDescribes(name => wait[name], "conformance.probe/Ask");
        Assert.Equal((1, 2), (Recorded.Point("rpc.server.batch.size").Count, Recorded.Point("rpc.server.batch.size").Value));
    }

    [Fact]
    public async Task Call_that_comes_too_late_IsCountedAsExpiredUnrun()
    {
        var clock = CreateClock();
        var service = new ProbeService((text, _) =>
        {
            clock.Advance(TimeSpan.FromSeconds(20)); // so long it usually takes
            return Task.FromResult(text);
        });
        await ServeAsync<IProbe>(service, new RpcServerOptions { TimeProvider = clock.Time });
        var proxy = await ConnectAsync<IProbe>();
        await proxy.Ask("first");
        Assert.DoesNotContain(Recorded.Points(), static point => point.Metric == "rpc.server.calls.expired");

        await FailsAsync(
            proxy.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(5) }).Ask("second"), RpcStatus.DeadlineExceeded, RpcReason.Expired, mayHaveRun: false);

        var expired = Recorded.Point("rpc.server.calls.expired");
        Assert.Equal((1, "{call}"), (expired.Value, expired.Unit));
        AssertDescribes(name => expired[name], "conformance.probe/Ask");
        Assert.Equal([("DeadlineExceeded", "Expired"), ("Ok", null)], Recorded.Points("rpc.server.call.duration").Select(End).Order());
        Assert.Single(Recorded.Servers); // what was not run has no span in the server
    }

    [Fact]
    public async Task Method_that_does_not_exist_IsNotNamedInTheSendersWords()
    {
        await ServeAsync<IProbe>(new ProbeService());
        var raw = await RawAsync();

        await raw.PublishAsync(Queue, new RawEnvelope("{}") { ReplyTo = raw.ReplyQueue, CorrelationId = "c", Type = "conformance.probe/Whatever", ContentType = "application/json" });
        await raw.NextReplyAsync();

        Assert.Equal(("Unimplemented", "UnknownMethod"), End(Recorded.Point("rpc.server.call.duration")));
        Assert.Equal("_OTHER", Recorded.Point("rpc.server.call.duration")["rpc.method"]);
        Assert.Equal(("rpc", (object?)"_OTHER"), (Recorded.Server.DisplayName, Recorded.Server.GetTagItem("rpc.method")));
    }

    private void AssertDuration(string metric, double seconds)
    {
        var point = Recorded.Point(metric);
        Assert.Equal((1, seconds, "s"), (point.Count, point.Value, point.Unit));
        Assert.Equal(s_seconds, point.Bounds);
        AssertDescribes(name => point[name], "conformance.probe/Ask");
        Assert.Equal(("Ok", null), End(point));
        Assert.Equal(Endpoint.Port is null ? 4 : 5, point.Tags.Count);
    }

    private static (string? Status, string? Error) End(MetricReading point) => ((string?)point["rpc.response.status_code"], (string?)point["error.type"]);

    private static RawEnvelope TwoCalls()
    {
        using var writer = new BatchWriter();
        writer.Begin(new byte[BatchFormat.NonceBytes], sentAt: 0, "application/json");
        for (var number = 1; number <= 2; number++)
        {
            writer.BeginFrame(FrameKind.Request, FrameFlags.RefuseIfUnknown, number);
            writer.WriteText("Ask");
            writer.WriteNumber(0); // no deadline
            writer.WriteNumber(1);
            writer.EndFrame("""{"question":"q"}"""u8);
        }

        return new RawEnvelope(writer.Written.ToArray())
        {
            CorrelationId = "c",
            Type = "conformance.probe",
            ContentType = BatchFormat.ContentType,
            AppId = RawEnvelope.OwnAppId,
        };
    }

    private static Func<string, CancellationToken, Task<string>> Through(Gate gate) => async (text, token) =>
    {
        await gate.PassAsync(token);
        return text;
    };
}
