using Rpc.TestKit.Broker;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Interop;

/// <summary>The queue is there already, made by somebody else.</summary>
public sealed class ExistingQueueTests(BrokerFixture fixture) : InteropTests(fixture)
{
    [Theory]
    [InlineData(RpcWire.Standard)]
    [InlineData(RpcWire.Bare)]
    public async Task Other_arguments_are_an_error_that_names_queue_and_difference_and_the_way_out(RpcWire wire)
    {
        await using var peer = await RawPeer.ConnectAsync(await UriAsync());
        await peer.DeclareAsync(Queue, durable: true, arguments: new Dictionary<string, object?> { ["x-expires"] = 60_000 });
        var options = new RpcServiceOptions { Wire = wire, Topology = RpcTopology.Declare };

        var refused = await Assert.ThrowsAsync<RpcException>(() => StartServerAsync(new TutorialFib(), options));

        Assert.Equal((RpcStatus.Unavailable, RpcReason.Refused), (refused.Status, refused.Reason));
        Assert.Contains($"'{Queue}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("x-expires", refused.Message, StringComparison.Ordinal);
        Assert.Contains("60000", refused.Message, StringComparison.Ordinal);
        Assert.Contains("RpcTopology.Passive", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RpcTopology.Passive)]
    [InlineData(RpcTopology.None)]
    [InlineData(RpcTopology.DeclareIfMissing)]
    [InlineData(null)] // what Bare does by itself
    public async Task It_is_taken_as_it_is_where_that_is_asked_for(RpcTopology? topology)
    {
        await using var peer = await RawPeer.ConnectAsync(await UriAsync());
        await peer.DeclareAsync(Queue, durable: true, arguments: new Dictionary<string, object?> { ["x-expires"] = 60_000 });

        await using var server = await StartServerAsync(new TutorialFib(), new RpcServiceOptions { Topology = topology });
        await using var client = await ConnectAsync();

        Assert.Equal(55, await Create(client).Fib(10));
    }

    [Theory]
    [InlineData(RpcTopology.Passive)]
    [InlineData(RpcTopology.None)]
    public async Task A_missing_queue_is_an_error_where_declaring_is_not_allowed(RpcTopology topology)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => StartServerAsync(new TutorialFib(), new RpcServiceOptions { Topology = topology }));

        Assert.Equal(RpcReason.Refused, refused.Reason);
        Assert.Contains(Queue, refused.Message, StringComparison.Ordinal);
        Assert.Contains("no queue", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bare_queue_that_we_declare_is_one_that_foreign_programs_can_declare_too()
    {
        await using var server = await StartServerAsync(new TutorialFib());
        await using var peer = await RawPeer.ConnectAsync(await UriAsync());

        await peer.DeclareAsync(Queue, durable: true);

        Assert.Equal(1u, (await peer.CountAsync(Queue))!.Consumers);
    }
}
