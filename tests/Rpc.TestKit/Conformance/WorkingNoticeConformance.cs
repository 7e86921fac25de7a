using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>What a client does when a server says that it still runs a call. The server is played by hand.</summary>
public abstract class WorkingNoticeConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Token_that_fires_after_the_reply_tells_nobody()
    {
        var (raw, reader) = await ServeByHandAsync();
        var (instanceQueue, instance) = await ReadInstanceAsync();
        var client = await ConnectAsync();
        using var source = new CancellationTokenSource();
        var call = Proxy<ITrial>(client).Run("q", source.Token);
        var request = await reader.NextAsync();
        await raw.PublishAsync(request.ReplyTo!, Notice(request, instanceQueue));
        await raw.SucceedAsync(request, "a");
        Assert.Equal("a", await call.WithinDeadlineAsync());

        await source.CancelAsync();

        // What the client sends goes in order: a request that it sends now comes after a cancellation, if there was one.
        var next = Proxy<ITrial>(client).Run("next", CancellationToken.None);
        await raw.SucceedAsync(await reader.NextAsync(), "b");
        Assert.Equal("b", await next.WithinDeadlineAsync());
        await raw.PublishAsync(instanceQueue, new RawEnvelope("the first"));
        Assert.Equal("the first", (await instance.NextAsync()).Text);
    }

    [Fact]
    public async Task Cancellation_names_the_call_and_where_its_reply_would_have_gone()
    {
        var (raw, reader) = await ServeByHandAsync();
        var (instanceQueue, instance) = await ReadInstanceAsync();
        var client = await ConnectAsync();
        using var source = new CancellationTokenSource();
        var call = Proxy<ITrial>(client).Run("q", source.Token);
        var request = await reader.NextAsync();
        await raw.PublishAsync(request.ReplyTo!, Notice(request, instanceQueue));
        await Eventually.IsTrueAsync(() => client.Calls.WatchedCount == 1, "the notice has been seen");

        await source.CancelAsync();
        var cancel = await instance.NextAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WithinDeadlineAsync());
        Assert.Equal(
            (RawEnvelope.CancelContentType, request.CorrelationId, request.ReplyTo, RawEnvelope.OwnAppId),
            (cancel.ContentType, cancel.CorrelationId, cancel.ReplyTo, cancel.AppId));
        Assert.True(cancel.Body.IsEmpty);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("somebody's queue")]
    public async Task Notice_that_names_no_instance_queue_makes_the_client_write_nowhere(string? replyTo)
    {
        var (raw, reader) = await ServeByHandAsync();
        var client = await ConnectAsync();
        var victim = NewQueue();
        await raw.DeclareAsync(victim);
        using var source = new CancellationTokenSource();
        var call = Proxy<ITrial>(client).Run("q", source.Token);
        var request = await reader.NextAsync();
        await raw.PublishAsync(request.ReplyTo!, Notice(request, replyTo == "somebody's queue" ? victim : replyTo));
        await Eventually.IsTrueAsync(() => client.Calls.WatchedCount == 1, "the notice has been seen");

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WithinDeadlineAsync());
        var next = Proxy<ITrial>(client).Run("next", CancellationToken.None);
        await raw.SucceedAsync(await reader.NextAsync(), "b");

        Assert.Equal("b", await next.WithinDeadlineAsync());
        Assert.Empty(await raw.TakeAllAsync(victim));
    }

    private async Task<(string Queue, IRawReader Reader)> ReadInstanceAsync()
    {
        var queue = NewQueue("rpc.instance.");
        var raw = await RawAsync();
        await raw.DeclareAsync(queue);
        return (queue, Keep(await raw.ReadAsync(queue)));
    }

    private static RawEnvelope Notice(RawEnvelope request, string? instanceQueue) => new("")
    {
        CorrelationId = request.CorrelationId,
        ContentType = RawEnvelope.WorkingContentType,
        ReplyTo = instanceQueue,
    };
}
