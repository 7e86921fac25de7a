using RabbitMQ.Client;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Security.Messages;

/// <summary>The base of tests that send a server or a client what no program of ours would: a peer that does, and what a test starts, closed last first.</summary>
public abstract class MessageTest(BrokerFixture fixture) : IAsyncLifetime
{
    private readonly Stack<IAsyncDisposable> _started = new();

    protected string Address { get; private set; } = "";

    protected string Queue { get; } = $"messages.{Guid.NewGuid():N}";

    /// <summary>The one who sends it.</summary>
    protected RawPeer Peer { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Address = await fixture.GetAmqpUriAsync();
        Peer = Keep(await RawPeer.ConnectAsync(Address));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        while (_started.TryPop(out var started))
        {
            if (ReferenceEquals(started, Peer))
            {
                await Peer.DeleteAsync(Queue);
            }

            await started.DisposeAsync();
        }
    }

    protected async Task<RpcServer> ServeAsync<T>(T service, RpcServerOptions? options = null, RpcServiceOptions? serviceOptions = null)
        where T : class =>
        Keep(await RpcServer.StartAsync(Address, services => services.Add(service, (serviceOptions ?? new()) with { Queue = Queue }), options));

    protected async Task<RpcClient> ConnectAsync(RpcClientOptions? options = null)
    {
        options ??= new RpcClientOptions();
        options.Retry = RpcRetryOptions.None;
        return Keep(await RpcClient.ConnectAsync(Address, options));
    }

    protected T Proxy<T>(RpcClient client)
        where T : class => client.Create<T>(new RpcRoute { Queue = Queue });

    /// <summary>A request to <see cref="IProbe.Ask"/> with a correlation id of its own.</summary>
    protected static BasicProperties Request(string? replyTo) => new()
    {
        ReplyTo = replyTo,
        CorrelationId = $"{Guid.NewGuid():N}",
        Type = $"{IProbe.WireName}/Ask",
        ContentType = "application/json",
    };

    /// <summary>Asks, as a foreign program does; whatever was sent before to a server with one worker has been served when this returns.</summary>
    protected async Task<RawMessage> AskAsync(BasicProperties? properties = null)
    {
        properties ??= Request(Peer.ReplyQueue);
        await Peer.PublishAsync(Queue, """{"question":"q"}""", properties);
        var reply = await Peer.NextReplyAsync(Eventually.Deadline);
        Assert.Equal(properties.CorrelationId, reply.Properties.CorrelationId);
        return reply;
    }

    protected T Keep<T>(T started)
        where T : IAsyncDisposable
    {
        _started.Push(started);
        return started;
    }
}
