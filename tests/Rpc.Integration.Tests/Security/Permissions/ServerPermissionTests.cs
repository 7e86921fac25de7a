using Rpc.TestKit.Conformance;
using Rpc.TestKit.Raw;

namespace Rpc.Integration.Tests.Security.Permissions;

/// <summary>Servers with exactly the permissions of docs/operations.md, and with one of them less.</summary>
[Collection(nameof(RestrictedUsers))]
public sealed class ServerPermissionTests(RestrictedUsers users) : PermissionTest(users)
{
    [Theory]
    [InlineData("server-declare", RpcTopology.Declare)]
    [InlineData("server-declare", RpcTopology.DeclareIfMissing)]
    [InlineData("server-passive", RpcTopology.Passive)]
    [InlineData("server-passive", RpcTopology.None)]
    [InlineData("server-passive", RpcTopology.DeclareIfMissing)]
    public async Task Permissions_of_the_page_suffice(string user, RpcTopology topology)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await DeclareAsync(unless: user == "server-declare");
        await ServeAsync(user, Cancellable(entered, fired), topology);
        var orders = (await ConnectAsync()).Create<IOrders>();

        using var leave = new CancellationTokenSource();
        var cancelled = orders.Count(leave.Token);
        await entered.Task.WithinDeadlineAsync();
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await fired.Task.WithinDeadlineAsync();

        Assert.Equal(7, await orders.Count());
        Assert.Empty(Log.Lines(302));
    }

    [Theory]
    [InlineData(RpcTopology.Passive)]
    [InlineData(RpcTopology.None)]
    [InlineData(RpcTopology.DeclareIfMissing)]
    public async Task Without_an_instance_queue_a_server_serves_all_the_same(RpcTopology topology)
    {
        await DeclareAsync();
        var server = await ServeAsync("server-least", topology: topology);
        var orders = (await ConnectAsync()).Create<IOrders>();

        Assert.Equal(7, await orders.Count());
        await Eventually.IsTrueAsync(() => Log.Lines(302).Count > 0, "the instance queue is refused");

        Assert.True(server.Health.IsHealthy, server.Health.ToString());
        Assert.Contains("ACCESS_REFUSED", Log.Lines(302)[0].Text, StringComparison.Ordinal);
        Assert.Empty(Log.Lines(303));
    }

    [Theory]
    [InlineData("server-declare-without-configure", RpcTopology.Declare)]
    [InlineData("server-declare-without-configure", RpcTopology.DeclareIfMissing)]
    [InlineData("server-declare-without-read", RpcTopology.Declare)]
    public async Task Without_its_request_queue_a_server_does_not_start(string user, RpcTopology topology)
    {
        var failure = await RefusedAsync(ServeAsync(user, topology: topology));

        Assert.Contains("'rpc.orders'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("server-passive-without-read", RpcTopology.Passive)]
    [InlineData("server-passive-without-read", RpcTopology.None)]
    [InlineData("server-least-without-read", RpcTopology.None)]
    public async Task Without_read_a_queue_that_exists_is_of_no_use(string user, RpcTopology topology)
    {
        await DeclareAsync();

        var failure = await RefusedAsync(ServeAsync(user, topology: topology));

        Assert.Contains("'rpc.orders'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_is_the_permission_that_is_missing_nobody_is_advised_to_delete_the_queue()
    {
        await DeclareAsync();

        var failure = await RefusedAsync(ServeAsync("server-least-without-read", topology: RpcTopology.Passive));

        Assert.DoesNotContain("Delete the queue", failure.Message, StringComparison.Ordinal);
    }

    private static OrdersService Cancellable(TaskCompletionSource entered, TaskCompletionSource fired) => new(async token =>
    {
        if (entered.TrySetResult())
        {
            await using var registration = token.Register(() => fired.TrySetResult());
            await fired.Task;
            token.ThrowIfCancellationRequested();
        }

        return 7;
    });

    private async Task DeclareAsync(bool unless = false)
    {
        if (!unless)
        {
            await using var peer = await RawPeer.ConnectAsync(await Users.AddressAsync(Vhost));
            await peer.DeclareAsync("rpc.orders");
        }
    }
}
