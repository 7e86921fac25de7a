using System.Collections.Concurrent;
using System.Diagnostics;

namespace Rpc.Integration.Tests.Overload;

/// <summary>
/// One run: a backlog of a full deadline's work at the start, so that the overload is there at once, and then one and a half times what the server can do.
/// </summary>
/// <param name="address">The broker.</param>
internal sealed class OverloadRun(string address)
{
    private const int Concurrency = 16;
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(2);

    // Calls a second.
    private static readonly double s_capacity = Concurrency / OverloadedService.Time.TotalSeconds;

    private readonly OverloadedService _service = new();
    private readonly ConcurrentDictionary<string, int> _ends = new();
    private int _ran;
    private int _answered;

    /// <summary>How many calls were made after the backlog.</summary>
    public int Made => _ends.Values.Sum();

    /// <summary>How many of them ended because the broker did not read.</summary>
    public int Blocked => _ends.GetValueOrDefault($"{RpcStatus.DeadlineExceeded}/{RpcReason.Blocked}");

    /// <summary>How many of the calls after the backlog the server ran.</summary>
    public int Ran => _ran;

    /// <summary>How many of those were answered in time.</summary>
    public int Answered => _answered;

    /// <summary>How the calls ended, for a failure's text.</summary>
    public string Ends => string.Join(", ", _ends.OrderBy(static end => end.Key).Select(static end => $"{end.Value} {end.Key}"));

    /// <summary>Runs.</summary>
    /// <param name="time">How long calls are made.</param>
    /// <param name="meanwhile">Runs beside the calls.</param>
    public async Task RunAsync(TimeSpan time, Func<Task>? meanwhile = null)
    {
        var queue = $"overload.{Guid.NewGuid():N}";
        await using var server = await RpcServer.StartAsync(
            address,
            services => services.Add<IOverloadable>(_service, new RpcServiceOptions { Queue = queue, MaxConcurrency = Concurrency }));
        await using var client = await RpcClient.ConnectAsync(address, new RpcClientOptions { Timeout = s_deadline, Retry = RpcRetryOptions.None });
        var proxy = client.Create<IOverloadable>(new RpcRoute { Queue = queue });

        // One call alone: from it the server knows how old a request is that did not wait, and how long one takes.
        await proxy.Work(-1);
        var backlog = (int)(s_capacity * s_deadline.TotalSeconds);
        var calls = Enumerable.Range(0, backlog).Select(call => CountAsync(proxy, call, isCounted: false)).ToList();
        var beside = meanwhile is null ? Task.CompletedTask : Task.Run(meanwhile);
        var started = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < time)
        {
            for (var due = backlog + (int)(elapsed.TotalSeconds * 1.5 * s_capacity); calls.Count < due;)
            {
                calls.Add(CountAsync(proxy, calls.Count, isCounted: true));
            }

            await tick.WaitForNextTickAsync();
        }

        await Task.WhenAll(calls);
        await beside;
    }

    private async Task CountAsync(IOverloadable proxy, int call, bool isCounted)
    {
        var end = "ok";
        try
        {
            await proxy.Work(call);
        }
        catch (RpcException failure)
        {
            end = $"{failure.Status}/{failure.Reason}";
        }

        if (isCounted)
        {
            _ends.AddOrUpdate(end, 1, static (_, count) => count + 1);
            _ = _service.Ran(call) ? Interlocked.Increment(ref _ran) : 0;
            _ = end == "ok" ? Interlocked.Increment(ref _answered) : 0;
        }
    }
}
