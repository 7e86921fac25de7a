using Rpc.TestKit.Fuzz;
using System.Text;
using Rpc.Batching;
using Rpc.TestKit.Conformance;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server.Batches;

/// <summary>Replies that become ready while one is being sent go together, as far as they fit.</summary>
public sealed class ReplyGatheringTests : IDisposable
{
    private readonly TaskCompletionSource _sending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ServedSteps _steps = new(new RpcServiceOptions { MaxConcurrency = 200 });
    private readonly FakeDelivery _first = ServedBatch.Of(new RawFrame(1000, "Plain", """{"n":1000}"""));

    public ReplyGatheringTests()
    {
        // The first reply holds the sender of its address up, so that the others wait for each other.
        _first.OnReply = async _ =>
        {
            await _sending.Task;
            return true;
        };
        _steps.OnRun = Task.FromResult;
    }

    public void Dispose() => _steps.Dispose();

    [Fact]
    public async Task Replies_to_one_address_TravelTogetherUpToTheMostFrames()
    {
        FakeDelivery[] batches = [ServedBatch.Of(ServedBatch.Calls("Plain", 100)), ServedBatch.Of(ServedBatch.Calls("Plain", 100, from: 101))];
        await GatherAsync(200, batches);

        Assert.Equal([128, 72], Sent(batches).Select(static batch => batch.Frames.Count));
        Assert.Equal(200, ServedBatch.Replies(batches).Count);
        Assert.All(batches, static batch => Assert.Equal("acknowledged", batch.Settled.Result));
    }

    [Fact]
    public async Task Replies_to_different_addresses_or_clients_TravelApart()
    {
        var other = ServedBatch.Of(ServedBatch.Properties() with { ReplyTo = "elsewhere" }, ServedBatch.Calls("Plain", 2, from: 11));
        var stranger = new FakeDelivery(ServedBatch.Properties(), new RawBatch(RawBatch.NewNonce(), ServedBatch.Calls("Plain", 2, from: 21)).ToBytes());
        var same = ServedBatch.Of(ServedBatch.Calls("Plain", 2, from: 31));
        await GatherAsync(4, same, stranger, other);

        Assert.Equal([11, 12], Sent(other).SelectMany(static batch => batch.Frames).Select(static frame => frame.Number).Order());
        Assert.All(Sent(same), static batch => Assert.All(batch.Frames, static frame => Assert.InRange(frame.Number, 31, 32)));
        Assert.All(Sent(stranger), static batch => Assert.All(batch.Frames, static frame => Assert.InRange(frame.Number, 21, 22)));
        Assert.Equal(4, Sent(same, stranger).Sum(static batch => batch.Frames.Count));
        Assert.All(Sent(stranger), static batch => Assert.NotEqual(ServedBatch.Nonce, batch.Nonce));
    }

    [Fact]
    public async Task Headers_of_each_reply_ArriveWithItAndCountAsItsSize()
    {
        var value = new string('x', 15_000);
        _steps.OnRun = n =>
        {
            RpcCallContext.Current!.ReplyHeaders["of"] = $"{n}";
            RpcCallContext.Current.ReplyHeaders["large"] = value;
            return Task.FromResult(n);
        };
        var batch = ServedBatch.Of(ServedBatch.Calls("Plain", 20));
        await GatherAsync(20, batch);

        Assert.All(batch.Replies, static reply => Assert.InRange(reply.Body.Length, 1, BatchFormat.MaxBytes));
        Assert.Equal(5, batch.Replies.Count); // four of them fit into 64 KiB
        Assert.All(ServedBatch.Replies(batch).Values, reply => Assert.Equal([new("of", reply.Text), new("large", value)], reply.Headers));
        Assert.Equal(20, ServedBatch.Replies(batch).Count);
    }

    [Fact]
    public async Task As_many_headers_as_a_reply_may_have_CanBeRead()
    {
        _sending.SetResult();
        _steps.OnRun = static n =>
        {
            for (var i = 0; i < 4_000; i++)
            {
                RpcCallContext.Current!.ReplyHeaders[$"{i:x}"] = "";
            }

            return Task.FromResult(n);
        };
        await _steps.ServeAsync(_first);

        Assert.True(Batch.TryRead(Assert.Single(_first.Replies).Body, out var batch, out var problem), problem);
        Assert.Equal(4_000, Assert.Single(batch.ListFrames()).Headers!.Count);
    }

    [Fact]
    public async Task Faults_TravelWithResultsAndAreMarked()
    {
        _steps.OnRun = static n => n % 2 == 0 ? throw new RpcException(RpcStatus.NotFound, $"no {n}") : Task.FromResult(n);
        var batch = ServedBatch.Of(ServedBatch.Calls("Plain", 6));
        await GatherAsync(6, batch);

        Assert.Equal(6, Assert.Single(Sent(batch)).Frames.Count);
        Assert.All(ServedBatch.Replies(batch), static reply => Assert.Equal(
            reply.Key % 2 == 0 ? $"no {reply.Key}" : null, reply.Value.Flags == RawFrame.IsFault ? ServedBatch.FaultOf(reply.Value).Message : null));
    }

