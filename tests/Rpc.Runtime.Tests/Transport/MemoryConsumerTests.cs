using Rpc.Transport;
using Rpc.Transport.Memory;

namespace Rpc.Runtime.Tests.Transport;

/// <summary>On whose thread, and in whose context, the embedded broker delivers.</summary>
public sealed class MemoryConsumerTests : IDisposable
{
    private static readonly AsyncLocal<string?> s_ambient = new();

    private readonly MemoryBroker _broker = MemoryBroker.Attach(Guid.NewGuid().ToString());

    public MemoryConsumerTests() => _broker.Declare("q");

    public void Dispose() => _broker.Detach();

    [Fact]
    public void Message_IsDeliveredByWhoeverPublishesIt_WhereNothingIsBeingDelivered()
    {
        var threads = new List<int>();
        _broker.Consume("q", prefetch: 10, (_, _) => threads.Add(Environment.CurrentManagedThreadId));

        CleanContext.Run(_ => _broker.Publish("q", Message(1)), this);

        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public async Task Message_IsDeliveredElsewhere_WhereThePublisherHasAmbientValues()
    {
        var seen = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _broker.Consume("q", prefetch: 10, (_, _) => seen.SetResult(s_ambient.Value));

        s_ambient.Value = "the publisher's";
        _broker.Publish("q", Message(1));

        Assert.Null(await seen.Task.Soon());
    }

    [Fact]
    public void Reply_IsPassedOnAsItIs_WhereItWouldComeOutAtOnce()
    {
        var bodies = new List<ReadOnlyMemory<byte>>();
        _broker.ConsumeReplies("q", (in ReplyMessage reply) => bodies.Add(reply.Body));
        byte[] body = [1];

        CleanContext.Run(_ => _broker.Reply("q", new ReplyMessage("id", null, body)), this);

        Assert.Equal(body.AsMemory(), Assert.Single(bodies)); // the same memory, not a copy
    }

    [Fact]
    public async Task Reply_IsCopiedAndDeliveredElsewhere_WhereTheServerHasAmbientValues()
    {
        var seen = new TaskCompletionSource<(string?, byte)>(TaskCreationOptions.RunContinuationsAsynchronously);
        _broker.Block();
        _broker.ConsumeReplies("q", (in ReplyMessage reply) => seen.SetResult((s_ambient.Value, reply.Body.Span[0])));
        byte[] body = [1];

        s_ambient.Value = "the server's";
        _broker.Reply("q", new ReplyMessage("id", null, body));
        body[0] = 2; // its sender's again
        _broker.Unblock();

        Assert.Equal((null, (byte)1), await seen.Task.Soon());
    }

    [Fact]
    public void Reply_that_comes_while_another_is_delivered_ComesAfterIt()
    {
        var order = new List<string>();
        using var both = new CountdownEvent(2);
        _broker.ConsumeReplies("q", (in ReplyMessage reply) =>
        {
            var number = reply.Body.Span[0];
            order.Add($"{number} begins");
            if (number == 1)
            {
                _broker.Reply("q", new ReplyMessage("second", null, new byte[] { 2 }));
            }

            order.Add($"{number} ends");
            both.Signal();
        });

        CleanContext.Run(_ => _broker.Reply("q", new ReplyMessage("first", null, new byte[] { 1 })), this);

        Assert.True(both.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal(["1 begins", "1 ends", "2 begins", "2 ends"], order);
    }

    [Fact]
    public async Task Reply_behind_one_that_waits_in_the_queue_DoesNotOvertakeIt()
    {
        var order = new List<byte>();
        CleanContext.Run(_ => _broker.Reply("q", new ReplyMessage("first", null, new byte[] { 1 })), this); // nobody consumes yet
        var consumer = _broker.ConsumeReplies("q", (in ReplyMessage reply) => order.Add(reply.Body.Span[0]));
        CleanContext.Run(_ => _broker.Reply("q", new ReplyMessage("second", null, new byte[] { 2 })), this);
        _broker.Cancel(consumer, TimeProvider.System);

        await consumer.Completion.Soon();
        Assert.Equal([1, 2], order);
    }

    [Fact]
    public async Task Many_publishers_at_once_AreDeliveredOneByOneInTheOrderOfEach()
    {
        const int Each = 5_000;
        var (inside, most, seen) = (0, 0, new List<(int Publisher, int Number)>());
        var consumer = _broker.Consume("q", prefetch: 0, (_, message) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            seen.Add((message.Body[0], BitConverter.ToInt32(message.Body, 1)));
            Interlocked.Decrement(ref inside);
        });
        var publishers = Enumerable.Range(0, 4).Select(publisher => new Thread(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                _broker.Publish("q", new MemoryMessage(default, [(byte)publisher, .. BitConverter.GetBytes(i)]));
            }
        })).ToList();
        publishers.ForEach(static thread => thread.UnsafeStart());
        publishers.ForEach(static thread => thread.Join());
        _broker.Cancel(consumer, TimeProvider.System);

