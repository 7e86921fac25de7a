using Rpc.TestKit.Broker;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Broker;

public sealed class BrokerFixtureTests(BrokerFixture fixture)
{
    [Fact]
    public async Task SharedBroker_IsStartedOnce()
    {
        var uris = await Task.WhenAll(fixture.GetAmqpUriAsync(), fixture.GetAmqpUriAsync());

        Assert.Equal(uris[0], uris[1]);
        await using var peer = await RawPeer.ConnectAsync(uris[0]);
        Assert.NotEmpty(peer.ReplyQueue);
    }

    [Fact]
    public async Task CreateVhost_GivesEmptyVhostsThatDoNotSeeEachOther()
    {
        await using var one = await RawPeer.ConnectAsync(await fixture.CreateVhostAsync());
        await using var two = await RawPeer.ConnectAsync(await fixture.CreateVhostAsync());

        await one.DeclareAsync("mine");

        Assert.NotNull(await one.CountAsync("mine"));
        Assert.Null(await two.CountAsync("mine"));
    }
}
