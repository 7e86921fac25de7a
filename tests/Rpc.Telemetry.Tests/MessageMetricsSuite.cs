using System.Diagnostics.Metrics;
using Rpc.Telemetry.Tests.Harness;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;

namespace Rpc.Telemetry.Tests;

/// <summary>What is measured of messages, methods and connections, with its attributes.</summary>
public abstract class MessageMetricsSuite(IConformanceBroker broker) : TelemetrySuite(broker)
{
    [Fact]
    public async Task Calls_per_message_AreMeasuredOnBothSides()
    {
        await ServeAsync<IProbe>(new ProbeService());
        var proxy = await ConnectAsync<IProbe>();
        var made = 0;

        await Eventually.IsTrueAsync(
            async () =>
            {
                await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => proxy.Ask("q")));
                made += 64;
                return Recorded.Point("rpc.client.batch.size") is var size && size.Value > size.Count;
            },
            "calls share a message");

        var (sent, received) = (Recorded.Point("rpc.client.batch.size"), Recorded.Point("rpc.server.batch.size"));
        Assert.Equal((made, made, sent.Count), (sent.Value, received.Value, received.Count));
        Assert.All([sent, received], point =>
        {
            Assert.Equal("{call}", point.Unit);
            Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128], point.Bounds);
            Assert.Equal(("rpc", Queue), (point["rpc.system.name"], point["messaging.destination.name"]));
        });
    }

    [Fact]
    public async Task Listener_that_throws_HarmsNoCall()
    {
        var thrown = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, listens) =>
        {
            if (instrument.Meter.Name == RpcTelemetry.Name && !instrument.IsObservable)
            {
                listens.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, _, _, _) => Throw());
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => Throw());
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Throw());
        listener.Start();
        await ServeAsync<IProbe>(new ProbeService());
        var proxy = await ConnectAsync<IProbe>();
        var first = await proxy.Ask("q").WithinDeadlineAsync();

        for (var round = 0; round < 10; round++)
        {
            Assert.Equal(Enumerable.Repeat(first, 64), await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => proxy.Ask("q"))).WithinDeadlineAsync());
        }

        Assert.InRange(thrown, 64 * 10, int.MaxValue);

        void Throw()
        {
            Interlocked.Increment(ref thrown);
            throw new InvalidOperationException("the listener's own");
        }
    }

    [Fact]
    public async Task Learned_cost_of_methods_IsShownWhileTheClientLives()
    {
        await ServeAsync<IProbe>(new ProbeService());
        var client = await ConnectAsync();
        client.SenderOf(Queue).Policy.CostOf(RpcContract<IProbe>.Get().Methods[0]).Took(250);

        var cost = Recorded.Point("rpc.client.method.cost");

        Assert.Equal((0.00025, "s"), (cost.Value, cost.Unit));
        Assert.Equal(Queue, cost["messaging.destination.name"]);
        AssertDescribes(name => cost[name], RpcContract<IProbe>.Get().Methods[0].Type);
        await client.DisposeAsync();
        Assert.Empty(Recorded.Points("rpc.client.method.cost"));
    }

    [Fact]
    public async Task Reply_that_comes_twice_IsCountedAsUnmatched()
    {
        var (raw, reader) = await ServeByHandAsync();
        var proxy = await ConnectAsync<IProbe>();
        var call = proxy.Ask("q");
        var request = await reader.NextAsync();
        await raw.SucceedAsync(request, "a");
        await call.WithinDeadlineAsync();
        Assert.Empty(Recorded.Points("rpc.client.replies.unmatched"));

        await raw.SucceedAsync(request, "a");

        await Eventually.IsTrueAsync(() => Recorded.Points("rpc.client.replies.unmatched") is [{ Value: 1, Unit: "{reply}" }], "the second reply is counted");
        Assert.Equal("rpc", Recorded.Point("rpc.client.replies.unmatched")["rpc.system.name"]);
    }

    [Fact]
    public async Task Reconnects_AreCountedOnBothSides()
    {
        var path = await OpenPathAsync();
        await ServeAsync<IProbe>(new ProbeService(), path: path);
        var client = await ConnectAsync(path: path);
        Assert.Equal("q", await Proxy<IProbe>(client).Ask("q"));
        Assert.DoesNotContain(Recorded.Points(), static point => point.Metric.EndsWith("reconnects", StringComparison.Ordinal));

        await path.CutAsync();

        await Eventually.IsTrueAsync(() => Recorded.Points().Where(static point => point.Metric.EndsWith("reconnects", StringComparison.Ordinal)).Sum(static point => point.Value) == 2, "both sides are back");
        var (clients, servers) = (Recorded.Point("rpc.client.reconnects"), Recorded.Point("rpc.server.reconnects"));
        Assert.All([clients, servers], static point => Assert.Equal((1, "{reconnect}", "rpc"), (point.Value, point.Unit, point["rpc.system.name"])));
        Assert.All([clients, servers], static point => Assert.NotNull(point["server.address"]));
        Assert.Equal(Queue, servers["messaging.destination.name"]);
    }

    [Fact]
    public async Task Private_queues_AreNowhere()
    {
        await ServeAsync<IProbe>(new ProbeService());
        var proxy = await ConnectAsync<IProbe>();
        await proxy.Ask("q");

        var words = Recorded.Spans.SelectMany(static span => span.TagObjects.Append(new("name", span.DisplayName)))
            .Concat(Recorded.Points().SelectMany(static point => point.Tags.Append(new("name", point.Metric))))
            .Select(static tag => $"{tag.Value}")
            .ToList();

        Assert.Contains(Queue, words);
        Assert.All(words, static word => Assert.DoesNotMatch("^(rpc\\.reply|rpc\\.instance|amq)\\.", word));
    }
}
