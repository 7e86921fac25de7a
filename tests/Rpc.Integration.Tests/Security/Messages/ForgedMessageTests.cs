using RabbitMQ.Client;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Security.Messages;

/// <summary>Messages from another connection that pretend to come from the server or from the caller of a call.</summary>
public sealed class ForgedMessageTests(BrokerFixture fixture) : MessageTest(fixture)
{
    private const string Working = "application/vnd.rpc-working";
    private const string Cancel = "application/vnd.rpc-cancel";
    private const string Marker = "application/vnd.rpc-marker";

    [Fact]
    public async Task Guessed_correlation_ids_end_no_call()
    {
        var (client, call, request, consumer) = await CallByHandAsync();
        var id = request.Properties.CorrelationId!;
        var number = id[(id.IndexOf('.', StringComparison.Ordinal) + 1)..];

        string?[] guesses = [null, "", number, $".{number}", $"{new string('A', 22)}.{number}", id.ToUpperInvariant() + "x", $"{id}0", id[..^1], $"{id} ", $" {id}", $"{id}.{number}"];
        foreach (var guess in guesses)
        {
            await Peer.PublishAsync(request.Properties.ReplyTo!, "\"forged\"", new BasicProperties { CorrelationId = guess, ContentType = "application/json" });
            await Peer.PublishAsync(request.Properties.ReplyTo!, "", new BasicProperties { CorrelationId = guess, ContentType = Working, ReplyTo = Peer.ReplyQueue });
            await Peer.PublishAsync(request.Properties.ReplyTo!, "", new BasicProperties { CorrelationId = guess, ContentType = Marker });
        }

        await Peer.ReplyAsync(request, "\"genuine\"");
        Assert.Equal("genuine", await call.WithinDeadlineAsync());
        Assert.Equal(guesses.Length, client.Calls.Unmatched);
        await consumer.AckAsync(request);
    }

    [Theory]
    [InlineData("victim")]
    [InlineData("amq.rabbitmq.reply-to.!!!.???")] // ends the connection of whoever publishes to it, on brokers before 4.1
    [InlineData("rpc.reply.victim")]
    public async Task Notice_makes_the_client_write_to_no_queue_but_an_instances(string address)
    {
        if (address == "victim")
        {
            address = $"victim.{Guid.NewGuid():N}";
            await Peer.DeclareAsync(address);
        }

        using var leave = new CancellationTokenSource();
        var (client, call, request, consumer) = await CallByHandAsync(leave.Token);

        // Of a call that runs and is cancelled, and of one that nobody waits for any more.
        await NoticeAsync(request, address);
        await Eventually.IsTrueAsync(() => client.Calls.WatchedCount == 1, "the notice is read");
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await NoticeAsync(request, address);
        await consumer.AckAsync(request);

        // What the client sends now comes after what it was made to send.
        var next = Proxy<IProbe>(client).Ask("next");
        var asked = await consumer.NextAsync();
        await Peer.ReplyAsync(asked, "\"answer\"");
        Assert.Equal("answer", await next.WithinDeadlineAsync());
        await consumer.AckAsync(asked);
        if (address.StartsWith("victim", StringComparison.Ordinal))
        {
            Assert.Equal(0u, await Peer.PurgeAsync(address));
            await Peer.DeleteAsync(address);
        }
    }

    [Fact]
    public async Task Cancellation_by_whoever_does_not_know_the_call_cancels_nothing()
    {
        var entered = new TaskCompletionSource<CancellationToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await ServeAsync<IProbe>(new ProbeService((question, token) =>
        {
            entered.TrySetResult(token);
            return question == "long" ? gate.Task : Task.FromResult(question);
        }));

        // A caller of our kind, written by hand, learns the instance queue from its own call, and tries it on another caller's.
        var victim = Request(Peer.ReplyQueue);
        victim.AppId = "rpc/1";
        await Peer.PublishAsync(Queue, """{"question":"long"}""", victim);
        var notice = await Peer.NextReplyAsync(Eventually.Deadline);
        var token = await entered.Task;
        Assert.Equal(Working, notice.Properties.ContentType);
        var instance = notice.Properties.ReplyTo!;

        await Peer.PublishAsync(instance, "", new BasicProperties { ContentType = Cancel, CorrelationId = victim.CorrelationId, ReplyTo = "another.queue" });
        await Peer.PublishAsync(instance, "", new BasicProperties { ContentType = Cancel, CorrelationId = victim.CorrelationId });
        await Peer.PublishAsync(instance, "", new BasicProperties { ContentType = Cancel, CorrelationId = "another", ReplyTo = Peer.ReplyQueue });
        await Peer.PublishAsync(instance, "", new BasicProperties { ContentType = Cancel });
        await Peer.PublishAsync(instance, "", new BasicProperties { CorrelationId = victim.CorrelationId, ReplyTo = Peer.ReplyQueue });
        await Peer.PublishAsync(instance, "");

        // The one who does know it: when that has arrived, so has all that came before.
        var other = Request(Peer.ReplyQueue);
        Assert.Equal("\"q\"", (await AskAsync(other)).Text);
        Assert.False(token.IsCancellationRequested);
        await Peer.PublishAsync(instance, "", new BasicProperties { ContentType = Cancel, CorrelationId = victim.CorrelationId, ReplyTo = Peer.ReplyQueue });
        await Eventually.IsTrueAsync(() => token.IsCancellationRequested, "the caller's own cancellation arrives");
        gate.SetResult("done");
    }

    private Task NoticeAsync(RawMessage request, string address) => Peer.PublishAsync(
        request.Properties.ReplyTo!, "", new BasicProperties { CorrelationId = request.Properties.CorrelationId, ContentType = Working, AppId = "rpc/1", ReplyTo = address });

    private async Task<(RpcClient Client, Task<string> Call, RawMessage Request, RawConsumer Consumer)> CallByHandAsync(CancellationToken token = default)
    {
        await Peer.DeclareAsync(Queue);
        var consumer = Keep(await Peer.ConsumeAsync(Queue));
        var client = await ConnectAsync();
        var call = Proxy<IProbe>(client).Ask("q", token);
        return (client, call, await consumer.NextAsync(), consumer);
    }
}
