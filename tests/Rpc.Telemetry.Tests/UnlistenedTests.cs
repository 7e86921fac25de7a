using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Trace;
using Rpc.Diagnostics;
using Rpc.Runtime.Tests.Conformance;
using Rpc.Telemetry.Tests.Harness;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;

namespace Rpc.Telemetry.Tests;

/// <summary>What is left of telemetry where nobody listens, or listens to others.</summary>
public sealed class UnlistenedTests() : ConformanceTest(new MemoryConformanceBroker())
{
    [Fact]
    public async Task Nobody_listens_NothingIsMadeOrSent()
    {
        var (raw, reader) = await ServeByHandAsync();
        var call = (await ConnectAsync<IProbe>()).Ask("q");

        var request = await reader.NextAsync();
        await raw.SucceedAsync(request, $"{Activity.Current}");

        Assert.Empty(request.Headers);
        Assert.Equal(string.Empty, await call.WithinDeadlineAsync());
    }

    [Fact]
    public async Task Nobody_listens_HandlersHaveNoSpan()
    {
        var spans = new List<Activity?>();
        await ServeAsync<IProbe>(new ProbeService((text, _) =>
        {
            spans.Add(Activity.Current);
            return Task.FromResult(text);
        }));

        await (await ConnectAsync<IProbe>()).Ask("q");

        Assert.Equal([null], spans);
    }

    [Fact]
    public async Task Nobody_listens_ProgramsOwnTraceIsPassedOnAllTheSame()
    {
        var (raw, reader) = await ServeByHandAsync();
        var proxy = await ConnectAsync<IProbe>();
        using var ambient = new Activity("program's").SetIdFormat(ActivityIdFormat.W3C).Start();

        var call = proxy.With(new RpcCallOptions { Headers = new RpcHeaders { ["tenant"] = "blue" } }).Ask("q");
        var request = await reader.NextAsync();
        await raw.SucceedAsync(request, "a");
        await call.WithinDeadlineAsync();

        Assert.Equal(
            new Dictionary<string, string> { ["tenant"] = "blue", ["traceparent"] = ambient.Id! }, request.Headers.ToDictionary(StringComparer.Ordinal));
        Assert.Empty(ambient.TagObjects);
    }

    [Fact]
    public async Task Trace_that_is_not_recorded_StaysSoBehindTheCall()
    {
        using var recorder = new Recorder(new ParentBasedSampler(new AlwaysOffSampler()));
        var (raw, reader) = await ServeByHandAsync();

        var call = (await ConnectAsync<IProbe>()).Ask("q");
        var request = await reader.NextAsync();
        await raw.SucceedAsync(request, "a");
        await call.WithinDeadlineAsync();

        Assert.EndsWith("-00", request.Headers["traceparent"], StringComparison.Ordinal);
        Assert.Empty(recorder.Spans);
        Assert.Equal(1, recorder.Point("rpc.client.call.duration").Count); // metrics count every call
    }

    [Fact]
    public void Nobody_listens_NoHookAllocates()
    {
        var server = new ServerTelemetry(Queue, broker: null);
        var method = RpcContract<IProbe>.Get().Methods[0];
        Use();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            Use();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Use()
        {
            Assert.False(ClientTelemetry.IsOn);
            Assert.False(ServerTelemetry.IsOn);
            Assert.Null(TracedHeaders.Add(null));
            ClientTelemetry.MessageSent("queue", 1);
            ClientTelemetry.Unmatched();
            server.MessageReceived(1);
            server.Answered(method, TimeSpan.Zero, RpcStatus.NotFound, RpcReason.Expired);
        }
    }

    [Fact]
    public async Task Listener_that_comes_while_calls_run_IsNotToldOfTheirEndsAlone()
    {
        var gate = new Gate();
        await ServeAsync<IProbe>(new ProbeService(async (text, token) =>
        {
            await gate.PassAsync(token);
            return text;
        }));
        var call = (await ConnectAsync<IProbe>()).Ask("q");
        await gate.ArrivalsAsync();

        using var recorder = new Recorder();
        gate.Open();
        await call.WithinDeadlineAsync();

        Assert.DoesNotContain(recorder.Points(), static point => point.Metric.EndsWith("active_calls", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_metric_alone_can_be_listened_to()
    {
        var seen = new List<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, of) =>
        {
            if (instrument is { Name: "rpc.server.queue.duration", Meter.Name: RpcTelemetry.Name })
            {
                of.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => seen.Add(value));
        listener.Start();
        await ServeAsync<IProbe>(new ProbeService());

        await (await ConnectAsync<IProbe>()).Ask("q");

        Assert.Single(seen);
    }

    [Theory]
    [InlineData("traceparent")]
    [InlineData("tracestate")]
    [InlineData("TraceParent")]
    public void Trace_CannotBeForgedByHeaders(string name)
    {
        var refused = Assert.Throws<ArgumentException>(() => new RpcHeaders { [name] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" });
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
    }
}
