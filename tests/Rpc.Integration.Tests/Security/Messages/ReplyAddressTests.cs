using System.Buffers.Binary;
using System.Text;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Security.Messages;

/// <summary>A caller names the queue that the server is to write to. What the server writes to is the server's decision.</summary>
public sealed class ReplyAddressTests(BrokerFixture fixture) : MessageTest(fixture)
{
    private static readonly RpcServiceOptions s_inOrder = new() { MaxConcurrency = 1 };

    [Theory]
    [InlineData("allowed.a.done", true)]
    [InlineData("allowed..done", true)]
    [InlineData("allowed.a.donee", false)]
    [InlineData("not.allowed.a.done", false)]
    [InlineData("Allowed.a.done", false)]
    [InlineData("single", true)]
    [InlineData("singl", false)]
    [InlineData("wha?", true)]
    [InlineData("what", false)] // '*' alone stands for other text
    [InlineData(@"back\slash", true)]
    public async Task Only_queues_that_are_allowed_are_written_to(string queue, bool allowed)
    {
        var name = Guid.NewGuid().ToString("N")[..6];
        var options = new RpcServerOptions { AllowedReplyQueues = { $"{name}.allowed.*.done", $"{name}.single", $"{name}.wha?", $@"{name}.back\slash", Peer.ReplyQueue } };
        await ServeAsync<IProbe>(new ProbeService(), options, s_inOrder);
        queue = $"{name}.{queue}";
        await Peer.DeclareAsync(queue);

        await Peer.PublishAsync(Queue, """{"question":"q"}""", Request(queue));
        await AskAsync();

        Assert.Equal(allowed ? 1u : 0u, await Peer.PurgeAsync(queue));
        await Peer.DeleteAsync(queue);
    }

    [Theory]
    [InlineData(RpcReplyMode.Exclusive, "nobody", true)]
    [InlineData(RpcReplyMode.Durable, "nobody", true)]
    [InlineData(RpcReplyMode.Direct, "nobody", false)]
    [InlineData(RpcReplyMode.Direct, "amq.rabbitmq.reply-to.*", true)]
    public async Task Own_clients_are_answered_whatever_is_allowed_but_direct_ones_only_if_it_is(RpcReplyMode mode, string allowed, bool answered)
    {
        var service = new ProbeService();
        await ServeAsync<IProbe>(service, new RpcServerOptions { AllowedReplyQueues = { allowed, Peer.ReplyQueue } }, s_inOrder);
        var client = await ConnectAsync(new RpcClientOptions { ReplyMode = mode });
        using var leave = new CancellationTokenSource();

        var call = Proxy<IProbe>(client).Ask("mine", leave.Token);
        if (answered)
        {
            Assert.Equal("mine", await call.WithinDeadlineAsync());
            return;
        }

        await Eventually.IsTrueAsync(() => service.Entered == 1, "the call runs");
        await AskAsync();
        Assert.False(call.IsCompleted);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData("rabbit@nowhere.example", 103)]
    [InlineData("rabbit@nowhere.example", 88)]
    [InlineData("reply@4711", 88)]
    [InlineData("", 88)]
    public async Task Well_formed_direct_address_of_nobody_does_not_stop_the_server(string node, byte kind)
    {
        var service = new ProbeService();
        await ServeAsync<IProbe>(service, serviceOptions: s_inOrder);
        var probe = Proxy<IProbe>(await ConnectAsync());
        Assert.Equal("before", await probe.Ask("before"));

        await Peer.PublishAsync(Queue, """{"question":"q"}""", Request(DirectAddress(node, kind)));
        await Eventually.IsTrueAsync(() => service.Entered == 2, "the hostile request is served");
        Assert.Equal("after", await probe.Ask("after").WithinDeadlineAsync());

        // Settled: nobody gets it again, so it can do no more harm.
        await Eventually.IsTrueAsync(() => service.Entered == 3, "the next call is served");
        Assert.Equal("\"q\"", (await AskAsync()).Text);
        Assert.Equal(4, service.Entered);
    }

    // What RabbitMQ itself makes of a channel: Erlang's external form of a process, and a secret.
    private static string DirectAddress(string node, byte kind)
    {
        var name = Encoding.UTF8.GetBytes(node);
        var term = new byte[5 + name.Length + (kind == 103 ? 9 : 12)];
        (term[0], term[1], term[2]) = (131, kind, 100);
        BinaryPrimitives.WriteUInt16BigEndian(term.AsSpan(3), (ushort)name.Length);
        name.CopyTo(term, 5);
        term[5 + name.Length + 3] = 77;
        return $"amq.rabbitmq.reply-to.{Convert.ToBase64String(term)}.{Convert.ToBase64String("secret"u8)}";
    }
}
