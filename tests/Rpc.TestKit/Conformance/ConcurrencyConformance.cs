using System.Collections.Concurrent;
using Rpc.TestKit.Contracts;
using Xunit;

namespace Rpc.TestKit.Conformance;

/// <summary>Many calls, contracts, clients and servers at once.</summary>
public abstract class ConcurrencyConformance(IConformanceBroker broker) : ConformanceTest(broker)
{
    [Fact]
    public async Task Thousand_calls_at_once_each_get_their_own_answer()
    {
        await ServeAsync<ISquares>(new SquaresService());
        var client = await ConnectAsync();
        var squares = Proxy<ISquares>(client);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => squares.Square(i)));

        Assert.Equal(Enumerable.Range(0, 1000).Select(static i => (long)i * i), answers);
        AssertNothingPending(client);
    }

    [Fact]
    public async Task Three_contracts_share_one_connection()
    {
        var (probes, numbers, shapes) = (NewQueue(), NewQueue(), NewQueue());
        await using var server = await RpcServer.StartAsync(Address, services => services
            .Add<IProbe>(new ProbeService(), new RpcServiceOptions { Queue = probes })
            .Add<ISquares>(new SquaresService(), new RpcServiceOptions { Queue = numbers })
            .Add<IShapes>(new ShapesService(), new RpcServiceOptions { Queue = shapes }));
        var client = await ConnectAsync();

        var answers = Enumerable.Range(0, 50).Select(async i => (
            await Proxy<IProbe>(client, probes).Ask($"q{i}"), await Proxy<ISquares>(client, numbers).Square(i), await Proxy<IShapes>(client, shapes).Add(i, 1)));

        Assert.Equal(Enumerable.Range(0, 50).Select(static i => ($"q{i}", (long)i * i, i + 1L)), await Task.WhenAll(answers));
    }

    [Fact]
    public async Task Two_clients_and_three_servers_share_one_queue()
    {
        // One call at a time each, and none answers before all three have one: so each of them gets some, however fast any of them is.
        var served = new ConcurrentBag<int>();
        var gate = new Gate();
        for (var i = 0; i < 3; i++)
        {
            var server = i;
            var service = new ProbeService(async (question, token) =>
            {
                served.Add(server);
                await gate.PassAsync(token);
                return "answer to " + question;
            });
            await ServeAsync<IProbe>(service, serviceOptions: new RpcServiceOptions { MaxConcurrency = 1 });
        }

        var clients = new[] { await ConnectAsync<IProbe>(), await ConnectAsync<IProbe>() };
        var calls = Enumerable.Range(0, 300).Select(i => clients[i % 2].Ask($"{i}")).ToArray();
        await gate.ArrivalsAsync(3);
        Assert.Equal([0, 1, 2], served.Order());
        gate.Open();

        Assert.Equal(Enumerable.Range(0, 300).Select(static i => $"answer to {i}"), await Task.WhenAll(calls));
        Assert.Equal(300, served.Count);
    }

    [Fact]
    public async Task Handler_calls_another_service()
    {
        var inner = NewQueue();
        await ServeAsync<ISquares>(new SquaresService(), serviceOptions: new RpcServiceOptions { Queue = inner });
        var squares = Proxy<ISquares>(await ConnectAsync(), inner);
        await ServeAsync<IProbe>(new ProbeService(async (question, _) => $"{await squares.Square(question.Length)}"));
        var probe = await ConnectAsync<IProbe>();

        Assert.Equal(["0", "1", "81"], await Task.WhenAll(probe.Ask(""), probe.Ask("a"), probe.Ask("123456789")));
    }

    [Fact]
    public async Task Handler_calls_itself_over_the_network()
    {
        var self = await ConnectAsync<IProbe>();
        var service = new ProbeService(async (question, token) => question.Length == 1 ? question : await self.Ask(question[1..], token) + question[0]);
        await ServeAsync<IProbe>(service);

        Assert.Equal("jihgfedcba", await self.Ask("abcdefghij"));
        Assert.Equal(10, service.Entered);
    }

    [Fact]
    public async Task Never_more_calls_run_at_once_than_MaxConcurrency()
    {
        const int Most = 3;
        const int Calls = 12;
        using var permits = new SemaphoreSlim(0);
        var arrivals = new Gate();
        arrivals.Open();
        var (running, most) = (0, 0);
        await ServeAsync<IProbe>(
            new ProbeService(async (question, token) =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await arrivals.PassAsync(token);
                await permits.WaitAsync(token);
                Interlocked.Decrement(ref running);
                return question;
            }),
            serviceOptions: new RpcServiceOptions { MaxConcurrency = Most });
        var probe = await ConnectAsync<IProbe>();
        var calls = Enumerable.Range(0, Calls).Select(i => probe.Ask($"{i}")).ToArray();

        // As many as may run are waiting inside; then one leaves at a time, and one comes for it.
        await arrivals.ArrivalsAsync(Most);
        for (var i = Most; i < Calls; i++)
        {
            permits.Release();
            await arrivals.ArrivalsAsync();
        }

        permits.Release(Most);
        Assert.Equal(Enumerable.Range(0, Calls).Select(static i => $"{i}"), await Task.WhenAll(calls));
        Assert.Equal(Most, most);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
