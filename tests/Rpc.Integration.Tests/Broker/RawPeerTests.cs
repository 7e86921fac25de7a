using Rpc.TestKit.Broker;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Broker;

public sealed class RawPeerTests(BrokerFixture fixture)
{
    [Fact]
    public async Task Request_ArrivesWithNothingButItsAddressing_AndIsAnsweredByHand()
    {
        var queue = $"raw.{Guid.NewGuid():N}";
        await using var peer = await RawPeer.ConnectAsync(await fixture.GetAmqpUriAsync());
        await peer.DeclareAsync(queue);
        await using var server = await peer.ConsumeAsync(queue);

        var correlationId = await peer.RequestAsync(queue, "30");
        var request = await server.NextAsync();
        await peer.ReplyAsync(request, "832040");
        await server.AckAsync(request);
        var reply = await peer.NextReplyAsync();

        Assert.Equal("30", request.Text);
        Assert.Equal(correlationId, request.Properties.CorrelationId);
        Assert.False(request.Properties.IsTypePresent() || request.Properties.IsContentTypePresent() || request.Properties.IsHeadersPresent());
        Assert.Equal(("832040", correlationId), (reply.Text, reply.Properties.CorrelationId));
        Assert.Null(peer.TryNextReply());
        await peer.DeleteAsync(queue);
        Assert.Null(await peer.CountAsync(queue));
    }

    [Fact]
    public async Task NoReply_IsTimeoutAtTheDeadline()
    {
        await using var peer = await RawPeer.ConnectAsync(await fixture.GetAmqpUriAsync());

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => peer.NextReplyAsync(TimeSpan.FromMilliseconds(100)));

        Assert.Contains(peer.ReplyQueue, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandedBackMessage_ComesAgainAsRedelivered()
    {
        var queue = $"raw.{Guid.NewGuid():N}";
        await using var peer = await RawPeer.ConnectAsync(await fixture.GetAmqpUriAsync());
        await peer.DeclareAsync(queue);
        await peer.PublishAsync(queue, "twice", new() { Headers = new Dictionary<string, object?> { ["note"] = "text" } });

        await using var reader = await peer.ConsumeAsync(queue);
        var first = await reader.NextAsync();
        await reader.NackAsync(first, requeue: true);
        var second = await reader.NextAsync();
        await reader.AckAsync(second);

        Assert.False(first.Redelivered);
        Assert.True(second.Redelivered);
        Assert.Equal("text", second.Header("note"));
        Assert.Null(second.Header("absent"));
        await peer.DeleteAsync(queue);
    }

    [Fact]
    public async Task Purge_SaysHowManyWaited()
    {
        var queue = $"raw.{Guid.NewGuid():N}";
        await using var peer = await RawPeer.ConnectAsync(await fixture.GetAmqpUriAsync());
        await peer.DeclareAsync(queue);
        await using var reader = await peer.ConsumeAsync(queue, prefetch: 1);
        await peer.PublishAsync(queue, "one");
        await peer.PublishAsync(queue, "two");
        await peer.PublishAsync(queue, "three");
        // A message after the others on the same channel: when it is here, they are in the queue.
        await peer.PublishAsync(peer.ReplyQueue, "last");
        await peer.NextReplyAsync();
        await reader.NextAsync();

        Assert.Equal(new QueueCounts(Ready: 2, Consumers: 1), await peer.CountAsync(queue));
        Assert.Equal(2u, await peer.PurgeAsync(queue));
        await peer.DeleteAsync(queue);
    }

    [Fact]
    public async Task DeletedQueue_EndsItsReader()
    {
        var queue = $"raw.{Guid.NewGuid():N}";
        await using var peer = await RawPeer.ConnectAsync(await fixture.GetAmqpUriAsync());
        await peer.DeclareAsync(queue);
        await using var reader = await peer.ConsumeAsync(queue);

        await peer.DeleteAsync(queue);

        await Assert.ThrowsAsync<System.Threading.Channels.ChannelClosedException>(() => reader.NextAsync());
    }
}
