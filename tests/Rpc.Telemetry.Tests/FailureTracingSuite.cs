using System.Diagnostics;
using Rpc.Telemetry.Tests.Harness;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;

namespace Rpc.Telemetry.Tests;

/// <summary>The spans of calls that fail or are made again.</summary>
public abstract class FailureTracingSuite(IConformanceBroker broker) : TelemetrySuite(broker)
{
    private static readonly RpcRetryOptions s_quick = new() { MaxAttempts = 100, Delay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public async Task Refusal_IsAnErrorForTheCallerAndNoneForTheServer()
    {
        await ServeAsync<IProbe>(new ProbeService((_, _) => throw new RpcException(RpcStatus.NotFound, "no customer Smith")));
        var proxy = await ConnectAsync<IProbe>();

        await FailsAsync(proxy.Ask("q"), RpcStatus.NotFound, RpcReason.None, mayHaveRun: true);

        AssertEnded(Recorded.Client, "NotFound", "NotFound", ActivityStatusCode.Error, "NotFound/None");
        AssertEnded(Recorded.Server, "NotFound", "NotFound", ActivityStatusCode.Unset, null);
        AssertSaysNothingOf("Smith");
    }

    [Fact]
    public async Task Bug_of_a_handler_IsAnErrorOnBothSides()
    {
        await ServeAsync<IProbe>(new ProbeService((_, _) => throw new InvalidOperationException("secret")));
        var proxy = await ConnectAsync<IProbe>();

        await FailsAsync(proxy.Ask("q"), RpcStatus.Internal, RpcReason.Handler, mayHaveRun: true);

        AssertEnded(Recorded.Client, "Internal", "Handler", ActivityStatusCode.Error, "Internal/Handler");
        AssertEnded(Recorded.Server, "Internal", "Handler", ActivityStatusCode.Error, "Internal/Handler");
        AssertSaysNothingOf("secret");
    }

    [Fact]
    public async Task Call_that_nobody_serves_HasAClientSpanAlone()
    {
        var proxy = await ConnectAsync<IProbe>();

        await FailsAsync(proxy.Ask("q"), RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false);

        AssertEnded(Assert.Single(Recorded.Spans), "Unavailable", "NoServer", ActivityStatusCode.Error, "Unavailable/NoServer");
    }

    [Fact]
    public async Task Call_that_is_cancelled_by_its_caller_SaysSo()
    {
        var gate = new Gate();
        await ServeAsync<IProbe>(new ProbeService(async (text, token) =>
        {
            await gate.PassAsync(token);
            return text;
        }));
        var proxy = await ConnectAsync<IProbe>();
        using var cancelling = new CancellationTokenSource();
        var call = proxy.Ask("q", cancelling.Token);
        await gate.ArrivalsAsync();

        await cancelling.CancelAsync();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal(cancelling.Token, cancelled.CancellationToken);
        Assert.True(call.IsCanceled);
        AssertEnded(Recorded.Client, "Cancelled", "Cancelled", ActivityStatusCode.Error, "Cancelled");
        gate.Open();
    }

    [Fact]
    public async Task Exception_of_a_client_filter_IsNamedByItsType()
    {
        var proxy = await ConnectAsync<IProbe>(new RpcClientOptions { Filters = { new ClientFilter((_, _) => throw new FormatException("secret")) } });

        await Assert.ThrowsAsync<FormatException>(() => proxy.Ask("q"));

        AssertEnded(Recorded.Client, null, "System.FormatException", ActivityStatusCode.Error, null);
    }

    [Fact]
    public async Task Attempts_AreEventsOfOneSpan_and_the_server_knows_which_it_got()
    {
        var log = new LogRecorder();
        var proxy = await ConnectAsync<IProbe>(new RpcClientOptions { Retry = s_quick, LoggerFactory = log });
        var call = proxy.Ask("early");
        await Eventually.IsTrueAsync(() => log.Lines(100).Count > 0, "the call is made again");

        await ServeAsync<IProbe>(new ProbeService());
        Assert.Equal("early", await call.WithinDeadlineAsync());

        var client = Recorded.Client;
        var retries = client.Events.ToList();
        Assert.NotEmpty(retries);
        Assert.All(retries.Index(), static retry =>
        {
            Assert.Equal("rpc.retry", retry.Item.Name);
            Assert.Equal(
                [KeyValuePair.Create<string, object?>("rpc.attempt", retry.Index + 2), KeyValuePair.Create<string, object?>("error.type", "NoServer")], retry.Item.Tags);
        });
        Assert.Equal(retries.Count, client.GetTagItem("rpc.retry_count"));
        AssertEnded(client, "Ok", null, ActivityStatusCode.Unset, null);
        Assert.Equal(retries.Count + 1, Recorded.Server.GetTagItem("rpc.attempt"));
        Assert.Equal(client.SpanId, Recorded.Server.ParentSpanId);
        Assert.Equal(("NoServer", (double)retries.Count), (Recorded.Point("rpc.client.call.retries")["error.type"], Recorded.Point("rpc.client.call.retries").Value));
        Assert.Equal("conformance.probe/Ask is called again, attempt 2: the one before ended as Unavailable/NoServer", log.Lines(100)[0].Text);
    }

    [Fact]
    public async Task Retries_inside_a_filters_own_span_StayEventsOfTheCalls()
    {
        using var source = new ActivitySource("test");
        using var listener = new ActivityListener { ShouldListenTo = of => of == source, Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        var proxy = await ConnectAsync<IProbe>(new RpcClientOptions
        {
            Retry = s_quick with { MaxAttempts = 2, NoServerWindow = TimeSpan.FromMilliseconds(50) },
            Filters =
            {
                new ClientFilter(async (context, next) =>
                {
                    using var own = source.StartActivity("own");
                    await next(context);
                }),
            },
        });

        await FailsAsync(proxy.Ask("q"), RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false);

        Assert.NotEmpty(Recorded.Client.Events);
    }

    private static void AssertEnded(Activity span, string? status, string? error, ActivityStatusCode code, string? text)
    {
        Assert.Equal((status, error), ((string?)span.GetTagItem("rpc.response.status_code"), (string?)span.GetTagItem("error.type")));
        Assert.Equal((code, text), (span.Status, span.StatusDescription));
    }

    private void AssertSaysNothingOf(string text) => Assert.All(Recorded.Spans, span =>
    {
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains(text, StringComparison.Ordinal));
        Assert.DoesNotContain(text, span.StatusDescription ?? string.Empty, StringComparison.Ordinal);
        Assert.Empty(span.Events);
    });
}