    [Fact]
    public async Task Lone_reply_GoesAtOnceAndInKind()
    {
        _sending.SetResult();
        await _steps.ServeAsync(_first);

        var reply = Assert.Single(_first.Replies);
        Assert.Equal((null, "application/vnd.rpc-batch", "rpc/1"), (reply.CorrelationId, reply.ContentType, reply.AppId));
        Assert.Equal("application/json", RawBatch.Read(reply.Body).ContentType);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replies_that_cannot_be_sent_together_AreSentAlone(bool throws)
    {
        var batch = ServedBatch.Of(ServedBatch.Calls("Plain", 3));
        batch.OnReply = reply => reply.ContentType != BatchFormat.ContentType ? ValueTask.FromResult(true)
            : throws ? throw new InvalidOperationException("it cannot be written") : ValueTask.FromResult(false);
        await GatherAsync(3, batch);

        var single = batch.Replies.Where(static reply => reply.ContentType != BatchFormat.ContentType).ToArray();
        Assert.Equal(["1", "2", "3"], single.Select(static reply => Encoding.UTF8.GetString(reply.Body.Span)).Order());
        Assert.Equal("acknowledged", await batch.Settled.Soon());
        Assert.Equal((4, 1, 0), (_steps.Runs, batch.Releases, _steps.Host.Running.Count));
    }

    [Fact]
    public async Task Reply_that_is_sent_alone_in_the_end_KeepsItsMemoryUntilThen()
    {
        var sending = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _first.OnReply = reply => reply.ContentType == BatchFormat.ContentType ? ValueTask.FromResult(false) : new ValueTask<bool>(sending.Task);
        _steps.Host.Received(_first);
        await Poll.UntilAsync(() => _first.Replies.Count == 2, "the reply is being sent alone");
        await Poll.UntilAsync(() => _steps.Host.Load.Running == 0, "its worker is done with it");

        Assert.Equal(0, _first.Releases);

        sending.SetResult(true);
        await _steps.Host.WhenIdleAsync().Soon();
        Assert.Equal((1, "acknowledged"), (_first.Releases, await _first.Settled.Soon()));
    }

    [Fact]
    public async Task Gatherers_of_callers_that_have_gone_AreTakenOut()
    {
        _sending.SetResult();
        for (var caller = 0; caller < 2_000; caller++)
        {
            await _steps.ServeAsync(ServedBatch.Of(ServedBatch.Properties() with { ReplyTo = $"replies {caller}" }, ServedBatch.Calls("Plain", 1)));
            Assert.InRange(_steps.Host.ReplyGatherers, 1, 256);
        }
    }

    [Fact]
    public async Task Call_whose_gatherer_was_taken_out_meanwhile_IsAnsweredByTheNext()
    {
        _sending.SetResult();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.OnRun = async n =>
        {
            await (n == 2 ? last.Task : Task.CompletedTask);
            return n;
        };
        var batch = ServedBatch.Of(ServedBatch.Calls("Plain", 2));
        _steps.Host.Received(batch);
        await Poll.UntilAsync(() => batch.Replies.Count == 1, "the first of its calls is answered");
        for (var caller = 0; caller < 300; caller++)
        {
            var other = ServedBatch.Of(ServedBatch.Properties() with { ReplyTo = $"replies {caller}" }, ServedBatch.Calls("Plain", 1, from: 10));
            _steps.Host.Received(other);
            await other.Settled.Soon();
        }

        last.SetResult();
        await _steps.Host.WhenIdleAsync().Soon();
        Assert.Equal([1, 2], ServedBatch.Replies(batch).Keys.Order());
        Assert.Equal("acknowledged", await batch.Settled.Soon());
    }

    [Fact]
    public async Task Server_is_not_idle_WhileRepliesWait()
    {
        _steps.Host.Received(_first);
        await Poll.UntilAsync(() => _first.Replies.Count == 1, "the reply is being sent");
        var idle = _steps.Host.WhenIdleAsync();
        await Poll.UntilAsync(() => _steps.Host.Load.Running == 0, "no handler runs");
        Assert.False(idle.IsCompleted);

        _sending.SetResult();
        await idle.Soon();
        Assert.Equal("acknowledged", await _first.Settled.Soon());
    }

    [Fact]
    public async Task Server_that_waits_for_its_calls_WaitsForTheirRepliesToo()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _steps.OnRun = async n =>
        {
            await running.Task;
            return n;
        };
        _steps.Host.Received(_first);
        await Poll.UntilAsync(() => _steps.Runs == 1, "it runs");
        var idle = _steps.Host.WhenIdleAsync(); // before there is a reply to wait for
        running.SetResult();
        await Poll.UntilAsync(() => _steps.Host.Load.Running == 0 && _first.Replies.Count == 1, "only the reply is under way");

        Assert.False(idle.IsCompleted);
        _sending.SetResult();
        await idle.Soon();
    }

    // Has the messages' calls run while the first reply is being sent, and lets the senders go on when all of theirs wait.
    private async Task GatherAsync(int replies, params FakeDelivery[] batches)
    {
        _steps.Host.Received(_first);
        await Poll.UntilAsync(() => _first.Replies.Count == 1, "the first reply is being sent");
        Assert.All(batches, _steps.Host.Received);
        await Poll.UntilAsync(() => _steps.Host.Load is (0, 0) && _steps.Host.Running.Count >= replies, "all handlers are done");
        _sending.SetResult();
        await _steps.Host.WhenIdleAsync().Soon();
    }

    private static List<RawBatch> Sent(params FakeDelivery[] batches) =>
        [.. batches.SelectMany(static batch => batch.Replies).Where(static reply => reply.ContentType == BatchFormat.ContentType).Select(static reply => RawBatch.Read(reply.Body))];
}
