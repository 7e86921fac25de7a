using System.Diagnostics;
using Rpc.Telemetry.Tests.Harness;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;

namespace Rpc.Telemetry.Tests;

/// <summary>The spans of calls that succeed, and how they hang together.</summary>
public abstract class TracingSuite(IConformanceBroker broker) : TelemetrySuite(broker)
{
    [Fact]
    public async Task Call_IsOneTraceWithAClientSpanAndAServerSpan()
    {
        await ServeAsync<IProbe>(new ProbeService());
        var proxy = await ConnectAsync<IProbe>();
        using var ambient = Ambient();

        await proxy.Ask("q");

        Assert.Same(ambient, Activity.Current);
        var (client, server) = (Recorded.Client, Recorded.Server);
        Assert.Equal("conformance.probe/Ask", client.DisplayName);
        Assert.Equal("conformance.probe/Ask", server.DisplayName);
        Assert.Equal((ambient.TraceId, ambient.SpanId), (client.TraceId, client.ParentSpanId));
        Assert.Equal((client.TraceId, client.SpanId), (server.TraceId, server.ParentSpanId));
        Assert.True(server.HasRemoteParent);
        Assert.All([client, server], span =>
        {
            AssertDescribes(span.GetTagItem, "conformance.probe/Ask");
            Assert.Equal("Ok", span.GetTagItem("rpc.response.status_code"));
            Assert.Equal(Queue, span.GetTagItem("messaging.destination.name"));
            Assert.Equal(Endpoint.Port is null ? null : "rabbitmq", span.GetTagItem("messaging.system"));
            Assert.Null(span.GetTagItem("error.type"));
            Assert.Equal(ActivityStatusCode.Unset, span.Status);
            Assert.Empty(span.Events);
        });
    }

    [Fact]
    public async Task Nested_call_IsAChildOfTheServersSpan()
    {
        var innerQueue = NewQueue();
        var inner = (await ConnectAsync()).Create<ISquares>(new RpcRoute { Queue = innerQueue });
        await ServeAsync<ISquares>(new SquaresService(), serviceOptions: new RpcServiceOptions { Queue = innerQueue });
        await ServeAsync<IProbe>(new ProbeService(async (text, _) => $"{text}{await inner.Square(7)}"));
        var outer = await ConnectAsync<IProbe>();

        Assert.Equal("q49", await outer.Ask("q"));

        var (innerClient, outerClient) = (Recorded.Clients[0], Recorded.Clients[1]); // in the order in which they end
        var (innerServer, outerServer) = (Recorded.Servers[0], Recorded.Servers[1]);
        Assert.Equal(outerClient.SpanId, outerServer.ParentSpanId);
        Assert.Equal(outerServer.SpanId, innerClient.ParentSpanId);
        Assert.Equal(innerClient.SpanId, innerServer.ParentSpanId);
        Assert.Single(Recorded.Spans.Select(static span => span.TraceId).Distinct());
    }

