using Microsoft.Extensions.Time.Testing;
using Rpc.Transport;
using Rpc.Transport.Memory;

namespace Rpc.Runtime.Tests.Transport;

public sealed class MemoryBrokerTests : IDisposable
{
    private readonly string _name = Guid.NewGuid().ToString();
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryBroker _broker;

    public MemoryBrokerTests() => _broker = MemoryBroker.Attach(_name);

    public void Dispose() => _broker.Detach();

    [Fact]
    public async Task Consumers_TakeTurns()
    {
        _broker.Declare("q");
        var inboxes = Enumerable.Range(0, 3).Select(_ => new Inbox(_broker, "q", prefetch: 100)).ToList();
        PublishNumbers("q", 9);

        foreach (var inbox in inboxes)
        {
            Assert.Equal(3, (await inbox.StopAsync(_time)).Count);
        }

        Assert.Equal(Enumerable.Range(0, 9), inboxes.SelectMany(static inbox => inbox.Numbers).Order());
    }

    [Fact]
    public async Task Prefetch_HoldsBackWhatIsNotSettledAndGivesItToWhoeverHasRoom()
    {
        _broker.Declare("q");
        var slow = new Inbox(_broker, "q", prefetch: 2);
        PublishNumbers("q", 5);
        await Poll.UntilAsync(() => slow.Messages.Count == 2, "as many come as may");

        _broker.Settle(slow.Consumer, slow.Messages.First());
        _broker.Settle(slow.Consumer, slow.Messages.First()); // twice makes no more room
        var other = new Inbox(_broker, "q", prefetch: 10);

        Assert.Equal([3, 4], (await other.StopAsync(_time)).Select(static message => (int)message.Body[0]));
        Assert.Equal([0, 1, 2], (await slow.StopAsync(_time)).Select(static message => (int)message.Body[0]));
    }

    [Fact]
    public async Task Expired_messages_AreDroppedAndOthersAreNot()
    {
        _broker.Declare("q");
        foreach (var (number, timeToLive) in new (byte, long?)[] { (0, 1_000), (1, null), (2, 5_000) })
        {
            _broker.Publish("q", new MemoryMessage(new RequestProperties { TimeToLive = timeToLive }, [number]) { Time = _time, Published = _time.GetTimestamp() });
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        var inbox = new Inbox(_broker, "q", prefetch: 10);

        Assert.Equal([1, 2], (await inbox.StopAsync(_time)).Select(static message => (int)message.Body[0]));
    }

    [Fact]
    public async Task Message_handed_back_ComesAgainFirstAndFlagged()
    {
        _broker.Declare("q");
        var first = new Inbox(_broker, "q", prefetch: 1);
        PublishNumbers("q", 2);
        await Poll.UntilAsync(() => first.Messages.Count == 1, "the first message comes");
        await first.StopAsync(_time);
        _broker.Return(first.Consumer, first.Messages.Single());
        _broker.Return(first.Consumer, first.Messages.Single()); // it is not its own any more

        var second = new Inbox(_broker, "q", prefetch: 10);
        var messages = await second.StopAsync(_time);
        Assert.Equal([(0, true), (1, false)], messages.Select(static message => ((int)message.Body[0], message.Properties.Redelivered)));
    }

    [Fact]
    public async Task Everything_a_lost_consumer_held_ComesAgainInOrder()
    {
        _broker.Declare("q");
        var lost = new Inbox(_broker, "q", prefetch: 3);
        PublishNumbers("q", 5);
        await lost.StopAsync(_time);
        _broker.ReturnAll(lost.Consumer);
        _broker.ReturnAll(lost.Consumer);

        var messages = await new Inbox(_broker, "q", prefetch: 10).StopAsync(_time);
        Assert.Equal(5, messages.Count);
        Assert.Equal([0, 1, 2], messages.Where(static message => message.Properties.Redelivered).Select(static message => (int)message.Body[0]).Order());
        Assert.Equal(Enumerable.Range(0, 5), messages.Select(static message => (int)message.Body[0]));
    }

    [Fact]
    public async Task Queue_that_nobody_consumes_VanishesAfterItsExpiryAndNotBefore()
    {
        _broker.Declare("q", TimeSpan.FromMinutes(5));
        _broker.Declare("lasting");
        var (consumer, lasting) = (new Inbox(_broker, "q", 1), new Inbox(_broker, "lasting", 1));
        _time.Advance(TimeSpan.FromHours(1)); // consumed, so it stays
        Assert.True(_broker.Exists("q"));
        await consumer.StopAsync(_time);
        await lasting.StopAsync(_time);

        _time.Advance(TimeSpan.FromMilliseconds(5 * 60 * 1000 - 1));
        Assert.True(_broker.Publish("q", Message(0)));
        var again = new Inbox(_broker, "q", 1); // the count starts anew
        await again.StopAsync(_time);
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.True(_broker.Exists("q"));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(_broker.Exists("q"));
        Assert.False(_broker.Publish("q", Message(0)));
        Assert.True(_broker.Exists("lasting"));
    }

    [Fact]
    public void Declaring_with_other_arguments_IsRefusedAndNamesTheDifference()
    {
        Assert.Same(_broker.Declare("q", TimeSpan.FromMinutes(5)), _broker.Declare("q", TimeSpan.FromMinutes(5)));
        var refusal = Assert.Throws<RpcException>(() => _broker.Declare("q"));
        Assert.Equal((RpcStatus.Unavailable, RpcReason.Refused), (refusal.Status, refusal.Reason));
        Assert.Contains("'q'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("x-expires 300000 ms", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("no arguments", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Queue_that_does_not_exist_TakesNothingAndCannotBeConsumed()
    {
        Assert.False(_broker.Publish("none", Message(0)));
        Assert.Contains("'none'", Assert.Throws<RpcException>(() => new Inbox(_broker, "none", 1)).Message, StringComparison.Ordinal);
        _broker.Declare("q");
        _broker.Delete("q");
        Assert.False(_broker.Exists("q"));
    }

    [Fact]
    public void Broker_LivesUntilTheLastOneDetaches()
    {
        var name = Guid.NewGuid().ToString();
        var (one, two) = (MemoryBroker.Attach(name), MemoryBroker.Attach(name));
        Assert.Same(one, two);
        one.Declare("q");
        one.Detach();
        Assert.Same(two, MemoryBroker.Attach(name));
        two.Detach();
        two.Detach();

        var next = MemoryBroker.Attach(name);
        Assert.NotSame(one, next);
        Assert.False(next.Exists("q"));
        next.Detach();
    }

    [Fact]
    public async Task Failed_start_LeavesNoBrokerBehind()
    {
        var name = Guid.NewGuid().ToString();
        await Assert.ThrowsAsync<RpcException>(() => RpcServer.StartAsync(
            "memory://" + name, services => services.Add<ISingle>(new Single(), new RpcServiceOptions { Topology = RpcTopology.Passive })));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RpcClient.ConnectAsync("memory://" + name, null, new CancellationToken(canceled: true)));

        var next = MemoryBroker.Attach(name);
        next.Declare("mine");
        next.Detach();
        var after = MemoryBroker.Attach(name);
        Assert.False(after.Exists("mine"), "somebody else is still attached");
        after.Detach();
    }

    private static MemoryMessage Message(byte number) => new(new RequestProperties(), [number]);

    private void PublishNumbers(string queue, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(_broker.Publish(queue, Message((byte)i)));
        }
    }

    private sealed class Single : ISingle
    {
        public Task<long> Square(int n) => Task.FromResult((long)n * n);
    }
}
