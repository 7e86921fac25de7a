using System.Collections.Concurrent;
using System.Globalization;
using Rpc.Serialization;
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
        var queue = new ReadyQueue(Limit, int.MaxValue, async _ =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await gates.WaitAsync();
            Interlocked.Decrement(ref running);
            Interlocked.Increment(ref served);
        });
        for (var i = 0; i < Requests; i++)
        {
            queue.TryAdd(Request(), always: false);
        }

        await Poll.UntilAsync(() => Volatile.Read(ref running) == Limit, "as many run as may");
        gates.Release(Requests);
        await queue.WhenIdleAsync().Soon();

        Assert.Equal((Requests, Limit), (served, most));
    }

    [Fact]
    public async Task One_worker_ServesInTheOrderOfArrival()
    {
        var order = new ConcurrentQueue<int>();
        var queue = new ReadyQueue(1, int.MaxValue, request =>
        {
            order.Enqueue(NumberOf(request));
            return Task.CompletedTask;
        });
        for (var i = 0; i < 2_000; i++)
        {
            queue.TryAdd(Request(i), always: false);
        }

        await queue.WhenIdleAsync().Soon();
        Assert.Equal(Enumerable.Range(0, 2_000), order);
    }

    [Fact]
    public async Task WhenIdle_CompletesWithTheLastRequestAndAtOnceWhenThereIsNone()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var queue = new ReadyQueue(2, int.MaxValue, _ => gate.Task);
        Assert.True(queue.WhenIdleAsync().IsCompletedSuccessfully);

        queue.TryAdd(Request(), always: false);
        queue.TryAdd(Request(), always: false);
        queue.TryAdd(Request(), always: false);
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
        var queue = new ReadyQueue(4, int.MaxValue, request =>
        {
            Interlocked.Increment(ref served[NumberOf(request)]);
            return Task.CompletedTask;
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                queue.TryAdd(Request((thread * Each) + i), always: false);
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
        var queue = new ReadyQueue(1, int.MaxValue, _ =>
        {
            seen.SetResult((ambient.Value, Environment.CurrentManagedThreadId));
            return Task.CompletedTask;
        });
        using var blocked = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            queue.TryAdd(Request(), always: false);
            blocked.Wait(); // it stays away, so that its id cannot be seen again
        });
        thread.Start();

        var (value, servingThread) = await seen.Task.Soon();
        blocked.Set();
        thread.Join();
        Assert.Null(value);
        Assert.NotEqual(thread.ManagedThreadId, servingThread);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Calls_past_the_bound_AreTurnedAway_ButNotThoseThatMustWait(int maxQueued)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var queue = new ReadyQueue(2, maxQueued, _ => gate.Task);
        for (var i = 0; i < 2; i++)
        {
            Assert.True(queue.TryAdd(Request(), always: false));
        }

        await Poll.UntilAsync(() => queue.Count == 0, "both run");
        Assert.All(Enumerable.Range(0, maxQueued), _ => Assert.True(queue.TryAdd(Request(), always: false)));
        Assert.False(queue.TryAdd(Request(), always: false));
        Assert.True(queue.TryAdd(Request(), always: true));
        Assert.Equal(maxQueued + 1, queue.Count);

        gate.SetResult();
        await queue.WhenIdleAsync().Soon();
        Assert.True(queue.TryAdd(Request(), always: false));
        await queue.WhenIdleAsync().Soon();
    }

    // The broker delivers it between the acknowledgement of the one before and the moment in which its worker comes back.
    [Fact]
    public async Task Next_request_is_not_one_too_many_WhileTheOneBeforeIsOnlyBeingSettled()
    {
        using var steps = new ServedSteps(new RpcServiceOptions { MaxConcurrency = 1, MaxQueued = 0 });
        var next = ServedSteps.Request(ServedSteps.Properties("Plain") with { CorrelationId = "caller.2" });
        var third = ServedSteps.Request(ServedSteps.Properties("Plain") with { CorrelationId = "caller.3" });
        var first = ServedSteps.Request(ServedSteps.Properties("Plain"));
        first.OnAcknowledge = () =>
        {
            steps.Host.Received(next);
            steps.Host.Received(third); // but this one is
            return default;
        };
        await steps.ServeAsync(first);

        Assert.Equal("2"u8.ToArray(), Assert.Single(next.Replies).Body.ToArray());
        Assert.Equal(RpcReason.Busy, FaultFormat.Read(Assert.Single(third.Replies).Body).Reason);
        Assert.Equal(2, steps.Runs);
    }

    private static ReceivedCall Request(int number = 0) =>
        ServedContext.Create().Receive(new FakeDelivery(new RequestProperties { CorrelationId = number.ToString(CultureInfo.InvariantCulture) }));

    private static int NumberOf(ReceivedCall call) => int.Parse(call.Properties.CorrelationId.ToString(), CultureInfo.InvariantCulture);

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }
}
