using Microsoft.Extensions.Time.Testing;
using Rpc.TestKit.Conformance;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Security.Permissions;

/// <summary>Permissions that turn out to be missing when a server serves already: it says so, and does not hammer at the broker.</summary>
[Collection(nameof(RestrictedUsers))]
public sealed class LostPermissionTests(RestrictedUsers users) : PermissionTest(users)
{
    [Fact]
    public async Task Server_that_may_not_reply_says_so_runs_the_call_once_and_does_not_go_round_in_circles()
    {
        var entered = 0;
        var server = await ServeAsync("server-declare-without-write", new OrdersService(_ => Task.FromResult(Interlocked.Increment(ref entered))));
        var orders = (await ConnectAsync()).Create<IOrders>().With(new RpcCallOptions { Timeout = TimeSpan.FromSeconds(2) });

        var failure = await Assert.ThrowsAsync<RpcException>(() => orders.Count());

        Assert.Equal((RpcStatus.DeadlineExceeded, true), (failure.Status, failure.MayHaveRun));
        var losses = Log.Lines(303);
        Assert.Contains(losses, static line => line.Text.Contains("ACCESS_REFUSED", StringComparison.Ordinal) && line.Text.Contains("amq.default", StringComparison.Ordinal));
        Assert.Equal(1, entered);

        // In two seconds: pauses of 0.2, 0.4, 0.8, … s, at half their length at the least.
        Assert.InRange(losses.Count, 1, 6);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Server_that_may_not_consume_any_more_is_unhealthy_tries_at_its_pace_and_serves_again_when_it_may()
    {
        var clock = new FakeTimeProvider();
        var broker = await Users.BrokerAsync();
        var server = await ServeAsync("server-declare", options: new RpcServerOptions { TimeProvider = clock });
        await using var peer = await RawPeer.ConnectAsync(await Users.AddressAsync(Vhost));

        await broker.RunCtlAsync("set_permissions", "-p", Vhost, "server-declare", "^$", "^$", "^$");
        await peer.DeleteAsync("rpc.orders"); // ends the consumer
        await AdvanceUntilAsync(clock, () => Attempts().Count > 0);

        Assert.Contains("ACCESS_REFUSED", Assert.Single(server.Health.Problems), StringComparison.Ordinal);
        Assert.Contains("'rpc.orders'", server.Health.ToString(), StringComparison.Ordinal);

        // While its clock stands, nothing is tried, whatever else the broker does meanwhile.
        var before = Attempts().Count;
        for (var i = 0; i < 50; i++)
        {
            await peer.CountAsync("rpc.orders");
        }

        Assert.Equal(before, Attempts().Count);
        await broker.RunCtlAsync("set_permissions", "-p", Vhost, "server-declare", ".*", ".*", ".*");
        await AdvanceUntilAsync(clock, () => server.Health.IsHealthy);
        Assert.Equal(7, await (await ConnectAsync()).Create<IOrders>().Count());
    }

    private static Task AdvanceUntilAsync(FakeTimeProvider clock, Func<bool> condition) => Eventually.IsTrueAsync(
        () =>
        {
            if (condition())
            {
                return true;
            }

            clock.Advance(TimeSpan.FromSeconds(1));
            return false;
        },
        "the server has got so far");

    private IReadOnlyList<string> Attempts() =>
        [.. Log.Lines(302).Select(static line => line.Text).Where(static text => text.Contains("The queue 'rpc.orders'", StringComparison.Ordinal))];
}
