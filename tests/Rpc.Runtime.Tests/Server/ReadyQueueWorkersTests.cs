using System.Collections.Concurrent;
using System.Globalization;
using Rpc.Runtime.Tests.Server.Batches;
using Rpc.Server;
using Rpc.Server.Batches;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

/// <summary>When workers are started, with the test in the thread pool's place.</summary>
public sealed class ReadyQueueWorkersTests
{
    private readonly ConcurrentQueue<IThreadPoolWorkItem> _started = new();

    [Fact]
    public async Task Burst_of_short_calls_CostsTwoWorkers()
    {
        var served = new List<int>();
        var queue = Queue(64, call =>
        {
            served.Add(NumberOf(call));
            return Task.CompletedTask;
        });
        Assert.Null(queue.AddAll(Requests(100)));
        Assert.Single(_started);

        Execute();

        Assert.Equal(Enumerable.Range(0, 100), served);
        Assert.Single(_started); // the second, started before the first call was served
        Execute();
        Assert.Empty(_started);
        Assert.True(queue.WhenIdleAsync().IsCompletedSuccessfully);
        queue.TryAdd(Request(100), always: false);
        Execute();
        await queue.WhenIdleAsync().Soon();
        Assert.Equal(101, served.Count);
    }

    // What waits behind it for a thread are the replies to the calls that it has served.
    [Fact]
    public async Task Worker_MakesWay_WhereCallsComeAsFastAsItServesThem()
    {
        var served = 0;
        ReadyQueue queue = null!;
        queue = Queue(1, _ =>
        {
            if (++served <= 1_000)
            {
                queue.TryAdd(Request(served), always: true);
            }

            return Task.CompletedTask;
        });
        Assert.Null(queue.AddAll(Requests(50)));
        Execute();

        Assert.Equal(50, served);
        Assert.Single(_started); // another one goes on
        while (!_started.IsEmpty)
        {
            Execute();
        }

        Assert.Equal(1_050, served);
        await queue.WhenIdleAsync().Soon();
    }

