using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.FaultPoints;
using Rpc.Transport;
using Xunit;

namespace Rpc.TestKit.Stress;

/// <summary>
/// Very many calls of all kinds at once: each ends once, with an outcome that fits what it was and whether it ran, and afterwards nothing is left of any.
/// </summary>
/// <param name="broker">Where the run is.</param>
/// <param name="calls">How many calls there are.</param>
public abstract class StressConformance(IConformanceBroker broker, int calls) : ConformanceTest(broker)
{
    private const int Callers = 200;

    // What may end any call, where the run's disturbances say so.
    private static readonly string[] s_disturbed = ["Unavailable/ConnectionLost", "Aborted/Redelivered", "Unavailable/NoServer", "Unavailable/ServerLost"];

    private readonly ConcurrentQueue<WeakReference> _tasks = new();
    private RpcClient _client = null!;
    private RpcClient _inner = null!;
    private ReplyPoint _server = null!;
    private StressService _service = null!;
    private StressService _behind = null!;

    /// <summary>Called now and then during the run.</summary>
    /// <param name="address">The broker.</param>
    /// <param name="time">How often it was called.</param>
    /// <returns>Whether something was done that may end calls.</returns>
    protected virtual bool Disturb(string address, int time) => false;

    [Fact]
    public async Task Calls_of_all_kinds_end_once_and_leave_nothing()
    {
        var seed = Environment.TickCount;
        try
        {
            await StartAsync();
            using var lasting = new CancellationTokenSource();
            var ends = new StressEnd[calls];
            var disturbed = await RunAsync(seed, ends, lasting.Token);
            AssertEnds(ends, disturbed);
            await AssertNothingLeftAsync(disturbed);
            await lasting.CancelAsync();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The run with seed {seed} failed: {exception.Message}", exception);
        }
    }

    private async Task StartAsync()
    {
        var behind = NewQueue();
        _behind = new StressService(calls, static () => throw new NotSupportedException());
        _inner = await ConnectAsync();
        _service = new StressService(calls, () => Proxy<IStress>(_inner, behind));
        Keep(await RpcServer.StartAsync(
            options => _server = new ReplyPoint(TransportFactory.CreateServer(Address, options)) { Keeps = false },
            services => services
                .Add<IStress>(_service, new RpcServiceOptions { Queue = Queue })
                .Add<IStress>(_behind, new RpcServiceOptions { Queue = behind }),
            new RpcServerOptions { MaxReplySize = StressCall.MaxSize, ConnectionName = "stressed server" },
            CancellationToken.None));
        _client = await ConnectAsync(new RpcClientOptions
        {
            MaxRequestSize = StressCall.MaxSize,
            ConnectionName = "stressed client",
            Retry = new RpcRetryOptions { Delay = TimeSpan.FromMilliseconds(5), NoServerWindow = TimeSpan.FromMilliseconds(20) },
        });
    }

    // Apart, and not inlined: nothing on the test's stack must keep a call alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<bool> RunAsync(int seed, StressEnd[] ends, CancellationToken lasting)
    {
        var (outer, nobody) = (Proxy<IStress>(_client), Proxy<IStress>(_client, NewQueue()));
        var last = -1;
        var disturbed = false;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref last) is var number && number < calls)
            {
                ends[number] = await new StressCall(number, seed, outer, nobody, lasting).RunAsync(task => _tasks.Enqueue(new WeakReference(task)));
                if (number % 5_000 == 2_500 && Disturb(Address, number / 5_000))
                {
                    Volatile.Write(ref disturbed, true);
                }
            }
        })));
        return disturbed;
    }

    private void AssertEnds(StressEnd[] ends, bool disturbed)
    {
        Assert.Equal(calls, _tasks.Count);
        for (var number = 0; number < calls; number++)
        {
            var (end, entered) = (ends[number], _service.Entered(number));
            Assert.True(IsLegal(end, disturbed), $"call {number} ({end.Kind}) ended as {end.Text}");
            Assert.True(end.MayHaveRun || entered == 0, $"call {number} ({end.Kind}, {end.Text}) was said not to have run, and ran {entered} times");
            Assert.True(!end.Ran || entered > 0, $"call {number} ({end.Kind}) ended as {end.Text} and did not run");
            Assert.True(entered <= 1 || (disturbed && end.Kind == "read"), $"call {number} ({end.Kind}) ran {entered} times");
            Assert.True(_behind.Entered(number) <= 1, $"the inner call of {number} ran twice");
        }

        var kinds = ends.Select(static end => (end.Kind, end.Text)).ToHashSet();
        Assert.True(kinds.Count > 18, $"The run was too tame: only {string.Join(", ", kinds)}.");
    }

    private static bool IsLegal(StressEnd end, bool disturbed) => (disturbed && s_disturbed.Contains(end.Text)) || (end.Kind switch
    {
        "plain" or "read" or "long text" or "note" or "passed" => end.Text == "ok" || (disturbed && end is { Kind: "passed", Text: "Internal/Upstream" }),
        "late" => end.Text is "ok" or "DeadlineExceeded/NotSent" or "DeadlineExceeded/NoReply" or "DeadlineExceeded/Expired",
        "cancelled" => end.Text is "ok" or "cancelled",
        "refused" => end.Text == "NotFound/None",
        "bug" => end.Text == "Internal/Handler",
        "large request" => end.Text == "InvalidArgument/Arguments",
        "large result" => end.Text == "Internal/Result",
        "nobody" => end.Text == "Unavailable/NoServer",
        "passed late" => end.Text is "ok" or "DeadlineExceeded/NotSent" or "DeadlineExceeded/NoReply" or "DeadlineExceeded/Expired" or "Internal/Upstream",
        _ => false,
    });

    private async Task AssertNothingLeftAsync(bool disturbed)
    {
        // Handlers of callers that gave up run a little longer, and one-way calls have no end that a caller sees.
        await Eventually.IsTrueAsync(() => _server.Hosts.All(static host => host.Running.Count == 0), "no call runs");
        foreach (var host in _server.Hosts)
        {
            await host.WhenIdleAsync().WithinDeadlineAsync();
            Assert.Equal((0, 0), (host.Running.Count, ServerInsides.Deadlines(host)));
            Assert.InRange(ServerInsides.KeptReplies(host), 1, 1024);
        }

        foreach (var client in (RpcClient[])[_client, _inner])
        {
            await Eventually.IsTrueAsync(() => client.Calls.Count == 0, "no call is pending");
            Assert.Equal((0, 0, 0), (client.Calls.InFlight, client.Calls.DeadlineCount, client.Calls.WatchedCount));
        }

        // A registration on the lasting token would keep its call alive, and the call its task.
        await Eventually.IsTrueAsync(AreAllTasksGone, "nothing holds the calls' tasks");

        // More than the service has places: none was lost.
        var proxy = Proxy<IStress>(_client);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => proxy.Echo(i, "after"))).WithinDeadlineAsync();
    }

    private bool AreAllTasksGone()
    {
        GC.Collect();
        return _tasks.All(static task => !task.IsAlive);
    }
}
