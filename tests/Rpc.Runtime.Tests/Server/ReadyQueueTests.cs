using System.Collections.Concurrent;
using Rpc.Server;
using Rpc.Transport;

namespace Rpc.Runtime.Tests.Server;

public sealed class ReadyQueueTests
{
    [Fact]
    public async Task Never_more_than_the_limit_RunAtOnce()
    {
        const int Limit = 3;
        const int Requests = 60;
        var (running, most, served) = (0, 0, 0);
        var gates = new SemaphoreSlim(0);
        var queue = new ReadyQueue(Limit, async _ =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await gates.WaitAsync();
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref served);
        });
        for (var i = 0; i < Requests; i++)
        {
            queue.Add(Request());
        }

        await Poll.UntilAsync(() => Volatile.Read(ref running) == Limit, "as many run as may");
        gates.Release(Requests);
        await queue.WhenIdleAsync().Soon();

        Assert.Equal((Requests, Limit), (served, most));
    }

    [Fact]
    public async Task One_worker_ServesInTheOrderOfArrival()
    {
        var order = new ConcurrentQueue<long>();
        var queue = new ReadyQueue(1, request =>
        {
            order.Enqueue(request.Arrived);
            return Task.CompletedTask;
        });
        for (var i = 0; i < 2_000; i++)
        {
            queue.Add(Request(i));
        }

        await queue.WhenIdleAsync().Soon();
        Assert.Equal(Enumerable.Range(0, 2_000).Select(static i => (long)i), order);
    }

    [Fact]
    public async Task WhenIdle_CompletesWithTheLastRequestAndAtOnceWhenThereIsNone()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var queue = new ReadyQueue(2, _ => gate.Task);
        Assert.True(queue.WhenIdleAsync().IsCompletedSuccessfully);

        queue.Add(Request());
        queue.Add(Request());
        queue.Add(Request());
        var (one, two) = (queue.WhenIdleAsync(), queue.WhenIdleAsync());
        Assert.False(one.IsCompleted);
        gate.SetResult();
        await Task.WhenAll(one, two).Soon();

        Assert.True(queue.WhenIdleAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Requests_from_many_threads_AreEachServedOnce()
    {
        const int Each = 5_000;
        var served = new int[4 * Each];
        var queue = new ReadyQueue(4, request =>
        {
            Interlocked.Increment(ref served[request.Arrived]);
            return Task.CompletedTask;
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                queue.Add(Request((thread * Each) + i));
            }
        }))).Soon();
        await queue.WhenIdleAsync().Soon();

        Assert.All(served, static times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Serving_RunsOffTheAddingThreadAndWithoutItsContext()
    {
        var ambient = new AsyncLocal<string?> { Value = "the transport's loop" };
        var seen = new TaskCompletionSource<(string?, int)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var queue = new ReadyQueue(1, _ =>
        {
            seen.SetResult((ambient.Value, Environment.CurrentManagedThreadId));
            return Task.CompletedTask;
        });
        using var blocked = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            queue.Add(Request());
            blocked.Wait(); // it stays away, so that its id cannot be seen again
        });
        thread.Start();

        var (value, servingThread) = await seen.Task.Soon();
        blocked.Set();
        thread.Join();
        Assert.Null(value);
        Assert.NotEqual(thread.ManagedThreadId, servingThread);
    }

    private static ReadyRequest Request(long number = 0) => new(new FakeDelivery(new RequestProperties()), number);

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }
}
