using System.Collections.Concurrent;
using Rpc.Batching;
using Rpc.Calls;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>One sender, with a transport in the test's hand.</summary>
public sealed class RequestSenderTests : IDisposable
{
    private readonly CallTable _table = new();

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task Lone_call_IsSentAtOnceWithNoTimePassing()
    {
        var link = _table.Open();
        var call = _table.Start();

        await Poll.UntilAsync(() => link.Handed.Count == 1, "the call is sent");
        _table.Calls.Complete(_table.Reply(call));
        Assert.Equal(1, await call.Task.Soon());

        // The sender goes on with the next call only when it is done with this one.
        _table.Start();
        await Poll.UntilAsync(() => link.Handed.Count == 2, "the next call is sent");
        Assert.True(call.Payload.Written.IsEmpty);
    }

    [Fact]
    public void Call_that_is_alone_in_its_client_IsSentOnItsCallersThread()
    {
        var senders = new List<int>();
        _table.Transport.Current = new FakeLink
        {
            OnSend = _ =>
            {
                senders.Add(Environment.CurrentManagedThreadId);
                return ValueTask.FromResult(true);
            },
        };

        _table.Sender.Add(_table.Add(), isLone: true);

        Assert.Equal([Environment.CurrentManagedThreadId], senders);
        using (ExecutionContext.SuppressFlow())
        {
            _table.Sender.Add(_table.Add(), isLone: true); // a caller may have done so itself
            Assert.True(ExecutionContext.IsFlowSuppressed());
        }

        Assert.Equal(2, senders.Count);
        Assert.False(ExecutionContext.IsFlowSuppressed());
    }

    [Theory]
    [InlineData(4_999, true, false)]
    [InlineData(5_000, true, true)] // so that its cost is not forgotten
    [InlineData(null, true, true)]
    [InlineData(0, false, true)] // others may be about to join it
    [InlineData(null, false, true)]
    public async Task Call_that_travels_alone_IsFramed_UnlessItIsAloneAndNothingIsToBeLearned(int? heardOfBefore, bool isLone, bool framed)
    {
        using var table = new CallTable(batching: true);
        table.Sender.Policy.Understood();
        var sent = new ConcurrentQueue<string?>();
        table.Transport.Current = new FakeLink
        {
            OnSend = request =>
            {
                sent.Enqueue(request.ContentType);
                return ValueTask.FromResult(true);
            },
        };
        var call = table.Add();
        if (heardOfBefore is { } ago)
        {
            call.Target.Cost.Took(1);
            table.Time.Advance(TimeSpan.FromMilliseconds(ago));
        }

        table.Sender.Add(call, isLone);
        await Poll.UntilAsync(() => !sent.IsEmpty, "the call is sent");

        Assert.Equal([framed ? BatchFormat.ContentType : "application/json"], sent);
    }

    [Fact]
    public async Task Callers_thread_SendsNoOtherCallsThatCameMeanwhile()
    {
        var (caller, others) = (Environment.CurrentManagedThreadId, new ConcurrentQueue<int>());
        var left = 100;
        var link = new FakeLink();
        link.OnSend = _ =>
        {
            others.Enqueue(Environment.CurrentManagedThreadId);
            if (left-- > 0)
            {
                _table.Sender.Add(_table.Add()); // there is always one more
            }

            return ValueTask.FromResult(true);
        };
        _table.Transport.Current = link;

        _table.Sender.Add(_table.Add(), isLone: true);

        Assert.Single(others, caller);
        await Poll.UntilAsync(() => others.Count == 101, "all are sent");
    }

    [Fact]
    public async Task Many_calls_AreSentInTheOrderTheyCame()
    {
        var link = new FakeLink { IsBlocked = true };
        _table.Transport.Current = link;
        var calls = Enumerable.Range(0, 1_000).Select(_ => _table.Start()).ToList();

        link.IsBlocked = false;
        _table.Sender.Resume();

        await Poll.UntilAsync(() => link.Handed.Count == calls.Count, "all calls are sent");
        Assert.Equal(calls.Select(_table.IdOf), link.Handed);
    }

