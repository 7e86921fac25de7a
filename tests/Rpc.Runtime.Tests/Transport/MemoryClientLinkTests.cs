using System.Collections.Concurrent;
using Rpc.Transport;
using Rpc.Transport.Memory;

namespace Rpc.Runtime.Tests.Transport;

public sealed class MemoryClientLinkTests : IAsyncLifetime
{
    private readonly string _name = Guid.NewGuid().ToString();
    private readonly MemoryClientTransport _client;
    private MemoryBroker _broker = null!;

    public MemoryClientLinkTests() => _client = new MemoryClientTransport(_name, "guest", new RpcClientOptions());

    public async ValueTask InitializeAsync()
    {
        _broker = MemoryBroker.Attach(_name);
        _broker.Declare("q");
        await _client.StartAsync(new Deaf(), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _broker.Detach();
    }

    [Theory]
    [InlineData(true, 0, true)]
    [InlineData(false, 0, false)] // it is written to again
    [InlineData(true, 1, false)] // it is a part of something
    public async Task Body_IsCopied_UnlessItIsAnArrayThatStaysAsItIs(bool keeps, int start, bool same)
    {
        var body = new byte[] { 1, 2, 3 };
        var bodies = new ConcurrentQueue<byte[]>();
        _broker.Consume("q", prefetch: 0, (_, message) => bodies.Enqueue(message.Body));

        Assert.True(await _client.Link!.TrySendAsync(new RequestMessage("q", new CorrelationId("a.", 1), 0, body.AsMemory(start)) { KeepsBody = keeps }));
        await Poll.UntilAsync(() => !bodies.IsEmpty, "the request comes");

        Assert.Equal(body[start..], bodies.Single());
        Assert.Equal(same, ReferenceEquals(body, bodies.Single()));
    }

    private sealed class Deaf : IClientEvents
    {
        public void SendingPossible()
        {
        }

        public void LinkLost(IClientLink link, Loss loss)
        {
        }

        public void RepliesLost(IClientLink current, Loss loss)
        {
        }

        public void Replied(in ReplyMessage reply)
        {
        }

        public void Confirmed(in CorrelationId correlationId, bool taken)
        {
        }

        public void Returned(in CorrelationId correlationId)
        {
        }
    }
}
