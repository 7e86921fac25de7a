using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;
using Rpc.TestKit.FaultPoints;
using Rpc.Transport;
using Xunit;

namespace Rpc.TestKit.Stress;

/// <summary>All servers are gone, and very many calls fail at once: making them again must not make it worse.</summary>
public abstract class RetryStormConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    private const int Calls = 1_000;
    private const int FullBudget = 100;

    // Each first attempt earns a tenth of a retry.
    private const int EarnedByAWave = Calls / 10;

    private int _sent;

    [Fact]
    public async Task Attempts_are_bounded_by_the_budget()
    {
        var client = Keep(await RpcClient.ConnectAsync(
            options => new SendPoint(TransportFactory.CreateClient(Address, options)) { Meets = CountAsync },
            new RpcClientOptions { Retry = new RpcRetryOptions { Delay = TimeSpan.FromMilliseconds(10), MaxAttempts = 100, NoServerWindow = TimeSpan.FromSeconds(5) } },
            CancellationToken.None));
        await (await RpcServer.StartAsync(Address, services => services.Add<IProbe>(new ProbeService(), new RpcServiceOptions { Queue = Queue }))).DisposeAsync();
        await (await RawAsync()).DeleteAsync(Queue);

        await WaveAsync(client);
        var first = Volatile.Read(ref _sent);
        await WaveAsync(client);
        var both = Volatile.Read(ref _sent);

        Assert.InRange(first, Calls + FullBudget, Calls + FullBudget + EarnedByAWave);
        Assert.InRange(both, first + Calls, (2 * Calls) + FullBudget + (2 * EarnedByAWave));
        Assert.Equal((0, 0), (client.Calls.Count, client.Calls.InFlight));
        AssertNothingPending(client);
    }

    private async Task WaveAsync(RpcClient client)
    {
        var probe = Proxy<IProbe>(client);
        var calls = Enumerable.Range(0, Calls).Select(_ => probe.Ask("q")).ToArray();
        foreach (var call in calls)
        {
            await FailsAsync(call.WithinDeadlineAsync(), RpcStatus.Unavailable, RpcReason.NoServer, mayHaveRun: false);
        }
    }

    private ValueTask<bool> CountAsync(RequestMessage request, Func<RequestMessage, ValueTask<bool>> send)
    {
        Interlocked.Increment(ref _sent);
        return send(request);
    }
}