    [Fact]
    public void Lone_call_CostsOneWorker()
    {
        var isLone = false;
        ReadyQueue queue = null!;
        queue = Queue(64, call =>
        {
            isLone = queue.Replying(call);
            return Task.CompletedTask;
        });
        queue.TryAdd(Request(), always: false);
        Execute();

        Assert.True(isLone);
        Assert.Empty(_started);
        Assert.Equal((0, 0), queue.Load);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, false)] // what waits for a thread may be another call's handler, which goes on
    [InlineData(0, 1, false)]
    public void Reply_beside_calls_that_take_long_IsLone_WhereNoOtherIsAboutToCome(long pending, int waiting, bool lone)
    {
        var isLone = new List<bool>();
        var blocked = new TaskCompletionSource();
        ReadyQueue queue = null!;
        queue = new ReadyQueue(
            3,
            int.MaxValue,
            call =>
            {
                if (NumberOf(call) < 2)
                {
                    return blocked.Task;
                }

                isLone.Add(queue.Replying(call));
                return Task.CompletedTask;
            },
            _started.Enqueue,
            () => pending);
        queue.AddAll(Requests(3 + waiting));
        Execute();
        Execute();
        Execute();

        Assert.Equal(lone, isLone[0]);
    }

    // Each handler stays on its worker's thread, so that nothing but the order of things starts the next.
    [Fact]
    public void Next_worker_IsStarted_BeforeTheOneBeforeServes()
    {
        const int Limit = 5;
        var (nested, most) = (0, 0);
        var queue = Queue(Limit, _ =>
        {
            most = Math.Max(most, ++nested);
            if (_started.TryDequeue(out var next))
            {
                next.Execute();
            }

            nested--;
            return Task.CompletedTask;
        });
        queue.AddAll(Requests(Limit * 2));
        Execute();

        Assert.Equal(Limit, most); // each in the midst of the one before, and no more than may
        Assert.Equal((0, 0), queue.Load);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handlers_that_block_RunAtOnceUpToTheLimit(bool together)
    {
        const int Limit = 8;
        const int Calls = 20;
        using var gate = new SemaphoreSlim(0);
        var served = 0;
        var queue = new ReadyQueue(
            Limit,
            int.MaxValue,
            _ =>
            {
                gate.Wait();
                Interlocked.Increment(ref served);
                return Task.CompletedTask;
            },
            static worker => new Thread(worker.Execute) { IsBackground = true }.Start());
        if (together)
        {
            queue.AddAll(Requests(Calls));
        }
        else
        {
            Array.ForEach(Requests(Calls), call => queue.TryAdd(call, always: false));
        }

        await Poll.UntilAsync(() => queue.Load == (Limit, Calls - Limit), "as many run as may");
        gate.Release(Calls);
        await queue.WhenIdleAsync().Soon();
        Assert.Equal(Calls, served);
    }

    [Fact]
    public async Task Handler_that_blocks_HoldsUpNoOther()
    {
        using var gate = new ManualResetEventSlim();
        var served = 0;
        var queue = new ReadyQueue(
            2,
            int.MaxValue,
            call =>
            {
                if (NumberOf(call) == 0)
                {
                    gate.Wait();
                }

                Interlocked.Increment(ref served);
                return Task.CompletedTask;
            },
            static worker => new Thread(worker.Execute) { IsBackground = true }.Start());
        queue.AddAll(Requests(1_000));

        await Poll.UntilAsync(() => Volatile.Read(ref served) == 999, "all others are served");
        Assert.Equal((1, 0), queue.Load);
        gate.Set();
        await queue.WhenIdleAsync().Soon();
    }

    [Fact]
    public async Task Call_that_comes_while_the_last_worker_leaves_IsServed()
    {
        var served = 0;
        var queue = new ReadyQueue(2, int.MaxValue, _ =>
        {
            Interlocked.Increment(ref served);
            return Task.CompletedTask;
        });
        for (var i = 1; i <= 20_000; i++)
        {
            queue.TryAdd(Request(), always: false);
            if (i % 100 == 0)
            {
                await queue.WhenIdleAsync().Soon();
                Assert.Equal(i, Volatile.Read(ref served));
            }
        }
    }

    // What waits for its worker alone does not count.
    [Fact]
    public void Calls_past_the_bound_AreTurnedAway_BeforeAnyWorkerHasStarted()
    {
        var queue = new ReadyQueue(2, 2, static _ => Task.CompletedTask, _started.Enqueue);

        Assert.All(Requests(4), call => Assert.True(queue.TryAdd(call, always: false)));
        Assert.False(queue.TryAdd(Request(), always: false));
        Assert.True(queue.TryAdd(Request(), always: true));
    }

    [Fact]
    public void Batch_that_comes_when_too_many_wait_IsTurnedAwayWhole()
    {
        var blocked = new TaskCompletionSource();
        var queue = new ReadyQueue(1, 1, _ => blocked.Task, _started.Enqueue);
        Assert.Null(queue.AddAll(Batch(from: 1)));
        Execute(); // its first call runs, and the two others do not count

        Assert.Null(queue.AddAll(Batch(from: 11)));
        var third = Batch(from: 21);
        Assert.Equal(third, queue.AddAll(third));
        Assert.Equal((1, 5), queue.Load);
    }

    [Fact]
    public async Task Calls_that_are_taken_out_before_their_worker_comes_LeaveTheQueueIdle()
    {
        var served = 0;
        var queue = Queue(2, _ =>
        {
            served++;
            return Task.CompletedTask;
        });
        var calls = Requests(3);
        queue.AddAll(calls);
        var idle = queue.WhenIdleAsync();
        Assert.False(idle.IsCompleted);

        Assert.Equal(calls, queue.TakeWaiting(static _ => true));
        Execute();

        await idle.Soon();
        Assert.Empty(_started);
        Assert.Equal(0, served);
    }

    private static ReceivedCall[] Requests(int count) => [.. Enumerable.Range(0, count).Select(Request)];

    private static ReceivedCall Request(int number = 0) =>
        ServedContext.Shared.Receive(new FakeDelivery(new RequestProperties { CorrelationId = number.ToString(CultureInfo.InvariantCulture) }));

    private static ReceivedCall[] Batch(int from)
    {
        var service = ServedContext.Shared;
        var delivery = ServedBatch.Of(ServedBatch.Properties() with { Type = service.Contract.Service }, ServedBatch.Calls(service.Methods[0].Method.Name, 3, from));
        return [.. BatchSplitter.Split(delivery, service, out _).Select(service.Receive)];
    }

    private static int NumberOf(ReceivedCall call) => int.Parse(call.Properties.CorrelationId.ToString(), CultureInfo.InvariantCulture);

    private ReadyQueue Queue(int maxConcurrency, Func<ReceivedCall, Task> serve) => new(maxConcurrency, int.MaxValue, serve, _started.Enqueue);

    private void Execute()
    {
        Assert.True(_started.TryDequeue(out var worker), "no worker was started");
        worker.Execute();
    }
}
