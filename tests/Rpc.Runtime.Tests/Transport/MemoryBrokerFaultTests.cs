using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Rpc.Transport;
using Rpc.Transport.Memory;

namespace Rpc.Runtime.Tests.Transport;

/// <summary>The embedded broker goes wrong as RabbitMQ does.</summary>
public sealed class MemoryBrokerFaultTests : IDisposable
{
    private readonly string _name = Guid.NewGuid().ToString();
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryBroker _broker;

    public MemoryBrokerFaultTests() => _broker = MemoryBroker.Attach(_name);

    public void Dispose() => _broker.Detach();

    [Fact]
    public async Task Blocked_ItTakesNothing_AndThenEverythingInOrder()
    {
        _broker.Declare("q");
        var connection = new Connection("a");
        _broker.Add(connection);
        var inbox = new Inbox(_broker, "q", prefetch: 100);
        _broker.Block();
        _broker.Block(); // as good as once
        Publish("q", 1, 2, 3);

        Assert.True(_broker.IsBlocked);
        Assert.Equal(0, _broker.Query("q")!.Messages);
        Assert.Empty(inbox.Messages);
        Assert.False(_broker.Publish("no such queue", Message(1))); // it comes back at once
        _broker.Unblock();
        Publish("q", 4);

        Assert.False(_broker.IsBlocked);
        Assert.Equal([1, 2, 3, 4], (await inbox.StopAsync(_time)).Select(static message => (int)message.Body[0]));
        Assert.Equal(["reading changed", "reading changed", "reading changed"], connection.Told);
        _broker.Unblock(); // nothing is there
    }

    [Fact]
    public async Task Stopped_ItForgetsWhatIsNotOnDisk_AndLosesItsConnectionsUntilItIsStarted()
    {
        _broker.Declare("q");
        var connection = new Connection("a");
        _broker.Add(connection);
        Publish("q", 1);
        _broker.Publish("q", new MemoryMessage(new RequestProperties { IsPersistent = true }, [2]));
        Assert.True(_broker.WhenUpAsync().IsCompletedSuccessfully);
        _broker.Stop();
        var up = _broker.WhenUpAsync();

        Assert.Equal(["lost: the broker was stopped"], connection.Told);
        Assert.False(up.IsCompleted);
        _broker.Start();
        _broker.Start();
        await up.Soon();
        var inbox = new Inbox(_broker, "q", prefetch: 10);
        Assert.Equal([2], (await inbox.StopAsync(_time)).Select(static message => (int)message.Body[0]));
    }

    [Fact]
    public void Dropped_connections_AreThoseOfOneName()
    {
        var connections = new[] { new Connection("a"), new Connection("b"), new Connection("a") };
        Array.ForEach(connections, _broker.Add);
        _broker.Remove(connections[2]);
        _broker.Drop("a");

        Assert.Equal([1, 0, 0], connections.Select(static connection => connection.Told.Count));
    }

    [Fact]
    public void Broker_IsFoundByItsNameWhileSomebodyIsThere()
    {
        Assert.Same(_broker, MemoryBroker.Get(_name));
        Assert.Throws<KeyNotFoundException>(() => MemoryBroker.Get("nobody's"));
    }

    [Fact]
    public async Task Client_and_server_whose_connections_are_dropped_WorkAgain()
    {
        var service = new Squares();
        await using var server = await RpcServer.StartAsync(
            "memory://" + _name, services => services.Add<ISingle>(service), new RpcServerOptions { ConnectionName = "server" });
        await using var client = await RpcClient.ConnectAsync("memory://" + _name, new RpcClientOptions { ConnectionName = "client" });
        var single = client.Create<ISingle>();
        foreach (var name in new[] { "client", "server", "client", "server" })
        {
            await single.Square(3).Soon();
            _broker.Drop(name);
        }

        _broker.Stop();
        _broker.Drop("server"); // twice at once
        _broker.Start();
        await single.Square(3).Soon();

        Assert.Equal(5, service.Calls);
        await Poll.UntilAsync(() => _broker.Query("rpc." + typeof(ISingle).FullName)!.Consumers == 1, "one consumer is left");
    }

    private static MemoryMessage Message(byte number) => new(default, [number]);

    private void Publish(string queue, params byte[] numbers) => Assert.All(numbers, number => Assert.True(_broker.Publish(queue, Message(number))));

    private sealed class Squares : ISingle
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public Task<long> Square(int n)
        {
            Interlocked.Increment(ref _calls);
            return Task.FromResult((long)n * n);
        }
    }

    private sealed class Connection(string name) : IMemoryConnection
    {
        public string Name => name;

        public ConcurrentQueue<string> Told { get; } = new();

        public void Lose(string reason) => Told.Enqueue("lost: " + reason);

        public void ReadingChanged() => Told.Enqueue("reading changed");
    }
}