    [Fact]
    public async Task Calls_that_share_a_message_KeepTheirOwnTraces()
    {
        await ServeAsync<IProbe>(new ProbeService((_, _) => Task.FromResult(Activity.Current!.TraceId.ToString())));
        var proxy = await ConnectAsync<IProbe>();

        await Eventually.IsTrueAsync(
            async () =>
            {
                await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => CallInTraceAsync()));
                return Recorded.Point("rpc.client.batch.size") is var size && size.Value > size.Count;
            },
            "calls share a message");

        Assert.Equal(0, Recorded.Clients.Count % 64);
        Assert.Equal(Recorded.Clients.Count, Recorded.Servers.Count);
        Assert.NotEmpty(Recorded.Servers);
        var parents = Recorded.Clients.ToDictionary(static span => span.SpanId);
        Assert.All(Recorded.Servers, server => Assert.Equal(parents[server.ParentSpanId].TraceId, server.TraceId));

        async Task CallInTraceAsync()
        {
            await Task.Yield(); // a context of its own for each
            using var ambient = Ambient();
            Assert.Equal(ambient.TraceId.ToString(), await proxy.Ask("q"));
        }
    }

    [Fact]
    public async Task Trace_state_TravelsAlong()
    {
        string? state = null;
        await ServeAsync<IProbe>(new ProbeService((text, _) => Task.FromResult(state = Activity.Current!.TraceStateString)!));
        var proxy = await ConnectAsync<IProbe>();
        using var ambient = Ambient();
        ambient.TraceStateString = "vendor=7";

        await proxy.Ask("q");

        Assert.Equal("vendor=7", state);
    }

    [Fact]
    public async Task Trace_is_not_among_the_headers_of_the_program()
    {
        IReadOnlyDictionary<string, string>? bare = null, withOwn = null;
        await ServeAsync<IProbe>(new ProbeService((text, _) =>
        {
            (text == "own" ? ref withOwn : ref bare) = RpcCallContext.Current!.Headers;
            return Task.FromResult(text);
        }));
        var proxy = await ConnectAsync<IProbe>();

        await proxy.Ask("q");
        await proxy.With(new RpcCallOptions { Headers = new RpcHeaders { ["tenant"] = "blue" } }).Ask("own");

        Assert.Empty(bare!);
        Assert.Equal([KeyValuePair.Create("tenant", "blue")], withOwn!);
        Assert.All(Recorded.Servers, static server => Assert.NotEqual(default, server.ParentSpanId));
    }

    [Fact]
    public async Task Foreign_callers_trace_IsContinued()
    {
        IReadOnlyDictionary<string, string>? headers = null;
        await ServeAsync<IProbe>(new ProbeService((text, _) =>
        {
            headers = RpcCallContext.Current!.Headers;
            return Task.FromResult(text);
        }));
        var raw = await RawAsync();

        await raw.PublishAsync(Queue, Request("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=b") with { ReplyTo = raw.ReplyQueue });
        await raw.NextReplyAsync();
        await raw.PublishAsync(Queue, Request("00-0-nonsense", "a=b") with { ReplyTo = raw.ReplyQueue });
        await raw.NextReplyAsync();

        var (continued, fresh) = (Recorded.Servers[0], Recorded.Servers[1]);
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "a=b"), ($"{continued.TraceId}", $"{continued.ParentSpanId}", continued.TraceStateString));
        Assert.Equal(default, fresh.ParentSpanId);
        Assert.Empty(headers!);

        static RawEnvelope Request(string parent, string state) => new("""{"question":"q"}""")
        {
            CorrelationId = "c",
            Type = "conformance.probe/Ask",
            ContentType = "application/json",
            Headers = new Dictionary<string, string> { ["traceparent"] = parent, ["tracestate"] = state },
        };
    }

    [Fact]
    public async Task Span_is_current_in_filters_and_handler_and_not_outside()
    {
        var current = new List<Activity?>();
        await ServeAsync<IProbe>(
            new ProbeService((text, _) =>
            {
                current.Add(Activity.Current);
                return Task.FromResult(text);
            }),
            new RpcServerOptions { Filters = { new ServerFilter(LookAsync) } });
        var proxy = await ConnectAsync<IProbe>(new RpcClientOptions { Filters = { new ClientFilter(LookAsync) } });

        await proxy.Ask("q");

        Assert.Null(Activity.Current);
        Assert.Equal([Recorded.Client, Recorded.Server, Recorded.Server], current);

        ValueTask LookAsync<T>(T context, Func<T, ValueTask> next)
        {
            current.Add(Activity.Current);
            return next(context);
        }
    }

    [Fact]
    public async Task One_way_call_HasBothSpans()
    {
        var service = new TrialService();
        await ServeAsync<ITrial>(service);
        var proxy = await ConnectAsync<ITrial>();

        await proxy.Note("n");

        await Eventually.IsTrueAsync(() => Recorded.Servers.Count == 1, "the server's span ends");
        Assert.Equal(Recorded.Client.SpanId, Recorded.Server.ParentSpanId);
    }
}
