using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Calls that handlers make: what they take over from the call that is served, and what they do not.</summary>
public abstract class NestedCallConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private static readonly TimeSpan s_twenty = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Inner_call_has_no_more_time_than_is_left_of_the_outer_one()
    {
        var serversClock = CreateClock();
        var (raw, reader, inner) = await ServeInnerByHandAsync(new RpcClientOptions { TimeProvider = CreateClock().Time });
        await ServeAsync<ITrial>(
            new TrialService(async _ =>
            {
                var first = await inner.Run("first");
                serversClock.Advance(TimeSpan.FromSeconds(5));
                return first + await inner.Run("second") + await inner.With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(1) }).Run("third");
            }),
            new RpcServerOptions { TimeProvider = serversClock.Time });
        var outer = await ConnectAsync<ITrial>(new RpcClientOptions { TimeProvider = CreateClock().Time, Timeout = s_twenty });

        var call = outer.Run("q");
        var times = new List<long?>();
        for (var i = 0; i < 3; i++)
        {
            var request = await reader.NextAsync();
            times.Add(request.TimeToLive);
            await raw.SucceedAsync(request, TrialMessages.ArgumentOf(request));
        }

        Assert.Equal("firstsecondthird", await call.WithinDeadlineAsync());
        Assert.Equal([20_000, 15_000, 1_000], times);
    }

    [Fact]
    public async Task Inner_call_of_one_that_is_out_of_time_is_not_sent()
    {
        var clock = CreateClock();
        var (raw, reader, inner) = await ServeInnerByHandAsync();
        OperationCanceledException? cancelled = null;
        var service = new TrialService(async (text, token) =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Eventually.IsTrueAsync(() => token.IsCancellationRequested, "the handler's token fires");
            cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inner.Run("too late", CancellationToken.None));
            return $"{cancelled.CancellationToken == token}";
        });
        await ServeAsync<ITrial>(service, new RpcServerOptions { TimeProvider = clock.Time });

        Assert.Equal("True", await (await ConnectAsync<ITrial>()).Run("q").WithinDeadlineAsync());

        var last = inner.Run("in time");
        var request = await reader.NextAsync();
        await raw.SucceedAsync(request, "a");
        Assert.Equal("a", await last.WithinDeadlineAsync());
        Assert.Equal("in time", TrialMessages.ArgumentOf(request));
    }

    [Fact]
    public async Task Inner_call_is_cancelled_with_the_outer_one()
    {
        var clock = CreateClock();
        var (innerQueue, gate) = (NewQueue(), new Gate());
        var cancelled = new TaskCompletionSource<bool>();
        var options = new RpcServerOptions { TimeProvider = clock.Time };
        await ServeAsync<ITrial>(
            new TrialService(async (text, token) =>
            {
                await gate.PassAsync(token);
                return text;
            }),
            options,
            new RpcServiceOptions { Queue = innerQueue });
        var innerClient = await ConnectAsync();
        var inner = Proxy<ITrial>(innerClient, innerQueue);
        await ServeAsync<ITrial>(
            new TrialService(async (text, token) =>
            {
                try
                {
                    return await inner.Run(text, CancellationToken.None); // the handler passes nothing on by itself
                }
                catch (OperationCanceledException thrown)
                {
                    cancelled.SetResult(thrown.CancellationToken == token);
                    throw;
                }
            }),
            new RpcServerOptions { TimeProvider = clock.Time });
        var client = await ConnectAsync();
        using var source = new CancellationTokenSource();

        var call = Proxy<ITrial>(client).Run("q", source.Token);
        await gate.ArrivalsAsync();
        clock.Advance(TimeSpan.FromMilliseconds(500));
        await Eventually.IsTrueAsync(() => client.Calls.WatchedCount == 1 && innerClient.Calls.WatchedCount == 1, "both servers have said that they are at it");
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WithinDeadlineAsync());
        Assert.True(await cancelled.Task.WithinDeadlineAsync());
        AssertNothingPending(innerClient);
    }

    [Fact]
    public async Task Nothing_else_passes_on_but_the_headers_that_the_options_name()
    {
        var (raw, reader, inner) = await ServeInnerByHandAsync(new RpcClientOptions { PassedOnHeaders = { "tenant", "language", "absent" } });
        await ServeAsync<ITrial>(new TrialService(text =>
            inner.With(new RpcCallOptions { Headers = new RpcHeaders { ["language"] = "own", ["more"] = "own" } }).Run(text)));
        var outer = await RawAsync();

        await outer.PublishAsync(Queue, TrialMessages.Request("Run", "q") with
        {
            ReplyTo = outer.ReplyQueue,
            CorrelationId = "client.1",
            Attempt = 3,
            TimeToLive = 10_000_000,
            Headers = new Dictionary<string, string> { ["tenant"] = "blue", ["language"] = "da", ["secret"] = "swordfish" },
        });
        var request = await reader.NextAsync();
        await raw.SucceedAsync(request, "a");
        Assert.Equal("\"a\"", (await outer.NextReplyAsync()).Text);

        Assert.Equal(new Dictionary<string, string> { ["tenant"] = "blue", ["language"] = "own", ["more"] = "own" }, request.Headers.ToDictionary());
        Assert.NotEqual(outer.ReplyQueue, request.ReplyTo);
        Assert.NotEqual("client.1", request.CorrelationId);
        Assert.InRange(request.TimeToLive!.Value, 1, 30_000);
        Assert.Null(request.Attempt);
    }

    [Fact]
    public async Task What_an_inner_call_did_not_run_says_nothing_of_the_outer_one()
    {
        var inner = Proxy<ITrial>(await ConnectAsync(), NewQueue());
        await ServeAsync<ITrial>(new TrialService(text => inner.Run(text)));
        var outer = await ConnectAsync<ITrial>(new RpcClientOptions { Retry = new RpcRetryOptions() });

        var failure = await FailsAsync(outer.Run("q").WithinDeadlineAsync(), RpcStatus.Internal, RpcReason.Upstream, mayHaveRun: true);

        Assert.Contains("Unavailable/NoServer", failure.Message, StringComparison.Ordinal);
        Assert.Equal((TrialRpc.Service, "Run", Queue), (failure.Service, failure.Method, failure.Queue));
    }

    [Fact]
    public async Task Failure_of_an_inner_call_can_be_told_in_the_services_own_words()
    {
        var inner = Proxy<ITrial>(await ConnectAsync(), NewQueue());
        await ServeAsync<ITrial>(new TrialService(async text =>
        {
            try
            {
                return await inner.Run(text);
            }
            catch (RpcException failure) when (failure.Reason == RpcReason.NoServer)
            {
                throw new RpcException(RpcStatus.FailedPrecondition, "the store is closed");
            }
        }));

        var told = await FailsAsync((await ConnectAsync<ITrial>()).Run("q"), RpcStatus.FailedPrecondition, RpcReason.None, mayHaveRun: true);

        Assert.Equal("the store is closed", told.Message);
    }

    private async Task<(IRawSide Raw, IRawReader Reader, ITrial Inner)> ServeInnerByHandAsync(RpcClientOptions? options = null)
    {
        var queue = NewQueue();
        var raw = Keep(await OpenRawAsync());
        await RawAsync(); // deletes the queue in the end
        await raw.DeclareAsync(queue);
        return (raw, Keep(await raw.ReadAsync(queue)), Proxy<ITrial>(await ConnectAsync(options), queue));
    }
}
