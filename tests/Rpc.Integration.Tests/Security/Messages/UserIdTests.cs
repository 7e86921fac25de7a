using RabbitMQ.Client.Exceptions;
using Rpc.TestKit.Broker;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Contracts;

namespace Rpc.Integration.Tests.Security.Messages;

/// <summary>A server that wants to know who calls, as the broker has checked it.</summary>
public sealed class UserIdTests(BrokerFixture fixture) : MessageTest(fixture)
{
    [Fact]
    public async Task Only_callers_that_show_their_user_are_served_and_nobody_can_show_another()
    {
        var service = new ProbeService(static (_, _) => Task.FromResult(RpcCallContext.Current?.UserId ?? "nobody"));
        await ServeAsync<IProbe>(service, new RpcServerOptions { RequireUserId = true });
        var shown = Proxy<IProbe>(await ConnectAsync(new RpcClientOptions { SendUserId = true }));
        var hidden = Proxy<IProbe>(await ConnectAsync());
        var user = Uri.UnescapeDataString(new Uri(Address).UserInfo.Split(':')[0]);

        Assert.Equal(user, await shown.Ask("who?").WithinDeadlineAsync());
        var refused = await Assert.ThrowsAsync<RpcException>(() => hidden.Ask("who?").WithinDeadlineAsync());
        Assert.Equal((RpcStatus.Unauthenticated, RpcReason.NoUserId, false), (refused.Status, refused.Reason, refused.MayHaveRun));

        // The broker closes the channel of whoever lies.
        var forged = Request(Peer.ReplyQueue);
        forged.UserId = "administrator";
        await Peer.PublishAsync(Queue, """{"question":"q"}""", forged);
        await Eventually.IsTrueAsync(
            () => Record.Exception(() => Peer.PublishAsync(Queue, "").GetAwaiter().GetResult()) is AlreadyClosedException, "the liar's channel is closed");
        Assert.Equal(user, await shown.Ask("who?").WithinDeadlineAsync());
        Assert.Equal(2, service.Entered);
    }
}