    [Fact]
    public async Task Request_SaysWhatTheCallIsAndWhatIsLeftOfItsDeadline()
    {
        var requests = new ConcurrentQueue<RequestMessage>();
        var call = _table.Start(timeout: TimeSpan.FromSeconds(10));
        _table.Time.Advance(TimeSpan.FromSeconds(4)); // it waits for a link
        var link = new FakeLink { OnSend = request => Taken(requests, request) };
        _table.Transport.Current = link;
        _table.Sender.Resume();

        await Poll.UntilAsync(() => !requests.IsEmpty, "the call is sent");
        var request = Assert.Single(requests);
        Assert.Equal(("q", _table.IdOf(call), 6_000L), (request.Queue, request.CorrelationId, request.TimeToLive));
        Assert.Equal(("test.Service/Method", "application/json", "rpc/1"), (request.Type, request.ContentType, request.AppId));
    }

    [Fact]
    public async Task Deadline_over_a_day_GoesWithoutTimeToLive()
    {
        var requests = new ConcurrentQueue<RequestMessage>();
        _table.Transport.Current = new FakeLink { OnSend = request => Taken(requests, request) };
        _table.Start(timeout: TimeSpan.FromHours(24));
        _table.Start(timeout: TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(1));

        await Poll.UntilAsync(() => requests.Count == 2, "both are sent");
        Assert.Equal([86_400_000L, 0L], requests.Select(static request => request.TimeToLive));
    }

    [Fact]
    public async Task No_link_TheCallWaitsAndGoesWhenThereIsOne()
    {
        var call = _table.Start();
        Assert.False(call.Task.IsCompleted);
        var link = _table.Open();

        await Poll.UntilAsync(() => link.Handed.Count == 1, "the call is sent");
        Assert.Same(link, call.Link);
    }

    [Fact]
    public async Task Link_that_refuses_a_call_TheCallGoesFirstThroughTheNextLink()
    {
        var refusing = new FakeLink();
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        refusing.OnSend = _ =>
        {
            refusing.Close();
            refused.TrySetResult();
            return ValueTask.FromResult(false);
        };
        _table.Transport.Current = refusing;
        var first = _table.Start();
        await refused.Task.Soon();
        var later = Enumerable.Range(0, 5).Select(_ => _table.Start()).ToList();

        var next = _table.Open();

        await Poll.UntilAsync(() => next.Handed.Count == 6, "all calls went through the next link");
        Assert.Equal(_table.IdOf(first), next.Handed.First());
        Assert.Equal(later.Select(_table.IdOf), next.Handed.Skip(1));
        Assert.Equal([_table.IdOf(first)], refusing.Handed);
        _table.Calls.Complete(_table.Reply(first, "7"));
        Assert.Equal(7, await first.Task.Soon());
    }

    [Fact]
    public async Task Call_whose_time_is_up_IsNotSent_EvenBeforeItsDeadlineIsLookedAt()
    {
        var late = _table.Start(timeout: TimeSpan.FromMilliseconds(5));
        var other = _table.Start();
        _table.Time.Advance(TimeSpan.FromMilliseconds(6)); // deadlines are looked at every 10 ms
        Assert.False(late.HasEnded);
        var link = _table.Open();

        var failure = await Assert.ThrowsAsync<RpcException>(() => late.Task.Soon());
        Assert.Equal((RpcReason.NotSent, false), (failure.Reason, failure.MayHaveRun));
        await Poll.UntilAsync(() => link.Handed.Count == 1, "the other one is sent");
        Assert.Equal([_table.IdOf(other)], link.Handed);
        Assert.True(late.Payload.Written.IsEmpty);
    }

