using Microsoft.Extensions.Time.Testing;
using Rpc.Calls;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Calls;

/// <summary>The broker is asked about a queue seldom, and nobody waits for its answer.</summary>
public sealed class QueueDiagnosesTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeTransport _transport = new();
    private readonly QueueDiagnoses _diagnoses;
    private int _queries;

    public QueueDiagnosesTests()
    {
        _diagnoses = new QueueDiagnoses(_transport, _time);
        Answer(static () => Task.FromResult<QueueState?>(new QueueState(7, 2)));
    }

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    [Fact]
    public async Task Answer_IsPartOfTheDiagnosisWithItsAge()
    {
        _transport.State = new LinkState(IsConnected: true, IsBlocked: true, _time.GetTimestamp());
        _diagnoses.Ask("q");
        await Poll.UntilAsync(() => _diagnoses.Describe("q").QueueDepth is not null, "the answer came");
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(
            new RpcDiagnosis
            {
                QueueDepth = 7,
                Consumers = 2,
                QueueAge = TimeSpan.FromSeconds(3),
                Connected = true,
                Blocked = true,
                ConnectionAge = TimeSpan.FromSeconds(3),
            },
            _diagnoses.Describe("q"));
        Assert.Null(_diagnoses.Describe("other").QueueDepth);
    }

    [Fact]
    public async Task One_query_a_queue_a_second_IsShared()
    {
        for (var second = 1; second <= 3; second++)
        {
            Parallel.For(0, 1_000, _ => _diagnoses.Ask("q"));
            await Poll.UntilAsync(() => Volatile.Read(ref _queries) == second, "it was asked");
            await Poll.UntilAsync(() => _diagnoses.Describe("q").QueueAge == TimeSpan.Zero, "the answer came");
            _time.Advance(TimeSpan.FromMilliseconds(999));
            _diagnoses.Ask("q");
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(3, _queries);
        _diagnoses.Ask("q2"); // another queue is another matter
        await Poll.UntilAsync(() => Volatile.Read(ref _queries) == 4, "it was asked");
    }

    [Fact]
    public async Task Query_that_hangs_IsNotRepeated_AndTheDiagnosisGoesWithout()
    {
        var never = new TaskCompletionSource<QueueState?>();
        Answer(() => never.Task);
        _diagnoses.Ask("q");
        await Poll.UntilAsync(() => Volatile.Read(ref _queries) == 1, "it was asked");
        _time.Advance(TimeSpan.FromSeconds(5));
        _diagnoses.Ask("q");

        Assert.Null(_diagnoses.Describe("q").QueueDepth);
        never.SetResult(new QueueState(1, 1));
        await Poll.UntilAsync(() => _diagnoses.Describe("q").QueueDepth == 1, "the late answer was taken");
        Assert.Equal(1, _queries);
        _diagnoses.Ask("q");
        await Poll.UntilAsync(() => Volatile.Read(ref _queries) == 2, "it was asked again");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Query_that_fails_IsForgotten_AndTheNextIsAsked(bool atOnce)
    {
        Answer(() => atOnce ? throw new InvalidOperationException("no connection") : Task.FromException<QueueState?>(new TimeoutException()));
        _diagnoses.Ask("q");
        await Poll.UntilAsync(() => Volatile.Read(ref _queries) == 1, "it was asked");
        Assert.Null(_diagnoses.Describe("q").QueueDepth);

        Answer(static () => Task.FromResult<QueueState?>(new QueueState(0, 0)));
        await Poll.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                _diagnoses.Ask("q");
                return _diagnoses.Describe("q") is { QueueDepth: 0, Consumers: 0 };
            },
            "the next answer was taken");
    }

    [Fact]
    public async Task Call_that_waits_half_its_time_AsksAndItsDeadlineIsNotDelayed()
    {
        using var table = new CallTable();
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        table.Transport.OnQuery = queue =>
        {
            asked.TrySetResult(queue);
            return new TaskCompletionSource<QueueState?>().Task; // the broker never answers
        };
        var call = table.Add(TimeSpan.FromSeconds(10));
        Assert.True(call.TryMarkSent(table.Open()));

        table.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(asked.Task.IsCompleted);
        table.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal("q", await asked.Task.Soon());
        Assert.False(call.HasEnded); // due for half its time, and not for its end
        Assert.Equal(1, table.Calls.DeadlineCount);
        table.Time.Advance(TimeSpan.FromSeconds(5));

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.Task.Soon());
        Assert.Equal((RpcReason.NoReply, true), (failure.Reason, failure.MayHaveRun));
        Assert.True(failure.Diagnosis!.Connected);
        Assert.Null(failure.Diagnosis.QueueDepth);
        Assert.Equal((0, 0), (table.Calls.Count, table.Calls.DeadlineCount));
    }

    [Fact]
    public void Call_that_was_not_sent_AsksNothing()
    {
        using var table = new CallTable();
        table.Transport.OnQuery = static _ => throw new InvalidOperationException("nobody should ask");
        var call = table.Add(TimeSpan.FromSeconds(10));
        table.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(call.HasEnded);
        table.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(RpcReason.NotSent, Assert.IsType<RpcException>(call.Ended().Exception!.InnerException).Reason);
    }

    [Fact]
    public void Clock_that_leaps_over_half_and_end_EndsTheCallOnce()
    {
        using var table = new CallTable();
        var call = table.Add(TimeSpan.FromSeconds(10));
        table.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(call.Ended().IsFaulted);
        Assert.Equal((0, 0), (table.Calls.Count, table.Calls.DeadlineCount));
    }

    private void Answer(Func<Task<QueueState?>> answer) => _transport.OnQuery = _ =>
    {
        Interlocked.Increment(ref _queries);
        return answer();
    };
}
