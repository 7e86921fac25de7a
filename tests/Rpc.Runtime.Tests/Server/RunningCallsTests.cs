using Rpc.Runtime.Tests.Serialization;
using Rpc.Runtime.Tests.Server.Batches;
using Rpc.Server;
using Rpc.Server.Batches;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

/// <summary>Cancellations and second deliveries find their calls, and nothing else.</summary>
public sealed class RunningCallsTests
{
    private const int Rounds = 4_000;

    [Fact]
    public void Cancellation_FiresTheTokenOfTheCallItNames()
    {
        var running = new RunningCalls();
        var calls = Enumerable.Range(0, 3).Select(i => Add(running, Properties($"id{i}"))).ToList();

        running.Cancel("replies", "id1");

        Assert.Equal([false, true, false], calls.Select(static call => call.CancellationToken.IsCancellationRequested));
        Assert.Equal(RpcStatus.Cancelled, calls[1].TokenFired);
    }

    [Theory]
    [InlineData("replies", "other")]
    [InlineData("somebody else's", "id")] // a call belongs to who knows its reply address
    [InlineData("replies", null)]
    [InlineData(null, "id")]
    public void Cancellation_of_what_is_not_here_DoesNothing(string? replyTo, string? correlationId)
    {
        var running = new RunningCalls();
        var call = Add(running, Properties());

        running.Cancel(replyTo, correlationId);

        Assert.False(call.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public void Finished_calls_AreNotFound_WhereverTheyStoodInTheList()
    {
        for (var gone = 0; gone < 3; gone++)
        {
            var running = new RunningCalls();
            var calls = Enumerable.Range(0, 3).Select(i => Add(running, Properties($"id{i}"))).ToList();
            Assert.True(running.TryFinish(calls[gone], calls[gone].Delivery, reply: null));

            Assert.Equal(2, running.Count);
            Assert.Equal(calls.Where((_, i) => i != gone).ToHashSet(), running.Where(static _ => true)!.ToHashSet());
            Assert.Equal([0, 1, 2], calls.Select(call => call.PlaceInRunning).Order());
            Assert.All(calls, call => Assert.True(running.TryFinish(call, call.Delivery, reply: null)));
            Assert.Equal(0, running.Count);
        }
    }

    [Fact]
    public void Call_that_is_finished_twice_or_was_never_added_TakesNoOtherWithIt()
    {
        var running = new RunningCalls();
        var kept = Add(running, Properties("kept"));
        var finished = Add(running, Properties("finished"));
        running.TryFinish(finished, finished.Delivery, reply: null);

        // As ServiceHost does when something throws after the reply, or before the call was started.
        running.TryFinish(finished, finished.Delivery, reply: null);
        var never = Call(Properties("never"));
        running.TryFinish(never, never.Delivery, reply: null);

        Assert.Equal(1, running.Count);
        Assert.Equal([kept], running.Where(static _ => true));
    }

    [Fact]
    public void Second_delivery_of_a_running_call_BecomesItsWayBack()
    {
        var running = new RunningCalls();
        var call = Add(running, Properties());
        var (first, second) = (call.Delivery, new FakeDelivery(Properties()));
        ((FakeDelivery)first).IsLive = false;

        Assert.True(running.TryAdopt(second, out var isDuplicate));

        Assert.False(isDuplicate);
        Assert.Equal(1, second.Releases); // its body is not needed
        var reply = Reply(call);
        Assert.False(running.TryFinish(call, first, reply)); // what went through the first may be lost
        Assert.Equal(1, running.Count);
        Assert.True(running.TryFinish(call, second, reply));
        Assert.Equal(0, running.Count);
    }

    // Somebody has sent a request twice: the first way back works, and is what is to be settled.
    [Fact]
    public void Second_delivery_of_a_call_that_can_be_answered_IsADuplicate()
    {
        var running = new RunningCalls();
        var call = Add(running, Properties());
        var first = call.Delivery;

        Assert.True(running.TryAdopt(new FakeDelivery(Properties()), out var isDuplicate));

        Assert.True(isDuplicate);
        Assert.Same(first, call.Delivery);
        Assert.True(running.TryFinish(call, first, Reply(call)));
    }

    [Fact]
    public void Calls_answered_together_AreFinished_ButTheOneWithAnotherDelivery()
    {
        var running = new RunningCalls();
        var service = ServedContext.Shared;
        var type = service.Contract.Service;
        var batch = ServedBatch.Of(ServedBatch.Properties() with { Type = type }, ServedBatch.Calls(SampleRpc.Count.Name, 3));
        var requests = BatchSplitter.Split(batch, service, out _);
        var calls = requests.Select(service.Receive).ToList();
        calls.ForEach(running.Add);
        var replies = calls.Select((call, i) => new ReadyReply(call, Reply(call), requests[i])).ToList();
        calls[1].Delivery = new FakeDelivery(calls[1].Properties);

        running.FinishAll(replies);

        Assert.Equal([true, false, true], calls.Select(static call => call.IsAnswered));
        Assert.Equal([calls[1]], running.Where(static _ => true));
        Assert.Equal([true, false, true], calls.Select(call => running.FindAnswer(call.Properties) is not null));
    }

    [Fact]
    public void Delivery_of_another_call_IsNotAdopted()
    {
        var running = new RunningCalls();
        Add(running, Properties());

        Assert.False(running.TryAdopt(new FakeDelivery(Properties("other")), out _));
        Assert.False(running.TryAdopt(new FakeDelivery(Properties() with { ReplyTo = "other" }), out _));
        Assert.False(running.TryAdopt(new FakeDelivery(Properties() with { ReplyTo = null }), out _));
        Assert.False(running.TryAdopt(new FakeDelivery(Properties() with { CorrelationId = null }), out _));
    }

    [Fact]
    public void Answer_IsFoundOnceTheCallIsFinished()
    {
        var running = new RunningCalls();
        var call = Add(running, Properties());
        Assert.Null(running.FindAnswer(Properties()));

        running.TryFinish(call, call.Delivery, Reply(call));

        Assert.Equal("1"u8.ToArray(), running.FindAnswer(Properties())!.Value.Body.ToArray());
    }

    [Fact]
    public void Second_delivery_against_the_end_IsAdoptedOrAnswered_NeverNothing()
    {
        var (adopted, answered) = (0, 0);
        Contest.Run(
            Rounds,
            static _ => new Round(),
            round =>
            {
                Assert.True(round.WasAdopted ^ round.Answer is not null, "a second delivery found neither the call nor its answer");
                _ = round.WasAdopted ? adopted++ : answered++;
                Assert.Equal(0, round.Running.Count);
                Assert.Same(round.Call.Delivery, round.Through); // what is acknowledged is the latest delivery
            },
            static round => round.Finish(),
            static round => round.ComeAgain());
        Assert.True(adopted > 0 && answered > 0, $"the threads did not race: {adopted} adopted, {answered} answered");
    }

    [Fact]
    public void Cancellation_against_the_making_of_the_token_IsNeverLost()
    {
        Contest.Run(
            Rounds,
            static _ => new Round(),
            static round => Assert.True(round.Call.CancellationToken.IsCancellationRequested, "the token never fired"),
            static round => round.Running.Cancel("replies", "id"),
            static round => _ = round.Call.CancellationToken);
    }

    [Fact]
    public void Many_calls_that_come_and_go_LeaveNothing()
    {
        var running = new RunningCalls();
        Parallel.For(0, 20_000, i =>
        {
            var call = Add(running, Properties($"{i}"));
            running.Cancel("replies", $"{i}");
            Assert.True(call.CancellationToken.IsCancellationRequested);
            Assert.True(running.TryFinish(call, call.Delivery, reply: null));
        });

        Assert.Equal(0, running.Count);
        Assert.Null(running.Where(static _ => true));
    }

    private static RequestProperties Properties(string correlationId = "id") => new() { ReplyTo = "replies", CorrelationId = correlationId, AppId = "rpc/1" };

    private static ReplyMessage Reply(ReceivedCall call)
    {
        call.Reply(SampleRpc.Count, 1);
        return call.ToReply(fault: null);
    }

    private static ReceivedCall Call(in RequestProperties properties) => ServedContext.Shared.Receive(new FakeDelivery(properties));

    private static ReceivedCall Add(RunningCalls running, in RequestProperties properties)
    {
        var call = Call(properties);
        running.Add(call);
        return call;
    }

    /// <summary>A running call, its end, and its request that comes again.</summary>
    private sealed class Round
    {
        private readonly ReplyMessage _reply;

        public Round()
        {
            Call = Add(Running, Properties());
            ((FakeDelivery)Call.Delivery).IsLive = false;
            _reply = Reply(Call);
        }

        public RunningCalls Running { get; } = new();

        public ReceivedCall Call { get; }

        public bool WasAdopted { get; private set; }

        public ReplyMessage? Answer { get; private set; }

        public IDelivery? Through { get; private set; }

        // As ReplySender does.
        public void Finish()
        {
            do
            {
                Through = Call.Delivery;
            }
            while (!Running.TryFinish(Call, Through, _reply));
        }

        // As ServiceHost does.
        public void ComeAgain()
        {
            WasAdopted = Running.TryAdopt(new FakeDelivery(Properties() with { Redelivered = true }), out _);
            Answer = WasAdopted ? null : Running.FindAnswer(Properties());
        }
    }
}
