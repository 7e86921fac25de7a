using Rpc.Server;
using Rpc.Server.Batches;
using Rpc.TestKit.Conformance;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server.Batches;

/// <summary>A reply that nothing else is under way beside waits for no thread's turn.</summary>
public sealed class LoneReplyTests
{
    [Fact]
    public async Task Lone_reply_IsSentBeforeItsWorkerGoesOn()
    {
        var service = ServedContext.Shared;
        var delivery = ServedBatch.Of(ServedBatch.Properties() with { Type = service.Contract.Service }, new RawFrame(7, service.Methods[0].Method.Name, "{}"));
        var sender = 0;
        delivery.OnReply = _ =>
        {
            sender = Environment.CurrentManagedThreadId;
            return ValueTask.FromResult(true);
        };
        var request = Assert.Single(BatchSplitter.Split(delivery, service, out _));
        var call = service.Receive(request);
        var (running, outstanding) = (new RunningCalls(), new Outstanding());
        running.Add(call);
        var gathered = new GatheredReplies(service, running, outstanding, new SingleReplies((_, _) => { }, _ => Task.CompletedTask));

        gathered.Add(new ReadyReply(call, call.ToReply(CallFaults.Draining()), request), isLone: true);

        Assert.Equal(Environment.CurrentManagedThreadId, sender);
        Assert.Equal([7], ServedBatch.Replies(delivery).Keys);
        await outstanding.WhenIdleAsync().Soon();
        Assert.Equal(("acknowledged", 1), (await delivery.Settled.Soon(), delivery.Releases));
    }
}
