using Rpc.Bench.Contenders;
using Rpc.Bench.Fairness;

namespace Rpc.Bench.Load;

/// <summary>Carries out what a client process is told to do.</summary>
/// <param name="client">The client.</param>
internal sealed class LoadRunner(ConnectedClient client)
{
    private readonly List<Task> _pending = [];

    /// <summary>Carries out an order.</summary>
    /// <param name="order">The order.</param>
    public Task<LoadResult> RunAsync(LoadOrder order)
    {
        var call = CallOf.Find(client, order.Work);
        var ramp = TimeSpan.FromSeconds(order.RampSeconds);
        var time = TimeSpan.FromSeconds(order.Seconds);
        return order.Kind switch
        {
            LoadKind.Closed => new ClosedLoop(call, order.InFlight).RunAsync(ramp, time),
            LoadKind.Open => new OpenLoop(call, order.Rate).RunAsync(ramp, time),
            LoadKind.Burst => new ClosedLoop(call, order.InFlight).RunAsync(order.Calls),
            LoadKind.SlowPhase => RunSlowPhaseAsync(call, order.InFlight),
            LoadKind.Beside => RunBesideAsync(call, order),
            LoadKind.Pending => LeavePendingAsync(call, order.Calls),
            _ => throw new ArgumentOutOfRangeException(nameof(order), order.Kind, "There is no such load."),
        };
    }

    // The ramp is the fast phase before: the client has learned by then that the method is fast, and is now told otherwise.
    private static Task<LoadResult> RunSlowPhaseAsync(Func<int, Task> call, int callers)
    {
        var until = Phases.UntilSlow(Phases.Now);
        var ramp = until < Phases.Length / 2 ? until + (2 * Phases.Length) : until;
        return new ClosedLoop(call, callers).RunAsync(ramp, Phases.Length);
    }

    private async Task<LoadResult> RunBesideAsync(Func<int, Task> call, LoadOrder order)
    {
        var ramp = TimeSpan.FromSeconds(order.RampSeconds);
        var time = TimeSpan.FromSeconds(order.Seconds);
        var slow = new ClosedLoop(CallOf.Find(client, WorkItem.Slow), order.InFlight).RunAsync(ramp, time);
        var result = await new OpenLoop(call, order.Rate).RunAsync(ramp, time);
        var beside = await slow;
        return result with { Failed = result.Failed + beside.Failed, FirstFailure = result.FirstFailure ?? beside.FirstFailure };
    }

    private async Task<LoadResult> LeavePendingAsync(Func<int, Task> call, int calls)
    {
        for (var number = 0; number < calls; number++)
        {
            _pending.Add(call(number));
            if (number % 1000 == 0)
            {
                await Task.Yield();
            }
        }

        // Handed to the broker, too: what is still to be sent holds its buffer. Well within the calls' deadlines.
        await Task.Delay(TimeSpan.FromSeconds(6));
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var ended = _pending.Count(static call => call.IsCompleted);
        return new LoadResult(calls - ended, 0, calls, ended) { HeapBytes = GC.GetTotalMemory(forceFullCollection: true) };
    }
}
