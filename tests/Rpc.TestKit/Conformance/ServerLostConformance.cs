using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>A server that has said that it runs a call, and then says nothing any more. It is played by hand.</summary>
public abstract class ServerLostConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(8); // past three notices and a half

    [Fact]
    public async Task Call_whose_server_goes_silent_ends_long_before_its_deadline()
    {
        var (raw, reader, clock, client) = await StartAsync();
        var call = Proxy<ITrial>(client).Run("q");
        await NoticeAsync(raw, await reader.NextAsync(), client);

        clock.Advance(s_silence);

        var failure = await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.ServerLost, mayHaveRun: true);
        Assert.InRange(failure.Elapsed, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(10));
        AssertNothingPending(client);
        Assert.Equal(0, client.Calls.WatchedCount);
    }

    [Fact]
    public async Task Call_whose_server_goes_on_saying_that_it_is_at_it_goes_on()
    {
        var (raw, reader, clock, client) = await StartAsync();
        var call = Proxy<ITrial>(client).Run("q");
        var request = await reader.NextAsync();

        for (var i = 0; i < 5; i++)
        {
            await NoticeAsync(raw, request, client);
            clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.False(call.IsCompleted);
        await raw.SucceedAsync(request, "after 25 seconds");
        Assert.Equal("after 25 seconds", await call.WithinDeadlineAsync());
        Assert.Equal(0, client.Calls.WatchedCount);
    }

    [Fact]
    public async Task Call_that_no_server_has_spoken_of_waits_for_its_deadline()
    {
        var (_, reader, clock, client) = await StartAsync();
        var call = Proxy<ITrial>(client).Run("q");
        await reader.NextAsync();

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(call.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));

        await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.DeadlineExceeded, RpcReason.NoReply, mayHaveRun: true);
    }

    [Fact]
    public async Task Silence_about_one_call_says_nothing_of_another()
    {
        var (raw, reader, clock, client) = await StartAsync();
        var trial = Proxy<ITrial>(client);
        var silent = trial.Run("silent");
        await NoticeAsync(raw, await reader.NextAsync(), client);
        var spoken = trial.Run("spoken");
        var request = await reader.NextAsync();
        await NoticeAsync(raw, request, client, watched: 2);
        clock.Advance(TimeSpan.FromSeconds(5));
        await NoticeAsync(raw, request, client, watched: 2);
        clock.Advance(TimeSpan.FromSeconds(3));

        await FailsAsync(silent.WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.ServerLost, mayHaveRun: true);
        await raw.SucceedAsync(request, "a");
        Assert.Equal("a", await spoken.WithinDeadlineAsync());
    }

    [Fact]
    public async Task Notice_about_a_call_that_the_client_does_not_know_is_not_counted_as_a_reply()
    {
        var (raw, reader, _, client) = await StartAsync();
        var call = Proxy<ITrial>(client).Run("q");
        var request = await reader.NextAsync();

        await raw.PublishAsync(request.ReplyTo!, Notice("somebody.else", "rpc.instance.nobody"));
        await raw.SucceedAsync(request, "a");

        Assert.Equal("a", await call.WithinDeadlineAsync());
        Assert.Equal(0, client.Calls.Unmatched);
    }

    [Fact]
    public async Task Idempotent_call_is_made_again()
    {
        var (raw, reader, clock, client) = await StartAsync(new RpcRetryOptions());
        var call = Proxy<ITrial>(client).Repeat("q");
        await NoticeAsync(raw, await reader.NextAsync(), client);

        clock.Advance(s_silence);
        await Eventually.IsTrueAsync(() => client.Calls is { Count: 0, InFlight: 1 }, "the first attempt is given up");
        var second = await reader.NextAsync(clock);
        await raw.SucceedAsync(second, "a");

        Assert.Equal("a", await call.WithinDeadlineAsync());
        Assert.Equal(2, second.Attempt);
    }

    private async Task<(IRawSide Raw, IRawReader Reader, ManualClock Clock, RpcClient Client)> StartAsync(RpcRetryOptions? retry = null)
    {
        var (raw, reader) = await ServeByHandAsync();
        var clock = CreateClock();
        return (raw, reader, clock, await ConnectAsync(new RpcClientOptions { TimeProvider = clock.Time, Retry = retry ?? RpcRetryOptions.None }));
    }

    // A reply that nobody waits for goes behind the notice: when that is counted, the notice has been seen.
    private static async Task NoticeAsync(IRawSide raw, RawEnvelope request, RpcClient client, int watched = 1)
    {
        var unmatched = client.Calls.Unmatched;
        await raw.PublishAsync(request.ReplyTo!, Notice(request.CorrelationId!, "rpc.instance.nobody"));
        await raw.PublishAsync(request.ReplyTo!, new RawEnvelope("behind it") { CorrelationId = "nobody.1" });
        await Eventually.IsTrueAsync(() => client.Calls.Unmatched == unmatched + 1, "the notice has been seen");
        Assert.Equal(watched, client.Calls.WatchedCount);
    }

    private static RawEnvelope Notice(string correlationId, string instanceQueue) => new("")
    {
        CorrelationId = correlationId,
        ContentType = RawEnvelope.WorkingContentType,
        ReplyTo = instanceQueue,
        AppId = RawEnvelope.OwnAppId,
    };
}
