using Rpc.TestKit.Conformance;
using Rpc.TestKit.Fuzz;
using Rpc.Transport.Memory;
using Rpc.Transport.RabbitMq;

namespace Rpc.Runtime.Tests.Fuzz;

/// <summary>A server on the embedded broker gets requests that no program of ours would send, read as they are read from RabbitMQ.</summary>
public sealed class ServerFuzzTests : IAsyncLifetime
{
    private const int Requests = 60_000;
    private const string RequestQueue = "fuzzed.requests";

    private readonly string _name = $"fuzz-{Guid.NewGuid():N}";
    private readonly string[] _replyQueues = ["replies.one", "replies.two", "somebody.elses"];
    private readonly ReplyLedger _ledger = new();
    private MemoryBroker _broker = null!;

    public ValueTask InitializeAsync()
    {
        _broker = MemoryBroker.Attach(_name);
        foreach (var queue in _replyQueues)
        {
            _broker.Declare(queue);
            _broker.Consume(queue, prefetch: 0, (_, message) =>
            {
                if (message.Properties.ContentType != HostileReplies.Notices[0])
                {
                    _ledger.Came(queue, message.Properties.CorrelationId.Text);
                }
            });
        }

        return default;
    }

    public ValueTask DisposeAsync()
    {
        _broker.Detach();
        return default;
    }

    [Fact]
    public async Task Every_request_that_can_be_answered_is_answered_once()
    {
        var service = new FuzzedService();
        var options = new RpcServerOptions { MaxRequestSize = 100_000, MaxReplySize = 100_000 };
        var server = await RpcServer.StartAsync(
            $"memory://{_name}", services => services.Add<IFuzzed>(service, new RpcServiceOptions { Queue = RequestQueue, MaxQueued = 500 }), options);
        var reader = new RequestReader(options);
        var random = FuzzSeed.Start(1);
        var requests = new HostileRequests(random, _replyQueues);

        for (var i = 0; i < Requests; i++)
        {
            var request = requests.Next();
            var properties = reader.Read(request.Properties, redelivered: random.Next(20) == 0, request.Body.Length);
            if (properties.ReplyTo is { } address && _replyQueues.Contains(address))
            {
                _ledger.Expect(address, properties.CorrelationId.Text, request.MayExpire);
            }

            _broker.Publish(RequestQueue, new MemoryMessage(properties, request.Body) { Published = TimeProvider.System.GetTimestamp() });
        }

        var late = await Record.ExceptionAsync(() => Poll.UntilAsync(() => _ledger.Missing == 0, "all are answered"));
        Assert.True(late is null, $"Seed {FuzzSeed.Value}: {_ledger.Missing} replies are missing, {string.Join("; ", _ledger.Wrong())}");
        await using (var client = await RpcClient.ConnectAsync($"memory://{_name}"))
        {
            Assert.Equal("normal", await client.Create<IFuzzed>(new RpcRoute { Queue = RequestQueue }).Echo("normal").WithinDeadlineAsync());
        }

        await server.DisposeAsync();
        Assert.Empty(_ledger.Wrong());
        Assert.Equal(0, _broker.Query(RequestQueue)!.Messages);
        Assert.True(service.Entered > Requests / 20, $"only {service.Entered} calls came through to the service");
    }
}