        await consumer.Completion.Soon();
        Assert.Equal(1, most);
        Assert.All(seen.GroupBy(static message => message.Publisher), static own => Assert.Equal(Enumerable.Range(0, Each), own.Select(static message => message.Number)));
        Assert.Equal(4 * Each, seen.Count);
    }

    [Fact]
    public async Task Stopped_ItHasEndedWhenWhatItDeliversIsDone()
    {
        using var inside = new SemaphoreSlim(0);
        using var release = new SemaphoreSlim(0);
        var consumer = _broker.Consume("q", prefetch: 0, (_, _) =>
        {
            inside.Release();
            release.Wait();
        });
        new Thread(() => _broker.Publish("q", Message(1))).UnsafeStart();
        await inside.WaitAsync().Soon();
        _broker.Cancel(consumer, TimeProvider.System);
        Assert.False(consumer.Completion.IsCompleted);
        release.Release();

        await consumer.Completion.Soon();
    }

    [Fact]
    public async Task Lost_ItDeliversNothingMore()
    {
        var delivered = 0;
        var consumer = _broker.ConsumeReplies("q", (in ReplyMessage _) => delivered++);
        consumer.Lose();
        CleanContext.Run(_ => _broker.Reply("q", new ReplyMessage("id", null, new byte[] { 1 })), this);
        _broker.Publish("q", Message(1));
        _broker.Cancel(consumer, TimeProvider.System);

        await consumer.Completion.Soon();
        Assert.Equal(0, delivered);
    }

    [Fact]
    public async Task What_a_receiver_throws_EndsNothing()
    {
        var (requests, replies) = (0, 0);
        _broker.Declare("replies");
        var consumer = _broker.Consume("q", prefetch: 0, (_, _) => throw new InvalidOperationException($"request {++requests}"));
        var replied = _broker.ConsumeReplies("replies", (in ReplyMessage _) => throw new InvalidOperationException($"reply {++replies}"));
        for (var i = 0; i < 2; i++)
        {
            CleanContext.Run(_ => Assert.True(_broker.Publish("q", Message(1))), this); // on this thread
            CleanContext.Run(_ => _broker.Reply("replies", new ReplyMessage("id", null, new byte[] { 1 })), this);
            s_ambient.Value = "mine";
            _broker.Publish("q", Message(1)); // on another
            _broker.Publish("replies", Message(1));
        }

        _broker.Cancel(consumer, TimeProvider.System);
        _broker.Cancel(replied, TimeProvider.System);
        await consumer.Completion.Soon();
        await replied.Completion.Soon();
        Assert.Equal((4, 4), (requests, replies));
    }

    [Fact]
    public async Task What_was_handed_back_and_comes_again_StaysBeforeWhatCameLater()
    {
        var inbox = new Inbox(_broker, "q", prefetch: 10);
        _broker.Publish("q", Message(1));
        _broker.Publish("q", Message(2));
        await Poll.UntilAsync(() => inbox.Messages.Count == 2, "both come");
        await ((IDelivery)inbox.Messages.First()).HandBackAsync();
        await Poll.UntilAsync(() => inbox.Messages.Count == 3, "the first one comes again");
        await inbox.StopAsync(TimeProvider.System);
        _broker.ReturnAll(inbox.Consumer);

        var next = new Inbox(_broker, "q", prefetch: 10);
        Assert.Equal([1, 2], (await next.StopAsync(TimeProvider.System)).Select(static message => (int)message.Body[0]));
    }

    private static MemoryMessage Message(byte number) => new(default, [number]);
}