    [Fact]
    public async Task Call_that_ends_while_it_waits_IsNeverSent()
    {
        using var source = new CancellationTokenSource();
        var (before, cancelled, expired, after) =
            (_table.Start(), _table.Start(token: source.Token), _table.Start(timeout: TimeSpan.FromSeconds(1)), _table.Start());
        await source.CancelAsync();
        _table.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(cancelled.Ended().IsCanceled);
        Assert.Equal(RpcReason.NotSent, (await Assert.ThrowsAsync<RpcException>(() => expired.Task.Soon())).Reason);
        Assert.True(cancelled.Payload.Written.IsEmpty);
        Assert.True(expired.Payload.Written.IsEmpty);

        var link = _table.Open();

        await Poll.UntilAsync(() => link.Handed.Count == 2, "the other two are sent");
        Assert.Equal([_table.IdOf(before), _table.IdOf(after)], link.Handed);
    }

    [Fact]
    public async Task Call_that_has_ended_before_it_comes_IsNotTaken()
    {
        var call = _table.Add();
        call.Fail(static (ended, sent) => CallFailures.Disposed(ended.Site, sent));
        _table.Sender.Add(call);
        Assert.True(call.Payload.Written.IsEmpty);

        var other = _table.Start();
        var link = _table.Open();
        await Poll.UntilAsync(() => !link.Handed.IsEmpty, "the other call is sent");
        Assert.Equal([_table.IdOf(other)], link.Handed);
    }

    [Fact]
    public async Task Link_that_closes_during_a_publish_TheCallIsLostAtOnce()
    {
        var taken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var link = new FakeLink { OnSend = _ => new ValueTask<bool>(taken.Task) };
        _table.Transport.Current = link;
        var call = _table.Start();
        await Poll.UntilAsync(() => !link.Handed.IsEmpty, "the publish is under way");

        link.Close(); // the sweep that follows has been before the call was marked, for all the sender knows
        taken.SetResult(true);

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.Task.Soon());
        Assert.Equal((RpcStatus.Unavailable, RpcReason.ConnectionLost, true), (failure.Status, failure.Reason, failure.MayHaveRun));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_that_ends_during_its_publish_FreesItsPayloadOnlyWhenThatIsOver(bool isTaken)
    {
        var taken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var link = new FakeLink { OnSend = _ => new ValueTask<bool>(taken.Task) };
        _table.Transport.Current = link;
        var call = _table.Start();
        await Poll.UntilAsync(() => !link.Handed.IsEmpty, "the publish is under way");
        call.Fail(static (ended, sent) => CallFailures.Disposed(ended.Site, sent));
        Assert.False(call.Payload.Written.IsEmpty); // the transport still reads it

        if (!isTaken)
        {
            link.Close();
        }

        taken.SetResult(isTaken);
        var other = _table.Start();
        var next = isTaken ? link : _table.Open();
        await Poll.UntilAsync(() => next.Handed.Contains(_table.IdOf(other)), "the sender goes on with the other call");
        Assert.Equal(isTaken ? 2 : 1, next.Handed.Count);
        Assert.True(call.Payload.Written.IsEmpty);
    }

    [Fact]
    public async Task Link_that_throws_ThatCallFailsAndTheNextIsSent()
    {
        var link = new FakeLink();
        link.OnSend = _ => link.Handed.Count == 1 ? throw new ArgumentException("no such header") : ValueTask.FromResult(true);
        var bad = _table.Start();
        var good = _table.Start();
        _table.Transport.Current = link;
        _table.Sender.Resume();

        var failure = await Assert.ThrowsAsync<RpcException>(() => bad.Task.Soon());
        Assert.Equal((RpcStatus.InvalidArgument, RpcReason.Arguments, false), (failure.Status, failure.Reason, failure.MayHaveRun));
        await Poll.UntilAsync(() => link.Handed.Count == 2, "the next call is sent");
        Assert.False(good.Task.IsCompleted);
    }

    private static ValueTask<bool> Taken(ConcurrentQueue<RequestMessage> requests, RequestMessage request)
    {
        requests.Enqueue(request);
        return ValueTask.FromResult(true);
    }
}
