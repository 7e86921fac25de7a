using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>The server is told that a caller does not wait any longer, and so is the handler, by its token. The servers' clocks are moved by hand.</summary>
public abstract class RunningCancellationConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private static readonly TimeSpan s_firstNotice = TimeSpan.FromMilliseconds(400); // 300, and a look every 100

    [Fact]
    public async Task Call_that_is_announced_is_cancelled_at_once()
    {
        var (clock, handler, client) = await StartAsync();
        using var source = new CancellationTokenSource();
        var call = Proxy<ITrial>(client).Run("q", source.Token);
        await handler.Entered.ArrivalsAsync();
        clock.Advance(s_firstNotice);
        await Eventually.IsTrueAsync(() => client.Calls.WatchedCount == 1, "the server has said that it is at it");

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WithinDeadlineAsync());
        Assert.Equal("q", await handler.Cancelled.Task.WithinDeadlineAsync());
        Assert.Equal(0, client.Calls.WatchedCount);
    }

    [Fact]
    public async Task Call_that_is_cancelled_earlier_is_cancelled_by_the_first_notice()
    {
        var (clock, handler, client) = await StartAsync();
        using var source = new CancellationTokenSource();
        var call = Proxy<ITrial>(client).Run("q", source.Token);
        await handler.Entered.ArrivalsAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WithinDeadlineAsync());
        Assert.False(handler.Cancelled.Task.IsCompleted);

        clock.Advance(s_firstNotice);

        Assert.Equal("q", await handler.Cancelled.Task.WithinDeadlineAsync());
    }

    [Fact]
    public async Task Call_that_its_client_gave_up_at_its_deadline_is_cancelled_too()
    {
        var (clock, handler, _) = await StartAsync();
        var clients = CreateClock();
        var trial = await ConnectAsync<ITrial>(new RpcClientOptions { TimeProvider = clients.Time });
        var call = trial.Run("q");
        await handler.Entered.ArrivalsAsync();
        clients.Advance(TimeSpan.FromSeconds(31));
        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);

        clock.Advance(s_firstNotice); // the server's own deadline is far away

        Assert.Equal("q", await handler.Cancelled.Task.WithinDeadlineAsync());
    }

    [Fact]
    public async Task Other_calls_go_on()
    {
        var (clock, handler, client) = await StartAsync();
        var trial = Proxy<ITrial>(client);
        using var source = new CancellationTokenSource();
        var (one, other) = (trial.Run("one", source.Token), trial.Run("other"));
        await handler.Entered.ArrivalsAsync(2);
        clock.Advance(s_firstNotice);
        await Eventually.IsTrueAsync(() => client.Calls.WatchedCount == 2, "both are announced");

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.WithinDeadlineAsync());
        Assert.Equal("one", await handler.Cancelled.Task.WithinDeadlineAsync());
        handler.Leave.Open();

        Assert.Equal("other", await other.WithinDeadlineAsync());
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Call_of_a_disposed_client_runs_on()
    {
        var (clock, handler, client) = await StartAsync();
        var call = Proxy<ITrial>(client).Run("q");
        await handler.Entered.ArrivalsAsync();
        await client.DisposeAsync();
        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.Disposed, mayHaveRun: true);

        // Nobody is there to hear the notices and to answer them; they do no harm.
        clock.Advance(TimeSpan.FromSeconds(5));
        var trial = await ConnectAsync<ITrial>();
        var next = trial.Run("next");
        await handler.Entered.ArrivalsAsync();
        handler.Leave.Open();

        Assert.Equal("next", await next.WithinDeadlineAsync());
    }

    [Fact]
    public async Task Notices_name_where_to_cancel_and_the_handler_that_obeys_is_told_as_cancelled()
    {
        var (clock, handler, _) = await StartAsync();
        var raw = await RawAsync();
        var request = TrialMessages.Request("Run", "q") with { ReplyTo = raw.ReplyQueue, CorrelationId = "client.1", AppId = RawEnvelope.OwnAppId };
        await raw.PublishAsync(Queue, request);
        await handler.Entered.ArrivalsAsync();
        clock.Advance(s_firstNotice);
        var notice = await raw.NextReplyAsync();
        clock.Advance(TimeSpan.FromSeconds(2.1));
        var second = await raw.NextReplyAsync();

        Assert.Equal((RawEnvelope.WorkingContentType, "client.1", RawEnvelope.OwnAppId), (notice.ContentType, notice.CorrelationId, notice.AppId));
        Assert.True(notice.Body.IsEmpty);
        Assert.StartsWith("rpc.instance.", notice.ReplyTo, StringComparison.Ordinal);
        Assert.Equal((notice.ContentType, notice.CorrelationId, notice.ReplyTo), (second.ContentType, second.CorrelationId, second.ReplyTo));

        var cancel = new RawEnvelope("") { CorrelationId = "client.1", ContentType = RawEnvelope.CancelContentType, ReplyTo = "somebody else" };
        await raw.PublishAsync(notice.ReplyTo!, cancel); // not the caller's: nothing happens
        await raw.PublishAsync(notice.ReplyTo!, cancel with { ReplyTo = raw.ReplyQueue, CorrelationId = "client.2" });
        await raw.PublishAsync(notice.ReplyTo!, new RawEnvelope("garbage"));
        await raw.PublishAsync(notice.ReplyTo!, cancel with { ReplyTo = raw.ReplyQueue });

        Assert.Equal("q", await handler.Cancelled.Task.WithinDeadlineAsync());
        var fault = await raw.NextReplyAsync();
        Assert.Equal(("Cancelled", "Cancelled", "True"), (fault.Member("status"), fault.Member("reason"), fault.Member("mayHaveRun")));
    }

    [Fact]
    public async Task Foreign_callers_get_no_notices()
    {
        var (clock, handler, _) = await StartAsync();
        var raw = await RawAsync();
        await raw.PublishAsync(Queue, TrialMessages.Request("Run", "q") with { ReplyTo = raw.ReplyQueue, CorrelationId = "client.1" });
        await handler.Entered.ArrivalsAsync();

        clock.Advance(TimeSpan.FromSeconds(10));
        handler.Leave.Open();

        Assert.Equal("\"q\"", (await raw.NextReplyAsync()).Text);
    }

    private async Task<(ManualClock Clock, Handler Handler, RpcClient Client)> StartAsync()
    {
        var (clock, handler) = (CreateClock(), new Handler());
        await ServeAsync<ITrial>(new TrialService(handler.RunAsync), new RpcServerOptions { TimeProvider = clock.Time });
        return (clock, handler, await ConnectAsync());
    }

    private sealed class Handler
    {
        public Handler() => Entered.Open();

        public Gate Entered { get; } = new();

        public Gate Leave { get; } = new();

        /// <summary>Completes with the text of the call whose token has fired.</summary>
        public TaskCompletionSource<string> Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<string> RunAsync(string text, CancellationToken token)
        {
            await Entered.PassAsync(CancellationToken.None);
            try
            {
                await Leave.PassAsync(token);
                return text;
            }
            catch (OperationCanceledException)
            {
                Cancelled.SetResult(text);
                throw;
            }
        }
    }
}
